"""What moderators do to questions and answers, as it stands in the book. Declared by QaConfig.ready."""

from typing import Any

from django.utils.translation import pgettext_lazy

from kmportal.core import acts
from kmportal.core.acts import Act, Field
from kmportal.library.searched_pages import audience_of
from qa.models import Answer, Comment, Question
from qa.permissions import question_of
from qa.querysets import AUTHOR_SHOWN

DELETED, RESTORED = "qa.deleted", "qa.restored"
EDITED, CLOSED, REOPENED = "qa.edited", "qa.closed", "qa.reopened"


def circle_of(post: Any) -> str:
    """Who may read a post, as a key."""
    return audience_of(question_of(post))


def declare_acts() -> None:
    for act in (
        Act(DELETED, pgettext_lazy("act of staff", "Deleted somebody's post"), Field.CONTENT),
        Act(RESTORED, pgettext_lazy("act of staff", "Restored somebody's post"), Field.CONTENT),
        Act(EDITED, pgettext_lazy("act of staff", "Changed somebody's post"), Field.CONTENT),
        Act(CLOSED, pgettext_lazy("act of staff", "Closed somebody's question as asked before"), Field.CONTENT),
        Act(REOPENED, pgettext_lazy("act of staff", "Opened somebody's closed question again"), Field.CONTENT),
        Act(AUTHOR_SHOWN, pgettext_lazy("act of staff", "Looked up who wrote without a name"), Field.CONTENT),
    ):
        acts.declare(act)
    for model in (Question, Answer, Comment):
        acts.kept_to(model, circle_of)
