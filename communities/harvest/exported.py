"""Lessons drafted out of talk as files: each statement with its teller and the number of its message. Declared by HarvestConfig.ready."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext

from communities import exports
from communities.harvest.models import Mark, TalkDraft
from communities.models import Community


def files(community: Community) -> Iterator[tuple[str, bytes]]:
    """What was taken back, and drafts that were thrown away, are not among them."""
    rows = TalkDraft.objects.filter(channel__community=community, dropped_at=None).select_related("lesson", "by")
    found = [
        _draft(one) for one in rows.prefetch_related("statements__teller", "statements__person", "words__teller", "words__person")
    ]
    yield "lessons.json", exports.as_json(found)
    told = [(one["title"], "\n".join(row["text"] for row in one["statements"])) for one in found]
    yield "lessons.html", exports.as_page(gettext("Harvested lessons"), told, (gettext("Lesson"), gettext("What was said")))
    kept = Mark.objects.filter(message__channel__community=community, message__deleted_at=None).select_related("by")
    yield (
        "basket.json",
        exports.as_json(
            [
                {"message": one.message_id, "field": one.field, "by": _name(one.by), "confirmed_at": one.confirmed_at}
                for one in kept
            ]
        ),
    )


def _name(*people: Any) -> str:
    return next((str(person) for person in people if person is not None), "")


def _draft(one: TalkDraft) -> dict[str, Any]:
    statements = [
        {"field": row.field, "text": row.text, "by": _name(row.teller, row.person), "message": row.message_id}
        for row in one.statements.all()
        if row.withdrawn_at is None
    ]
    words = [
        {"by": _name(row.teller, row.person), "state": row.state, "says": row.says, "answered_at": row.answered_at}
        for row in one.words.all()
    ]
    return {
        "title": one.lesson.title, "channel": one.channel_id, "drafted_by": _name(one.by), "drafted_at": one.created_at,
        "published_at": one.lesson.first_published_at, "reach": one.reach, "statements": statements, "words": words,
    }  # fmt: skip


def declare() -> None:
    exports.register("harvest", files)
