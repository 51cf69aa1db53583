"""What all tests share: fonts of their own, the option that rewrites goldens, how hypothesis runs."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator

import pytest
from hypothesis import settings

import deck_gates
import faces
from deckgen.layout import fonts

faces.hand_over()
os.environ["DECKGEN_CONFIG"] = ""  # nobody's own defaults, in programs that tests start neither

settings.register_profile("deckgen", deadline=None, max_examples=60)
settings.register_profile("complete", settings.get_profile("deckgen"), derandomize=True)
# With all programs there, as in continuous integration, one commit gives one result.
settings.load_profile("complete" if os.environ.get("DECKGEN_REQUIRE_PROGRAMS") else "deckgen")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/*/*")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the long files begin."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call() -> Generator[None, object, object]:
    """Leave out a test that meets a missing program, whether it asked for it before or not."""
    try:
        return (yield)
    except deck_gates.ProgramMissingError as missing:
        deck_gates.leave_out(missing)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup() -> Generator[None, object, object]:
    """Leave out the tests of a fixture that meets a missing program."""
    try:
        return (yield)
    except deck_gates.ProgramMissingError as missing:
        deck_gates.leave_out(missing)


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether goldens are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session", autouse=True)
def _no_fonts_of_the_machine() -> Iterator[None]:
    """Look for installed fonts where the programs find them, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "_folders", lambda: iter([faces.FACES]))
        yield
