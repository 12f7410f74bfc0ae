"""The files that the portal was made for, where they are: the whole way, and the scorer's measure."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from kmportal.library.actions.imports import pages
from kmportal.library.models import Item, SeminarPage, Talk
from kmportal.people.models import User
from tests.make.imports import make_import, shared


def score(out: str, tmp_path: Path, gold: str | None = None) -> dict[str, Any]:
    """What the scorer says of a candidate."""
    candidate = tmp_path / "candidate.json"
    candidate.write_text(out, encoding="utf-8")
    more = [str(shared(gold))] if gold else []
    done = subprocess.run(
        [sys.executable, str(shared("score.py")), str(candidate), *more], capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("name", ["seed.txt", "seed-clean.docx", "seed-cp874-crlf.txt"])
def test_the_command_reaches_the_aim(name: str, db: None, capsys: Any, tmp_path: Path) -> None:
    call_command("import_seminar", str(shared(name)), dry_run=True, format="json")
    told = score(capsys.readouterr().out, tmp_path)
    assert (told["title"], told["start"], told["end"], told["venue"]) == (True, True, True, True)
    assert (told["sessions"], told["units"], told["speakers"], told["agencies"]) == ("2/2", "6 found, 6 gold", "6/6", "6/6")
    assert told["item_recall"] >= 0.97
    assert told["item_precision"] >= 0.97
    assert told["kind_accuracy_on_matched"] >= 0.9


@pytest.mark.parametrize("name", ["moi-cop6-2563.txt", "moph-who-uhpr-2565.txt", "mot-workshop-2565.txt"])
def test_other_summaries_lose_nothing(name: str, db: None, capsys: Any) -> None:
    call_command("import_seminar", str(shared(name)), dry_run=True, format="json")
    told = capsys.readouterr()
    assert " 0 lost" in told.err
    assert json.loads(told.out)["title"]


def test_a_real_summary_is_published_with_all_its_talks(coordinator: User) -> None:
    file = shared("seed.txt")
    job = make_import(coordinator, file.read_bytes(), file.name)
    pages.create_draft(actor=coordinator, job=job)
    job.refresh_from_db()
    pages.publish(actor=coordinator, job=job)
    assert SeminarPage.objects.get().live
    assert Talk.objects.filter(retired=False).count() == 6
    assert Item.objects.filter(retired=False).count() >= 130
