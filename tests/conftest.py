"""What all tests share: the option that rewrites goldens, and how hypothesis runs."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("deckgen", deadline=None, max_examples=60)
settings.register_profile("complete", settings.get_profile("deckgen"), derandomize=True)
# With all programs there, as in continuous integration, one commit gives one result.
settings.load_profile("complete" if os.environ.get("DECKGEN_REQUIRE_PROGRAMS") else "deckgen")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/*/*")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether goldens are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))
