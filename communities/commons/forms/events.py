"""Forms of events. Days in either era and hours, each in a field of its own, so that they can be typed."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.commons.actions.events import EventWords
from communities.commons.forms.fields import DayField, HourField, rich
from communities.commons.models import Event
from communities.commons.models.shared import LONGEST_TITLE

MOST_PLACES = 100_000


class EventForm(forms.Form):
    title = forms.CharField(label=_("What it is"), max_length=LONGEST_TITLE)
    day = DayField(label=_("Day"))
    begins = HourField(label=_("Begins at"))
    ends = HourField(label=_("Ends at"))
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Only if it goes on for several days."))
    place = forms.CharField(label=pgettext_lazy("event", "Place"), required=False, max_length=200)
    link = forms.URLField(
        label=_("Link for taking part online"), required=False, max_length=500, assume_scheme="https",
        help_text=_("Only members of the community see it."),
    )  # fmt: skip
    capacity = forms.IntegerField(
        label=_("Places"), required=False, min_value=1, max_value=MOST_PLACES,
        help_text=_("Empty: room for all. When it is full, others get onto a waiting list and move up by themselves."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
    )  # fmt: skip
    field_order = ("title", "day", "begins", "ends", "last_day", "place", "link", "capacity", "body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = rich(pgettext_lazy("event", "What it is about"), required=False)
        self.order_fields(self.field_order)

    @classmethod
    def of(cls, event: Event, data: Any) -> "EventForm":
        """Filled with what stands there."""
        starts, ends = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
        stands = {name: getattr(event, name) for name in ("title", "place", "link", "capacity", "body")}
        last = ends.date() if ends.date() != starts.date() else None
        return cls(data, initial={**stands, "day": starts.date(), "begins": starts.time(), "ends": ends.time(), "last_day": last})

    def words(self) -> EventWords:
        said = self.cleaned_data
        last = said["last_day"] or said["day"]
        return EventWords(
            title=said["title"], body=said["body"], place=said["place"], link=said["link"], capacity=said["capacity"],
            starts_at=_moment(said["day"], said["begins"]), ends_at=_moment(last, said["ends"]),
        )  # fmt: skip


def _moment(day: Any, hour: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is cancelled"),
        max_length=300,
        help_text=_("All members read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
