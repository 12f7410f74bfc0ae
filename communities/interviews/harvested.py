"""Approved answers and notes as pieces that go into lessons. Declared by InterviewsConfig.ready."""

from typing import Any

from communities.harvest import sources
from communities.harvest.sources import Address, Piece
from communities.interviews.models import Interview, Note, Question
from communities.models import Community

NAME = "interview"


def root_of(interview: Interview) -> str:
    return f"{NAME}:{interview.pk}"


class Answers:
    """harvest.sources.Kind."""

    def ready(self, user: Any, community: Community) -> list[Piece]:
        """Three queries."""
        rows = Interview.objects.visible_to(user).approved().filter(community=community).select_related("community", "expert")
        interviews = {one.pk: one for one in rows}
        answers = Question.objects.filter(interview__in=interviews).exclude(answer="").order_by("interview", "position")
        notes = Note.objects.filter(recording__interview__in=interviews).select_related("recording")
        found = [
            _piece(interviews[one.interview_id], f"answer:{one.pk}", one.field, one.answer, f"#q-{one.position}")
            for one in answers
        ]
        return found + [
            _piece(interviews[one.recording.interview_id], f"note:{one.pk}", one.field, one.text, f"#n-{one.pk}")
            for one in notes.order_by("recording", "at", "pk")
        ]

    def address(self, source: str) -> Address | None:
        """Of the expert, unless they withdrew."""
        key = source.split(":")[1]
        found = Interview.objects.filter(pk=key).exclude(state=Interview.State.WITHDRAWN).first()
        return Address(found.expert_name, found.expert_email, found.language) if found else None


def declare() -> None:
    sources.register(NAME, Answers())


def _piece(interview: Interview, key: str, field: str, text: str, place: str) -> Piece:
    return Piece(
        source=f"{root_of(interview)}:{key}", field=field, text=text, name=interview.expert_name, teller=interview.expert,
        url=f"{interview.get_absolute_url()}{place}",
    )  # fmt: skip
