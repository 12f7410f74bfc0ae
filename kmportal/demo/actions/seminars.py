"""Seminar summaries, read by the importer from files as civil servants type them."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.core.management import call_command

from kmportal.demo.actions.people import account
from kmportal.demo.content import FILES
from kmportal.library.models import ImportJob, SeminarPage
from kmportal.people.models import Agency
from kmportal.taxonomy.models import Topic

COORDINATOR = "waraporn@opdc.example"


@dataclass(frozen=True)
class Summary:
    """A file, and what the coordinator adds after the import."""

    file: str
    words: dict[str, Any]
    topics: tuple[str, ...]
    organiser: str


SUMMARIES = (
    Summary(
        "seminar-2569.docx",
        {
            "visibility": "public",
            "summary": "หกหน่วยงานเล่าสิ่งที่ทำจริงเรื่องการเก็บความรู้ก่อนเกษียณ คู่มือหน้าเดียว เรื่องร้องเรียน การเตือนภัย ข้อมูล และตัวชี้วัด "
            "พร้อมข้อเสนอจากกลุ่มย่อยสองกลุ่ม",
            "title_en": "Knowledge does not retire: hand over, listen, use data",
            "summary_en": "Six agencies tell what they really did about knowledge before retirement, one-page manuals, complaints, "
            "flood warning, data and indicators; with proposals of two groups.",
        },
        ("knowledge-management", "succession", "complaints", "disaster", "data", "indicators"),
        "opdc",
    ),
    Summary(
        "cop-2555.txt",
        {
            "visibility": "network",
            "summary": "สามหน่วยงานเล่าว่าทำคู่มือ การเรียนรู้กับผู้บริหาร และแผนการจัดการความรู้ ให้เป็นงานประจำได้อย่างไร",
            "title_en": "How PMQA becomes everyday work",
        },
        ("knowledge-management", "work-manuals", "leadership"),
        "damrong",
    ),
)


def import_seminars(*, say: Callable[[str], None]) -> None:
    """Import and publish each file that was not imported yet, then add what the coordinator knows beyond the file."""
    known = set(ImportJob.objects.exclude(page=None).values_list("sha256", flat=True))
    for summary in SUMMARIES:
        digest = hashlib.sha256((FILES / summary.file).read_bytes()).hexdigest()
        if digest not in known:
            say(f"seminar from {summary.file}")
            _import(summary)
            _complete(SeminarPage.objects.get(imports__sha256=digest), summary, account(COORDINATOR))


def _import(summary: Summary) -> None:
    """The same door as on the command line, so the demonstration shows what the importer really does."""
    call_command(
        "import_seminar", str(FILES / summary.file), publish=True, owner=COORDINATOR, stdout=StringIO(), stderr=StringIO()
    )


def _complete(page: SeminarPage, summary: Summary, coordinator: Any) -> None:
    """A second version, so that the history has something to compare."""
    newer = page.get_latest_revision().as_object()
    for name, value in summary.words.items():
        setattr(newer, name, value)
    newer.topics = list(Topic.objects.filter(slug__in=summary.topics))
    newer.organiser = Agency.objects.get(slug=summary.organiser)
    newer.save_revision(user=coordinator).publish(user=coordinator)
