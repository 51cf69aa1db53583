"""Spares ziamath half of the work on rows in which nothing stretches.

ziamath sets each row twice, first to know how tall its fences are to be: twenty groups in each other
cost a million rows. Where a row holds nothing that stretches its height is not asked for.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from xml.etree import ElementTree


@cache
def lighten() -> None:
    """Let ziamath make its rows by a class that looks at what they hold first."""
    from ziamath import operators  # noqa: PLC0415 (an extra)
    from ziamath.nodes.mrow import Mrow  # noqa: PLC0415

    def stretches(element: ElementTree.Element) -> bool:
        if element.tag == "mo":
            form = element.get("form", "infix")
            known = operators.get_params((element.text or "").strip(), form)
            return bool({**known, **element.attrib}.get("stretchy", "false") != "false")
        return element.tag != "mrow" and any(map(stretches, element))

    class Row(Mrow, tag="mrow"):
        """A row that is set once where nothing in it stretches."""

        def _get_height_nostretch(
            self, line: list[ElementTree.Element], **kwargs: Any
        ) -> tuple[float, float]:
            if not any(map(stretches, line)):
                return 0.0, 0.0
            return super()._get_height_nostretch(line, **kwargs)
