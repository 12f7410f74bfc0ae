"""Names only."""

from communities.interviews.models.interviews import Interview, Question
from communities.interviews.models.recordings import Note, Recording

__all__ = ["Interview", "Note", "Question", "Recording"]
