"""People who may know the answer: what they say they can be asked about, and what they have answered before.

Only people who may read the question, whom the asker sees in the directory, and who can be asked this week. Everything counted is
what the asker may read too, and stands under a name: an answer without one says nothing about anybody.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from kmportal.people.models import Person
from qa.actions.routing import this_week
from qa.mentionable import Readers, reading
from qa.models import Answer, AnswerRequest, Question

MOST = 4
# What tells more: to have helped in the same matter than to have put it on one's page.
ACCEPTED, USEFUL, ANSWERED, TOPIC = 5, 1, 1, 3
MOST_USEFUL = 5


@dataclass
class Knower:
    """Somebody to ask, and why."""

    person: Person
    topics: list[str] = field(default_factory=list)
    accepted: int = 0
    answered: int = 0


def who_may_know(question: Question, user: Any, alike: Iterable[Question] = ()) -> list[Knower]:
    """The best few, for whoever asked the question.

    Args:
        alike: questions that say much the same, where the page knows some.
    """
    marks: Counter[int] = Counter()
    topics = _by_topic(question, marks)
    helped = _by_answers(question, user, [one.pk for one in alike], marks)
    people = _to_ask(question, user).filter(user__in=list(marks))
    ranked = sorted(people, key=lambda person: (-marks[person.user_id or 0], person.order, person.pk))
    return [Knower(person, topics[person.user_id or 0], *helped.get(person.user_id or 0, (0, 0))) for person in ranked[:MOST]]


def _by_topic(question: Question, marks: Counter[int]) -> "defaultdict[int, list[str]]":
    found: defaultdict[int, list[str]] = defaultdict(list)
    link: Any
    shared = Person.topics.through.objects.filter(topic__in=question.topics.all(), person__user__isnull=False)
    for link in shared.select_related("topic", "person").order_by("pk"):
        found[link.person.user_id].append(str(link.topic))
        marks[link.person.user_id] += TOPIC
    return found


def _by_answers(question: Question, user: Any, alike: list[int], marks: Counter[int]) -> dict[int, tuple[int, int]]:
    same = Q(question__topics__in=question.topics.all()) | Q(question__codes__in=question.codes.all())
    same |= Q(question__categories__in=question.categories.all()) | Q(question__in=alike)
    found: dict[int, tuple[int, int]] = {}
    for row in _counted(Answer.objects.visible_to(user).filter(same)):
        useful = min(row["useful"] or 0, MOST_USEFUL)
        marks[row["author"]] += ACCEPTED * row["accepted"] + ANSWERED * row["answered"] + USEFUL * useful
        found[row["author"]] = row["accepted"], row["answered"]
    return found


def _counted(answers: "QuerySet[Answer]") -> Any:
    # By key first: a question that shares two topics must not count its answers twice.
    named = Answer.objects.filter(pk__in=answers.order_by().values("pk"), anonymous=False).exclude(author=None)
    return named.order_by().values("author").annotate(
        answered=Count("pk"), accepted=Count("accepted_for"), useful=Sum("useful_count")
    )  # fmt: skip


def _to_ask(question: Question, user: Any) -> "QuerySet[Person]":
    """Those in the circle who are not the asker, have not answered, were not asked yet, and have a turn left this week."""
    setting = "request_setting__"
    unused = Q(**{f"{setting}week": None}) | Q(**{f"{setting}week__lt": this_week()})
    has_turn = unused | Q(**{f"{setting}asked__lt": F(f"{setting}a_week")})
    willing = Q(request_setting=None) | (Q(**{f"{setting}is_open": True, f"{setting}a_week__gt": 0}) & has_turn)
    free = reading(Readers.of(question)).filter(willing).exclude(pk=user.pk)
    free = free.exclude(pk__in=Answer.objects.filter(question=question, deleted_at=None, author__isnull=False).values("author"))
    free = free.exclude(pk__in=AnswerRequest.objects.filter(question=question).values("person"))
    return Person.objects.visible_to(user).filter(user__in=free).select_related("agency")
