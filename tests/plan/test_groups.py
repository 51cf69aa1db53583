"""People in groups: everyone has a place, nobody is alone, sizes hardly differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.languages import Words
from deckgen.plan.groups import form_groups

PEOPLE = st.integers(1, 2_000)
SIZES = st.integers(1, 40)


@pytest.mark.parametrize(
    ("people", "size", "sizes"),
    [
        (12, 4, (4, 4, 4)),
        (13, 4, (5, 4, 4)),
        (14, 4, (4, 4, 3, 3)),
        (10, 2, (2, 2, 2, 2, 2)),
        (11, 2, (3, 2, 2, 2, 2)),
        (3, 2, (3,)),
        (2, 2, (2,)),
        (1, 2, (1,)),
        (5, 8, (5,)),
        (3, 1, (3,)),
        (24, 5, (5, 5, 5, 5, 4)),
    ],
)
def test_groups_of_about_a_size(people: int, size: int, sizes: tuple[int, ...]) -> None:
    assert form_groups(people, size=size).sizes == sizes


@pytest.mark.parametrize(
    ("people", "count", "sizes"),
    [(10, 4, (3, 3, 2, 2)), (3, 4, (3,)), (7, 4, (3, 2, 2)), (1, 4, (1,)), (9, 1, (9,))],
)
def test_a_number_of_groups(people: int, count: int, sizes: tuple[int, ...]) -> None:
    assert form_groups(people, count=count).sizes == sizes


@pytest.mark.parametrize(
    ("people", "size", "text"),
    [
        (10, 2, "5 pairs"),
        (2, 2, "1 pair"),
        (11, 2, "4 pairs and 1 group of 3"),
        (12, 4, "3 groups of 4"),
        (13, 4, "2 groups of 4 and 1 group of 5"),
        (4, 4, "1 group of 4"),
    ],
)
def test_groups_are_named_as_people_say_them(people: int, size: int, text: str) -> None:
    assert form_groups(people, size=size).told(Words()) == text


@given(PEOPLE, SIZES)
def test_everyone_has_a_place(people: int, size: int) -> None:
    assert sum(form_groups(people, size=size).sizes) == people
    assert sum(form_groups(people, count=size).sizes) == people


@given(PEOPLE.filter(lambda people: people > 1), SIZES)
def test_nobody_is_alone(people: int, size: int) -> None:
    assert min(form_groups(people, size=size).sizes) > 1
    assert min(form_groups(people, count=size).sizes) > 1


@given(PEOPLE, SIZES)
def test_sizes_differ_by_at_most_one(people: int, size: int) -> None:
    for groups in (form_groups(people, size=size), form_groups(people, count=size)):
        assert max(groups.sizes) - min(groups.sizes) <= 1
        assert list(groups.sizes) == sorted(groups.sizes, reverse=True)
        assert groups.count == len(groups.sizes)


@given(st.integers(3, 2_000))
def test_pairs_of_an_odd_head_count_make_one_trio(people: int) -> None:
    sizes = form_groups(people, size=2).sizes
    assert sizes.count(3) == people % 2
    assert set(sizes) <= {2, 3}
