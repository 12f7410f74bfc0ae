"""Forms of announcements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.commons.actions.announcements import AnnouncementWords, newest_version
from communities.commons.forms.fields import DayField, rich
from communities.commons.models import Announcement
from communities.commons.models.shared import LONGEST_TITLE


class AnnouncementForm(forms.Form):
    title = forms.CharField(label=_("What is announced, in one line"), max_length=LONGEST_TITLE)
    pinned_until = DayField(
        label=_("Keep it on top until"), required=False, help_text=_("A day such as 1/10/2026. Empty: it moves down with time.")
    )
    must_read = forms.BooleanField(
        label=_("Everybody must read it"), required=False,
        help_text=_("Members confirm that they have read it, and you see the names of those who have not. Members are told so."),
    )  # fmt: skip
    seen = forms.IntegerField(min_value=0, max_value=10**6, required=False, widget=forms.HiddenInput)
    field_order = ("title", "body", "pinned_until", "must_read", "seen")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = rich(_("Text"))
        self.order_fields(self.field_order)

    @classmethod
    def of(cls, announcement: Announcement, data: Any) -> "AnnouncementForm":
        """Filled with what stands there."""
        stands = {name: getattr(announcement, name) for name in ("title", "body", "pinned_until", "must_read")}
        return cls(data, initial={**stands, "seen": newest_version(announcement)})

    def words(self) -> AnnouncementWords:
        return AnnouncementWords(**{name: value for name, value in self.cleaned_data.items() if name != "seen"})
