"""What is written in somebody else's name stands in the book of staff acts: that it was, never the words."""

from typing import Any

from django.utils.translation import pgettext_lazy

from communities.interviews.models import Note, Question, Recording
from kmportal.core import acts
from kmportal.core.acts import Act, Field

TYPED, ADDED = "interviews.typed", "interviews.recording_added"


def declare() -> None:
    """Called once, by InterviewsConfig.ready."""
    acts.declare(Act(TYPED, pgettext_lazy("act of staff", "Typed words in the name of an expert"), Field.CONTENT))
    acts.declare(Act(ADDED, pgettext_lazy("act of staff", "Added a recording of an expert"), Field.CONTENT))
    acts.kept_to(Question, _of)
    acts.kept_to(Recording, _of)
    acts.kept_to(Note, lambda note: _of(note.recording))


def _of(thing: Any) -> str:
    return f"community:{thing.interview.community_id}"
