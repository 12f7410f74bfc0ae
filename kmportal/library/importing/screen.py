"""What the pages of the importer show, gathered for their templates."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from kmportal.core import dates
from kmportal.library.importing import context, review
from kmportal.library.importing.work import Work
from kmportal.library.models import ImportEdit, ImportJob
from kmportal.library.permissions import can_publish_import
from kmportal.people.models import User
from kmportal.taxonomy.kinds import ItemKind

DOUBTS = "doubts"
# The order of the keys 1 … 9, 0 on the keyboard and of the buttons on the screen.
KINDS = tuple(zip("1234567890", ItemKind.choices, strict=True))
TYPE_KEYS = tuple(zip("nthgip", ("session", "talk", "section", "group", "item", "paragraph"), strict=True))
COURSE = (
    pgettext_lazy("import course", "Choose the file"),
    pgettext_lazy("import course", "Review"),
    pgettext_lazy("import course", "Publish"),
)


def course(job: ImportJob) -> list[dict[str, Any]]:
    """The three steps from file to page."""
    now = {ImportJob.State.REVIEW.value: 1, ImportJob.State.DONE.value: 2}.get(job.state, 0)
    state = {-1: "done", 0: "now", 1: ""}
    return [
        {"label": label, "note": "" if at else job.filename, "state": state[(at > now) - (at < now)]}
        for at, label in enumerate(COURSE)
    ]


def reviewed(job: ImportJob, viewer: User, query: Mapping[str, str]) -> dict[str, Any]:
    """The page of a review; the form of its details is the view's. query: the address's `show` and `at`."""
    work = Work.of(job)
    known = context.known_pages(job, work, viewer)
    shown = review.review(job, work, viewer, same=[one.page.pk for one in known])
    names = context.name_rows(job, work, viewer)
    only_doubts, at = query.get("show") == DOUBTS, query.get("at", "")
    return {
        **moves(job, shown),
        "work": work,
        "rows": [row for row in shown.rows if row.doubtful or row.block.id == at] if only_doubts else shown.rows,
        "only_doubts": only_doubts,
        "at": at,
        "names": names,
        "open_names": [row for row in names if row.is_open],
        "known": known,
        "updates": next((one.page for one in known if one.page.pk == work.choices.page), None),
        "steps": course(job),
        "sureness": review.SURENESS,
    }


def moves(job: ImportJob, shown: review.Review) -> dict[str, Any]:
    """What rows, open rows and the bar below need; also for the parts that answer a move. One query."""
    undone = list(job.edits.values_list("undone", flat=True))
    return {
        "job": job,
        "shown": shown,
        "kinds": KINDS,
        "types": [(key, name, review.TYPES[name]) for key, name in TYPE_KEYS],
        "can_undo": not all(undone),
        "can_redo": any(undone),
    }


def _shown(job: ImportJob, work: Work, viewer: User) -> review.Review:
    return review.review(job, work, viewer, same=[one.page.pk for one in context.known_pages(job, work, viewer)])


def one_row(job: ImportJob, viewer: User, block: str, *, is_open: bool) -> dict[str, Any] | None:
    """One block by itself, or None when it is not there."""
    shown = _shown(job, Work.of(job), viewer)
    row = shown.row(block)
    return {**moves(job, shown), "row": row, "at": block if is_open else ""} if row else None


def changed_parts(
    request: HttpRequest, viewer: User, job: ImportJob, touched: tuple[set[str], set[str]], *, is_open: bool
) -> dict[str, Any]:
    """Only what a move changed: rows in order, each with the id of the row before it; lines of the source; doubts and bar.

    Args:
        touched: ids of the blocks before the move, and after it.
        is_open: the moved row was open and stays so.
    """
    work, (gone, now) = Work.of(job), touched
    shown = _shown(job, work, viewer)
    base = {**moves(job, shown), "work": work}
    ids = [row.block.id for row in shown.rows]
    rows = [row for row in shown.rows if row.block.id in now]
    return {
        "version": job.version,
        "gone": [block for block in gone if block not in ids],
        "rows": [
            {
                "id": row.block.id,
                "after": ids[row.place - 1] if row.place else "",
                "html": render_to_string(
                    "imports/_row.html", {**base, "row": row, "at": row.block.id if is_open else ""}, request
                ),
            }
            for row in rows
        ],
        "lines": {line.line.no: [line.became, line.block] for line in shown.lines if line.block in now},
        "doubts": render_to_string("imports/_doubts.html", base, request),
        "bar": render_to_string("imports/_bar.html", base, request),
        "message": _("Saved"),
    }


def progress(job: ImportJob) -> dict[str, Any]:
    """How far the reading is. stuck: its reader has not been heard of for too long."""
    last = len(review.STEPS) - 1
    step = min(job.step, last)
    stuck = ImportJob.objects.left_lying(timezone.now()).filter(pk=job.pk).exists()
    return {
        "job": job,
        "step": step,
        "last": last,
        "words": review.STEPS[step],
        "all": review.STEPS,
        "stuck": stuck,
        "steps": course(job),
    }


def outcome(job: ImportJob, viewer: User) -> dict[str, Any]:
    """An import that is over: its page, or why there is none."""
    words = review.PROBLEMS.get(job.problem, review.PROBLEMS["broken"])
    return {"job": job, "page": job.page, "words": words, "steps": course(job), "can_publish": can_publish_import(viewer)}


def conflict(last: ImportEdit | None) -> str:
    """Who was faster."""
    if last is None or last.actor is None:
        return _("This import has changed in the meantime. Your change was not made; here is the newest version.")
    return _("%(person)s changed this import at %(time)s. Your change was not made; here is the newest version.") % {
        "person": last.actor, "time": dates.clock(last.created_at),
    }  # fmt: skip
