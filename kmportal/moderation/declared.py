"""The acts of moderators that stand in the book. Declared by ModerationConfig.ready."""

from django.utils.translation import pgettext_lazy

from kmportal.core.acts import Act, Field, declare

DECIDED, UPHELD, GRANTED = "moderation.decided", "moderation.upheld", "moderation.granted"


def declare_acts() -> None:
    for act in (
        Act(DECIDED, pgettext_lazy("act of staff", "Decided a case"), Field.CONTENT),
        Act(UPHELD, pgettext_lazy("act of staff", "Upheld a decision after an appeal"), Field.CONTENT),
        Act(GRANTED, pgettext_lazy("act of staff", "Took a decision back after an appeal"), Field.CONTENT),
    ):
        declare(act)
