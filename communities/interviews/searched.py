"""Approved interviews in the search index, found by the members of their community alone. Registered in InterviewsConfig.ready."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from communities.interviews.models import Interview, Note, Question
from kmportal.retrieval import sources
from kmportal.retrieval.chunks import split
from kmportal.retrieval.sources import Source, Text

APPROVED = 0.4


def interviews() -> QuerySet[Interview]:
    heard = Prefetch("recordings__notes", Note.objects.order_by("at", "pk"))
    answered = Prefetch("questions", Question.objects.exclude(answer="").order_by("position"))
    return Interview.objects.approved().select_related("community").prefetch_related(answered, heard)


def describe(found: Iterable[Interview]) -> Iterator[tuple[int, list[Text]]]:
    with translation.override(settings.LANGUAGE_CODE):
        for interview in found:
            yield interview.pk, list(_texts(interview))


def _texts(interview: Interview) -> Iterator[Text]:
    common: dict[str, Any] = {
        "title": interview.title,
        "audience": f"community:{interview.community_id}",
        "names": interview.expert_name,
        "dated": timezone.localdate(interview.approved_at or interview.created_at),
        "quality": APPROVED,
    }
    page = interview.get_absolute_url()
    for body in split(interview.purpose) or [""]:
        yield Text(body=body, url=page, **common)
    for question in interview.questions.all():
        for body in split(question.answer):
            yield Text(body=body, url=f"{page}#q-{question.position}", place=question.text, **common)
    for recording in interview.recordings.all():
        for note in recording.notes.all():
            yield Text(body=note.text, url=f"{page}#n-{note.pk}", place=recording.title, **common)


def register() -> None:
    sources.register(Source("interview", Interview, interviews, describe, _("Interviews"), 45, icon="quote"))
