"""What several test files of the library share."""

from typing import Any

import pytest

from tests.conftest import Building
from tests.library.circles import Circle, again, fill


@pytest.fixture(scope="module")
def circles_made(ground: Building) -> dict[str, Circle]:
    with ground():
        return fill()


@pytest.fixture
def circles(db: None, circles_made: dict[str, Circle]) -> dict[str, Circle]:
    """A seminar, a lesson, a practice and a draft in each circle; made once for a test file."""
    parts: list[tuple[str, Any]] = list(circles_made.items())
    return {
        name: Circle(each.word, again(each.seminar), again(each.lesson), again(each.practice), again(each.draft))
        for name, each in parts
    }
