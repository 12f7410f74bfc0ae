"""The circles of a community as files: the method round by round, who took part, and which message was said in which round.

The words themselves stand in the files of the talk, under the numbers named here. What was held back or taken back is not among them, and
of votes only how many there were. Declared by CirclesConfig.ready.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext

from communities import exports
from communities.circles.models import Choice, Circle, Round, Said
from communities.models import Community


def files(community: Community) -> Iterator[tuple[str, bytes]]:
    rows = Circle.objects.filter(channel__community=community).select_related("version__template", "channel")
    rounds = {one.pk: [_round(row) for row in Round.objects.filter(circle=one)] for one in rows}
    found = [_circle(one) | {"rounds": rounds[one.pk]} for one in rows.prefetch_related("parts__user")]
    yield "circles.json", exports.as_json(found)
    told = [(one["title"], "\n".join(row["prompt"] for row in one["rounds"])) for one in found]
    yield "circles.html", exports.as_page(gettext("Circles"), told, (gettext("Circles"), gettext("Rounds")))


def _circle(one: Circle) -> dict[str, Any]:
    names = ("title", "topic", "state", "starts_at", "started_at", "wrapped_at", "closed_at", "why_cancelled")
    parts = [{"name": str(part.user), "role": part.role} for part in one.parts.all() if part.consented_at is not None]
    after = Said.objects.standing().filter(circle=one, round=None).values_list("message", flat=True)
    words = {name: getattr(one, name) for name in names}
    return words | {"channel": one.channel_id, "method": str(one.version), "parts": parts, "wrap_up": sorted(after)}


def _round(one: Round) -> dict[str, Any]:
    names = ("number", "mode", "minutes", "days", "anonymous", "prompt_th", "prompt_en", "started_at", "ended_at", "revealed_at")
    said = Said.objects.standing().filter(round=one).values_list("message", flat=True)
    chosen = [
        {"message": row.message_id, "words": row.words, "votes": row.votes}
        for row in Choice.objects.filter(round=one).annotate(votes=Count("ballots")).order_by("position", "pk")
    ]
    words = {name: getattr(one, name) for name in names}
    return words | {"prompt": one.prompt, "thread": one.thread_id, "messages": sorted(said), "choices": chosen}


def declare() -> None:
    exports.register("circles", files)
