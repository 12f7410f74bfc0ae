"""Questions inside the spaces of communities: entry, panel, first step, export, and figures of health. Declared by QaConfig.ready."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy

from communities import exports, frame, measures, steps
from communities.frame import Entry, Panel
from communities.measures import Figure, Measure
from communities.models import Community, Membership
from communities.space import Space
from communities.steps import Step
from qa.models import Answer, Comment, Question

SHOWN = 5
KEPT = {"visibility": "community"}


def _of(community: Community) -> Any:
    """What was asked in the community, whoever may read it; deleted ones left out."""
    return Question.objects.filter(community=community).exclude(status=Question.Status.DELETED)


def address(space: Space) -> str:
    return f"{reverse('qa:list')}?community={space.community.slug}"


def ask_address(space: Space) -> str:
    return f"{reverse('qa:ask')}?community={space.community.slug}" if space.can_take_part else ""


def unanswered(space: Space) -> int:
    return int(Question.objects.visible_to(space.user).of_community(space.community).unanswered().count())


def newest(space: Space) -> dict[str, Any]:
    """The newest that are open; the panel stands also when nothing was asked, because there one asks."""
    found = Question.objects.visible_to(space.user).of_community(space.community).open().newest()[:SHOWN]
    return {"questions": list(found), "all_url": address(space), "ask_url": ask_address(space)}


def has_asked(space: Space) -> bool:
    return Question.objects.filter(community=space.community, author=space.user).exists()


# --- Health ----------------------------------------------------------------------------------------------------------------------
def answered(community: Community, since: datetime) -> Figure | None:
    """How many questions of the time have an answer."""
    asked = _of(community).filter(created_at__gte=since)
    number = asked.count()
    if not number:
        return None
    words = gettext("of %(asked)d that were asked") % {"asked": number}
    return Figure(str(asked.filter(answer_count__gt=0).count()), words)


def time_to_answer(community: Community, since: datetime) -> Figure | None:
    """The median from question to first answer."""
    first = Min("answers__created_at", filter=Q(answers__deleted_at=None))
    rows = (
        _of(community).filter(created_at__gte=since).annotate(first=first).exclude(first=None).values_list("created_at", "first")
    )
    waits = [until - asked for asked, until in rows]
    if not waits:
        return None
    middle = median(waits)
    if middle < timedelta(days=2):
        hours = max(1, round(middle / timedelta(hours=1)))
        return Figure(ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours})
    return Figure(ngettext("%(number)d day", "%(number)d days", middle.days) % {"number": middle.days})


def active(community: Community, since: datetime) -> set[int]:
    """Who asked, answered or commented in the community."""
    asked = _of(community).filter(created_at__gte=since)
    found = set(asked.values_list("author", flat=True))
    for model in (Answer, Comment):
        written = model.objects.filter(question__community=community, created_at__gte=since, deleted_at=None)
        found |= set(written.values_list("author", flat=True))
    return {person for person in found if person is not None}


def latest(community: Community) -> datetime | None:
    newest_one = _of(community).order_by("-last_activity").values_list("last_activity", flat=True).first()
    return newest_one if isinstance(newest_one, datetime) else None


def exchanged(community: Community, since: datetime) -> tuple[int, int]:
    """Answers of members to questions of others, and of others to questions of members."""
    members = Membership.objects.filter(community=community).values("user")
    # What has no name is left out: a count of one would say on which side its author stands.
    named = {"anonymous": False, "question__anonymous": False}
    given = Answer.objects.filter(created_at__gte=since, deleted_at=None, **named).exclude(
        question__status=Question.Status.DELETED
    )
    to_others = given.filter(author__in=members).exclude(question__author__in=members)
    from_others = given.filter(question__author__in=members).exclude(author__in=members)
    return to_others.count(), from_others.count()


# --- Everything as files ---------------------------------------------------------------------------------------------------------
def export(community: Community) -> Iterator[tuple[str, bytes]]:
    """Questions with their answers and comments. What was written without a name has none here either."""
    found = list(
        _of(community)
        .filter(**KEPT)
        .select_related("author")
        .order_by("pk")
        .prefetch_related("answers__author", "comments__author")
    )
    yield "questions.json", exports.as_json([_as_data(one) for one in found])
    rows = [(one.title, "\n\n".join([one.text, *(reply.text for reply in _present(one.answers))])) for one in found]
    yield "questions.html", exports.as_page(gettext("Questions and answers"), rows, (gettext("Question"), gettext("Answers")))


def _present(replies: Any) -> list[Any]:
    return [reply for reply in replies.all() if reply.deleted_at is None]


def _as_data(one: Any) -> dict[str, Any]:
    return _post(one) | {
        "title": one.title,
        "answers": [_post(reply) for reply in _present(one.answers)],
        "comments": [_post(reply) for reply in _present(one.comments)],
    }


def _post(post: Any) -> dict[str, Any]:
    name = "" if post.anonymous or post.author is None else str(post.author)
    return {"id": post.pk, "by": name, "at": post.created_at, "html": post.body, "text": post.text}


def declare() -> None:
    """Called once, by QaConfig.ready."""
    label = pgettext_lazy("space", "Questions")
    frame.add_entry(Entry("qa:list", label, 70, "ask", unanswered, address=address))
    frame.add_panel(Panel("qa.newest", "qa/_in_space.html", newest, 20, 1))
    steps.add(Step("qa.ask", pgettext_lazy("first step", "Ask a first question"), has_asked, ask_address, 40))
    measures.add(Measure("qa.answered", pgettext_lazy("health", "Questions answered"), answered, 30))
    measures.add(Measure("qa.time", pgettext_lazy("health", "Time to the first answer"), time_to_answer, 35))
    measures.add_activity(active)
    measures.add_latest(latest)
    measures.add_exchange(exchanged)
    exports.register("questions", export)
