"""Which plural form a whole number takes (Unicode CLDR, plural rules for cardinals).

Babel has the same rules, but takes a fifth of a short build to import; a test compares the two.
"""

from __future__ import annotations


def plural_form(code: str, count: int) -> str:
    """Return the CLDR name of the plural form that *count* takes in the language *code*."""
    match code.split("-")[0]:
        case "ja":
            return "other"
        case "fr":
            return "one" if count in (0, 1) else "other"
        case "ar":
            return _arabic(count)
        case _:
            return "one" if count == 1 else "other"


def _arabic(count: int) -> str:
    if count <= 2:
        return ("zero", "one", "two")[count]
    if 3 <= count % 100 <= 10:
        return "few"
    return "many" if count % 100 >= 11 else "other"
