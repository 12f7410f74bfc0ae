"""The engine, replaced where a test is about what the page makes of an answer."""

from collections.abc import Callable
from typing import Any

import pytest

from kmportal.retrieval import engine
from kmportal.retrieval.results import Found, Suggestion


@pytest.fixture
def answer_with(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[dict[str, Any]]]:
    """`asked = answer_with(found(hit()))`: every search gets this answer; `asked` collects what the engine was asked."""

    def arrange(answer: Found, suggestions: list[Suggestion] | None = None) -> list[dict[str, Any]]:
        asked: list[dict[str, Any]] = []

        def find(query: str, readers: Any, **options: Any) -> Found:
            asked.append({"query": query, "readers": readers, **options})
            return answer

        monkeypatch.setattr(engine, "find", find)
        monkeypatch.setattr(engine, "suggest", lambda prefix, readers, **options: suggestions or [])
        return asked

    return arrange
