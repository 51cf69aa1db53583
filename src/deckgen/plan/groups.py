"""Dividing people into groups: sizes differ by at most one, nobody is alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from deckgen.blocks.base import Block
from deckgen.languages import Words
from deckgen.methods import Method
from deckgen.outline.model import People


@dataclass(frozen=True, slots=True)
class Groups:
    """The sizes of the groups, largest first."""

    sizes: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(self.sizes)

    def told(self, words: Words) -> str:
        """Return the groups in words, such as `4 groups of 4 and 2 groups of 5`."""
        return words.enumerated([_named(words, n, size) for size, n in self._counted()])

    def _counted(self) -> list[tuple[int, int]]:
        """Return each size with its number of groups, small groups first."""
        return sorted(Counter(self.sizes).items())


def form_groups(people: int, *, size: int | None = None, count: int | None = None) -> Groups:
    """Return *people* in groups of about *size*, or in *count* groups.

    k = round(n / size) groups, sizes differing by at most one, never a group of one: pairs with an
    odd head count make one trio.
    """
    if count is None:
        count = int(people / (size or people) + 0.5)
    count = max(1, min(count, people // 2 or 1))
    least, larger = divmod(people, count)
    return Groups((least + 1,) * larger + (least,) * (count - larger))


def groups_of(block: Block, method: Method | None, people: People) -> Groups | None:
    """Return the groups of *block*: by its own number or size, else its method's, else none."""
    if block.groups:
        return form_groups(people.expected, count=block.groups)
    if block.group:
        return form_groups(people.expected, size=block.group)
    if method is None:
        return form_groups(people.expected, size=people.group) if block.AT_TABLES else None
    if method.group is None:
        return None
    return form_groups(people.expected, size=method.group or people.group)


def _named(words: Words, count: int, size: int) -> str:
    if size == 2:
        return words.say("pairs", count=count)
    return words.say("groups_of", count=count, size=size)
