"""The rules of the house hold in the whole tree, and each rule knows its good lines from its bad ones."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import python_rules, template_rules
from tests.house.python_rules import Rule

ROOT = Path(__file__).resolve().parents[2]
TREES = ("kmportal", "communities", "qa", "rewards", "tests", "templates")
DRAWERS = {"utils.py", "helpers.py", "misc.py", "common.py", "base.py", "managers.py", "exceptions.py", "signals.py"}
ALL = [*python_rules.RULES, *template_rules.RULES]


def files() -> Iterator[str]:
    for tree in TREES:
        for path in sorted((ROOT / tree).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield str(path.relative_to(ROOT))


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_rule_knows_good_from_bad(rule: Rule) -> None:
    assert [line for line in rule.good if list(rule.check(line))] == []
    assert [line for line in rule.bad if not list(rule.check(line))] == []


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_rule_holds(rule: Rule) -> None:
    ending = ".py" if rule in python_rules.RULES else ""
    broken = [
        f"{path}:{number}"
        for path in files()
        if path.endswith(ending) and rule.covers(path)
        for number in rule.check((ROOT / path).read_text(encoding="utf-8"))
    ]

    assert not broken, "\n".join([rule.why, *broken])


def test_no_drawers() -> None:
    """A file is named after its subject; these names have none."""
    assert [path for path in files() if Path(path).name in DRAWERS] == []


def test_tests_stand_where_their_subject_is() -> None:
    """tests/<app>/test_<verb or subject>.py"""
    loose = [path for path in files() if path.startswith("tests/test_")]

    assert loose == []


def test_components_say_what_they_take() -> None:
    """The first thing in a component is a comment with its arguments."""
    silent = [
        path
        for path in files()
        if path.startswith("templates/components/")
        and not (ROOT / path).read_text(encoding="utf-8").lstrip().startswith(("{#", "{% comment"))
    ]

    assert silent == []
