from django.core.management import call_command
from pytest import MonkeyPatch

from kmportal.core import chores


def test_one_round_and_a_failure_stops_nobody(monkeypatch: MonkeyPatch) -> None:
    done: list[str] = []

    def fails() -> None:
        raise RuntimeError

    monkeypatch.setattr(chores, "_chores", [lambda: done.append("first"), fails, lambda: done.append("last")])
    call_command("run_chores")

    assert done == ["first", "last"]
