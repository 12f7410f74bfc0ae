"""Questions in the search index: the question with its details, then each answer at its place. Registered in QaConfig.ready."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from kmportal.library.searched_order import Order, category, code, topic
from kmportal.library.searched_pages import audience_of
from kmportal.people.models import Agency
from kmportal.people.searched import NO_AGENCY, AgencyNames, agency_names, within_agencies
from kmportal.retrieval import sources
from kmportal.retrieval.chunks import split
from kmportal.retrieval.sources import Source, Text
from kmportal.taxonomy.models import PmqaCategory, PmqaCode, Topic
from qa.models import Answer, Question

ANSWERED, ACCEPTED = 0.2, 0.5


def questions() -> QuerySet[Question]:
    """Open ones: whoever finds what was asked before should find where it is answered."""
    return Question.objects.filter(status=Question.Status.OPEN)


def describe(found: Iterable[Question]) -> Iterator[tuple[int, list[Text]]]:
    """Nobody's name stands in the index: a question is found by its subject, and an anonymous one by nothing else."""
    found = list(found)
    keys = [question.pk for question in found]
    orders, agencies = _orders(keys), agency_names(question.agency_id for question in found)
    answers: defaultdict[int, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(question__in=keys).present().oldest():
        answers[answer.question_id].append(answer)
    with translation.override(settings.LANGUAGE_CODE):
        for question in found:
            agency = agencies.get(question.agency_id, NO_AGENCY)
            yield question.pk, list(_texts(question, orders[question.pk], agency, answers[question.pk]))


def _texts(question: Question, order: Order, agency: AgencyNames, answers: list[Answer]) -> Iterator[Text]:
    common: dict[str, Any] = {
        "title": question.title,
        "audience": audience_of(question),
        "names": "\n".join(part for part in (agency.names, order.names) if part),
        "tags": frozenset(order.tags) | agency.tags,
        "dated": timezone.localdate(question.created_at),
        "quality": ACCEPTED if question.accepted_id else ANSWERED if answers else 0.0,
    }
    for body in split(question.text) or [""]:
        yield Text(body=body, url=question.get_absolute_url(), **common)
    for answer in answers:
        for body in split(answer.text):
            yield Text(body=body, url=answer.get_absolute_url(), place=str(Answer._meta.verbose_name), **common)


def _orders(keys: Collection[int]) -> defaultdict[int, Order]:
    found: defaultdict[int, Order] = defaultdict(Order)
    link: Any
    for link in Question.topics.through.objects.filter(question__in=keys).select_related("topic").order_by("pk"):
        _add(found[link.question_id], topic(link.topic))
    coded = Question.codes.through.objects.filter(question__in=keys).select_related("pmqacode__category").order_by("pk")
    for link in coded:
        _add(found[link.question_id], code(link.pmqacode))
        _add(found[link.question_id], category(link.pmqacode.category))
    filed = Question.categories.through.objects.filter(question__in=keys).select_related("pmqacategory").order_by("pk")
    for link in filed:
        _add(found[link.question_id], category(link.pmqacategory))
    return found


def _add(order: Order, said: tuple[list[str], tuple[str, str]]) -> None:
    words, tag = said
    order.words += words
    order.tags.add(tag)


def register() -> None:
    sources.register(
        Source(
            "question", Question, questions, describe, _("Questions"), 35, icon="ask",
            repeats={
                Agency: lambda keys: Question.objects.filter(within_agencies("agency", keys)),
                Topic: lambda keys: Question.objects.filter(topics__in=keys),
                PmqaCode: lambda keys: Question.objects.filter(codes__in=keys),
                PmqaCategory: lambda keys: Question.objects.filter(Q(codes__category__in=keys) | Q(categories__in=keys)),
            },
        )
    )  # fmt: skip
