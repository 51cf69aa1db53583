"""Which plural form a whole number takes, by Babel (Unicode CLDR, plural rules for cardinals).

Babel takes a fifth of a short build to import. So the forms of small counts are kept with a language's
parsed words (`languages`), and Babel is asked for these once, and for larger counts.
"""

from __future__ import annotations

SMALL = 1000  # counts below this are kept


def small_forms(code: str) -> list[str]:
    """Return the CLDR name of the plural form of each count below `SMALL` in the language *code*."""
    return [form_of(code, count) for count in range(SMALL)]


def form_of(code: str, count: int) -> str:
    """Return the CLDR name of the plural form that *count* takes in the language *code*."""
    from babel.core import Locale  # noqa: PLC0415

    form: str = Locale.parse(code, sep="-").plural_form(count)
    return form
