"""What can be set, run and granted stands in the documents."""

import re
from pathlib import Path

import pytest

from kmportal.people.roles import Role

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
VARIABLE = re.compile(r"\bKM_[A-Z]+(?:_[A-Z]+)*\b")


def read(*parts: str) -> str:
    return DOCS.joinpath(*parts).read_text(encoding="utf-8")


def test_every_variable_is_explained_and_none_is_invented() -> None:
    sources = [
        *ROOT.glob("kmportal/**/*.py"),
        *ROOT.glob("tests/browser/*.py"),
        ROOT / "Makefile",
        ROOT / ".ci" / "suite",
        ROOT / ".ci" / "run",
    ]
    used = {name for path in sources for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}
    explained = {name.removesuffix("_FILE") for name in VARIABLE.findall(read("OPERATIONS.md"))}

    assert {name.removesuffix("_FILE") for name in used} - explained == set()
    assert explained - used == set()


def test_every_command_is_explained() -> None:
    commands = {path.stem for path in ROOT.glob("**/management/commands/[a-z]*.py") if ".venv" not in path.parts}

    assert {name for name in commands if name not in read("OPERATIONS.md")} == set()


def test_every_make_target_is_explained() -> None:
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert targets is not None
    words = read("CONTRIBUTING.md") + read("OPERATIONS.md")
    assert {name for name in targets[1].split() if f"make {name}" not in words} - {"front", "clean"} == set()


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_every_role_is_explained(role: Role) -> None:
    assert role.value in read("PERMISSIONS.md")


def test_every_app_is_on_the_map() -> None:
    apps = {
        path.parent.relative_to(ROOT).as_posix().replace("/", ".")
        for path in [*ROOT.glob("*/apps.py"), *ROOT.glob("kmportal/*/apps.py")]
    }

    assert {name for name in apps if name.removeprefix("kmportal.") not in read("ARCHITECTURE.md")} == set()


def test_decisions_have_one_form() -> None:
    """Numbered without a gap; each says how things stood, what was decided, what follows, and when to look again."""
    records = sorted((DOCS / "decisions").glob("*.md"))

    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    for path in records:
        text = path.read_text(encoding="utf-8")
        assert re.match(rf"# {path.name[:4]} ", text), path.name
        parts = re.findall(r"^## (.*)$", text, re.MULTILINE)
        assert parts == ["Status", "Context", "Decision", "Consequences", "Revisit when"], path.name


def test_links_lead_somewhere() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]

    assert broken == []
