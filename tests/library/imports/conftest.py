"""Reading in the test's own process: two starts of Python for each summary would cost most of the suite's time.

test_read and test_path read as the server does.
"""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from kmportal.library.importer import child
from kmportal.library.importer.model import UnreadableFile
from kmportal.library.importing import sandbox

AS_THE_SERVER_DOES = ("test_read", "test_path")


def _ask(step: str, head: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = json.loads(json.dumps(child.STEPS[step](json.loads(json.dumps(head)), body)))
    except UnreadableFile as error:
        raise sandbox.ReadingFailed(error.code, error.detail) from error
    return answer


@pytest.fixture(autouse=True)
def _read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.module.__name__.rpartition(".")[2] not in AS_THE_SERVER_DOES:
        monkeypatch.setattr(sandbox, "_ask", _ask)
