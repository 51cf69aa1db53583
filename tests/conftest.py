"""What all tests share: the option that rewrites goldens, and how hypothesis runs."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("deckgen", deadline=None, max_examples=60)
settings.load_profile("deckgen")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/*/*")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether goldens are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))
