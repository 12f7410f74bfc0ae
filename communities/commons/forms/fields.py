"""Days and hours as people write them, members to choose from, longer texts with the editor."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from kmportal.core.choices import OneField
from kmportal.core.hours import HourField
from kmportal.core.richtext import RichTextArea, RichTextField
from kmportal.library.forms.imports import DateText
from kmportal.people.models import User

__all__ = ["DayField", "HourField", "MemberField", "rich"]


class DayField(DateText):
    """A day in either era."""

    def __init__(self, **words: Any) -> None:
        super().__init__(**{"max_length": 60, "help_text": _("Such as 1 October 2026 or 1/10/2026."), **words})


class MemberField(OneField):
    """One of the members of a community."""

    def __init__(self, community: Community, **words: Any) -> None:
        people = User.objects.filter(is_active=True, memberships__community=community).order_by("first_name", "last_name", "pk")
        super().__init__(people, **words)


def rich(label: Any, *, rows: int = 7, required: bool = True) -> RichTextField:
    """The box for a longer text, with the editor over it."""
    return RichTextField(
        label=label, required=required, widget=RichTextArea({"rows": rows}, pictures=reverse_lazy("pictures:put_in")),
        error_messages={"required": _("Write something first.")},
    )  # fmt: skip
