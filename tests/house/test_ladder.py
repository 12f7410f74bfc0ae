"""Imports point downwards only: between packages, inside an app, and to the sanitiser (contracts in pyproject.toml)."""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_contracts_hold() -> None:
    """In a process of its own: the tool sets up logging for itself and silences everybody else's."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_every_package_has_its_floor() -> None:
    """A new app must take its place on the ladder, and its files theirs."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    between, inside = settings["contracts"][0]["layers"], settings["contracts"][1]["containers"]
    floors = {name.strip(" ()") for floor in between for name in floor.split("|")}
    apps = {path.parent.relative_to(ROOT).as_posix().replace("/", ".") for path in ROOT.glob("*/apps.py")}
    apps |= {path.parent.relative_to(ROOT).as_posix().replace("/", ".") for path in ROOT.glob("kmportal/*/apps.py")}

    parts = {f"communities.{path.parent.name}" for path in ROOT.glob("communities/*/apps.py")}
    floors_of_communities = settings["contracts"][2]["layers"][:5]

    assert apps - floors == set()
    assert apps - set(inside) - {"kmportal.core", "communities"} == set()
    assert parts - set(inside) == set()
    assert parts == {f"communities.{name.strip(' ()')}" for floor in floors_of_communities for name in floor.split("|")}
