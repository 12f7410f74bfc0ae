"""What members share, for the export of a community. Anonymous polls give what their pages give: figures, and not before they may be seen."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from communities.commons import ics
from communities.commons.models import ActionItem, Announcement, DocumentVersion, Event, Poll
from communities.commons.presenting.polls import FEWEST, results
from communities.exports import as_json, as_page
from communities.models import Community
from kmportal.library.searched_pages import plain


def of_community(community: Community) -> Iterator[tuple[str, bytes]]:
    """One file after the other, so that documents are not all in memory at once. What was taken away is not part of it."""
    announced = [_announcement(one) for one in _of(Announcement, community).select_related("author").prefetch_related("versions")]
    yield "announcements.json", as_json(announced)
    rows = [(one["title"], f"{plain(one['body'])} · {one['by']}") for one in announced]
    yield "announcements.html", as_page(gettext("Announcements"), rows, (gettext("Announcement"), gettext("Text")))
    events = list(_of(Event, community).select_related("community", "author").prefetch_related("rsvps__user"))
    yield "events.json", as_json([_event(one) for one in events])
    yield "events.ics", ics.calendar([(one, False) for one in events], name=str(community))
    yield "polls.json", as_json([_poll(one) for one in _of(Poll, community).select_related("author")])
    items = [_item(one) for one in _of(ActionItem, community).select_related("owner", "author").prefetch_related("steps__actor")]
    yield "actions.json", as_json(items)
    rows = [(one["text"], f"{one['owner']} · {one['due']} · {one['done_at'] or ''}") for one in items]
    yield "actions.html", as_page(gettext("Action items"), rows, (gettext("What is to be done"), gettext("Owner, day, done")))
    yield from _documents(community)


def _of(model: Any, community: Community) -> Any:
    rows = model.objects.filter(community=community)
    return rows.filter(deleted_at=None) if hasattr(model, "deleted_at") else rows


def _name(person: Any) -> str:
    return str(person) if person else ""


def _announcement(one: Announcement) -> dict[str, Any]:
    return {
        "title": one.title, "body": one.body, "by": _name(one.author), "at": one.created_at, "must_read": one.must_read,
        "read_by": one.readings.count(),
        "versions": [{"number": old.number, "title": old.title, "body": old.body, "at": old.created_at} for old in one.versions.all()],
    }  # fmt: skip


def _event(one: Event) -> dict[str, Any]:
    names = ("title", "body", "place", "link", "starts_at", "ends_at", "capacity", "cancelled_at", "cancel_reason")
    answers = [{"name": str(row.user), "answer": row.answer} for row in one.rsvps.all()]
    return {name: getattr(one, name) for name in names} | {"by": _name(one.author), "answers": answers}


def _poll(one: Poll) -> dict[str, Any]:
    turnout = one.voters.count()
    shows = not (one.is_open(timezone.now()) and one.shown == Poll.Shown.CLOSED) and not (one.anonymous and turnout < FEWEST)
    found = [
        {
            "question": answered.question.words, "kind": answered.question.kind,
            "answers": [{"words": bar.words, "votes": bar.votes, "names": bar.names} for bar in answered.bars],
            "texts": [{"text": text, "name": name} for text, name in answered.texts],
        }
        for answered in (results(one) if shows else [])
    ]  # fmt: skip
    return {"title": one.title, "body": one.body, "anonymous": one.anonymous, "turnout": turnout, "results": found}


def _item(one: ActionItem) -> dict[str, Any]:
    steps = [
        {"what": step.what, "by": _name(step.actor), "due": step.due, "note": step.note, "at": step.created_at}
        for step in one.steps.all()
    ]
    return {
        "text": one.text, "owner": _name(one.owner), "given_by": _name(one.author), "due": one.due, "done_at": one.done_at,
        "steps": steps,
    }  # fmt: skip


def _documents(community: Community) -> Iterator[tuple[str, bytes]]:
    rows = DocumentVersion.objects.filter(document__community=community, document__deleted_at=None)
    found: list[dict[str, Any]] = []
    for one in rows.select_related("document", "author").order_by("document", "number"):
        path = f"documents/{one.document_id}-{one.number}-{one.name}"
        found.append({
            "file": path, "title": one.document.title, "summary": one.document.summary, "version": one.number, "note": one.note,
            "by": _name(one.author), "at": one.created_at, "sha256": one.sha256,
        })  # fmt: skip
        if one.file.storage.exists(str(one.file.name)):
            with one.file.open("rb") as stored:
                yield path, stored.read()
    yield "documents.json", as_json(found)
