"""`manage.py import_seminar`: what stdout holds, how it ends, and what it writes."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kmportal.library.models import ImportJob, LibraryDocument, SeminarPage
from kmportal.people.models import Agency, Person, User
from tests.library.imports.test_upload import kept_files
from tests.make.imports import SUMMARY


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    """A summary on disk."""
    path = tmp_path / "สรุป.txt"
    path.write_text(SUMMARY, encoding="utf-8")
    return path


def run(capsys: Any, *args: object, **options: Any) -> tuple[str, str]:
    """stdout and stderr of the command."""
    call_command("import_seminar", *map(str, args), **options)
    told = capsys.readouterr()
    return told.out, told.err


def test_the_page_is_a_draft(summary: Path, coordinator: User, capsys: Any) -> None:
    out, err = run(capsys, summary)
    page = SeminarPage.objects.get()
    assert out == f"draft {page.pk}: {page.title}\n"
    assert (page.live, page.owner, page.visibility) == (False, coordinator, "network")
    assert "0 lost" in err


def test_publishing_gives_the_address(summary: Path, coordinator: User, capsys: Any) -> None:
    out, _err = run(capsys, summary, publish=True, visibility="public", owner=coordinator.email)
    page = SeminarPage.objects.get()
    assert (page.live, page.visibility, out) == (True, "public", f"{page.full_url}\n")


def test_json_is_the_candidate_alone(summary: Path, db: None, capsys: Any) -> None:
    out, _err = run(capsys, summary, format="json", dry_run=True)
    told = json.loads(out)
    assert (told["title"], told["start"], told["end"]) == ("การจัดการความรู้ของหน่วยงาน", "2022-03-03", "2022-03-04")
    assert {"venue", "sessions", "units", "items"} <= set(told)
    assert [unit["speakers"][0]["given"] for unit in told["units"] if unit["speakers"]] == ["ทดสอบ"]
    assert {"kind", "text"} <= set(told["items"][0])


def test_a_dry_run_writes_nothing(summary: Path, db: None, capsys: Any) -> None:
    for path in kept_files():
        path.unlink()
    before = (Agency.objects.count(), Person.objects.count())
    out, _err = run(capsys, summary, dry_run=True)
    assert out.startswith("การจัดการความรู้ของหน่วยงาน (2022-03-03 – 2022-03-04)")
    assert (ImportJob.objects.count(), SeminarPage.objects.count(), LibraryDocument.objects.count()) == (0, 0, 0)
    assert ((Agency.objects.count(), Person.objects.count()), kept_files()) == (before, [])


@pytest.mark.parametrize("dry_run", [True, False])
def test_what_cannot_be_read_ends_with_two(dry_run: bool, tmp_path: Path, coordinator: User, capsys: Any) -> None:
    bad = tmp_path / "a.docx"
    bad.write_bytes(b"PK\x03\x04broken")
    with pytest.raises(CommandError) as refused:
        run(capsys, bad, dry_run=dry_run)
    assert refused.value.returncode == 2
    assert (capsys.readouterr().out, ImportJob.objects.count()) == ("", 0)


@pytest.mark.parametrize("owner", ["nobody@example.com", "officer"])
def test_a_wrong_owner_or_file_ends_with_one(owner: str, summary: Path, officer: User, coordinator: User, capsys: Any) -> None:
    email = officer.email if owner == "officer" else owner
    with pytest.raises(CommandError) as refused:
        run(capsys, summary, owner=email)
    assert refused.value.returncode == 1
    with pytest.raises(CommandError) as missing:
        run(capsys, summary.with_name("gone.txt"))
    assert missing.value.returncode == 1
    assert (ImportJob.objects.count(), SeminarPage.objects.count()) == (0, 0)


def test_a_page_without_title_ends_with_three(
    tmp_path: Path, coordinator: User, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kmportal.library.actions.imports import pages

    def refuse(**_given: object) -> None:
        raise pages.TitleMissing

    monkeypatch.setattr(pages, "create_draft", refuse)
    path = tmp_path / "a.txt"
    path.write_text(SUMMARY, encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        run(capsys, path)
    assert refused.value.returncode == 3


def test_open_names_become_new_and_are_named(summary: Path, coordinator: User, capsys: Any) -> None:
    for slug in ("x", "y"):
        agency = Agency.objects.create(slug=slug, name=slug, key=slug)
        agency.aliases.create(name="กรมทดสอบหนึ่ง", key="กรมทดสอบหนึ่ง")
    _out, err = run(capsys, summary)
    assert "กรมทดสอบหนึ่ง" in err
    assert Agency.objects.filter(name="กรมทดสอบหนึ่ง").count() == 1
