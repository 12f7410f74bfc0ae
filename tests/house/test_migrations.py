"""Migrations fit the models, run on historical models only, and each app has one end."""

import ast
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parents[2]
OUR_LABELS = {
    "taxonomy",
    "people",
    "rewards",
    "library",
    "communities",
    "talk",
    "circles",
    "harvest",
    "experts",
    "qa",
    "interviews",
    "contest",
}


@pytest.mark.django_db
def test_none_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db
def test_one_end_per_app() -> None:
    loader = MigrationLoader(connection)

    assert {label: len(loader.graph.leaf_nodes(label)) for label in OUR_LABELS} == dict.fromkeys(OUR_LABELS, 1)


def test_no_live_models() -> None:
    """A migration that imports a model breaks on the day the model changes."""
    guilty = []
    for path in ROOT.glob("**/migrations/*.py"):
        if ".venv" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            if ".models" in module and module.startswith(("kmportal", "communities", "qa", "rewards")):
                guilty.append(path.relative_to(ROOT).as_posix())

    assert guilty == []
