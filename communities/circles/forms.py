"""What the screens of circles send. Names of fields are names of the verbs' arguments."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from communities.circles.actions.opening import Plan
from communities.circles.models import Circle, Part, TemplateVersion
from communities.circles.models.templates import Mode
from communities.commons.forms.fields import DayField, HourField, MemberField
from communities.models import Community
from communities.talk.models import Channel
from kmportal.core import clean
from kmportal.core.choices import OneField

HIGHEST = 2**53


def number(**words: Any) -> forms.IntegerField:
    return forms.IntegerField(min_value=0, max_value=HIGHEST, **words)


class MomentField(forms.CharField):
    """A moment that the page itself wrote, as ISO 8601; nothing is None."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=40)

    def clean(self, value: Any) -> Any:
        """The moment.

        Raises:
            ValidationError: not as the page wrote it.
        """
        text = super().clean(value)
        moment = parse_datetime(text) if text else None
        if text and (moment is None or timezone.is_naive(moment)):
            raise ValidationError(_("Load the page anew and try again."))
        return moment


class Nothing(forms.Form):
    """A press of a button."""


class Seen(forms.Form):
    seen = number()


class Clock(Seen):
    ends = MomentField()


class Until(Clock):
    day = DayField(label=_("Open until"))

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        day = words.pop("day", None)
        if day is not None:
            words["ends_at"] = timezone.make_aware(datetime.combine(day, time(23, 59)))
        return words


class RescueForm(Seen):
    number = number()


class JoinForm(forms.Form):
    agreed = number(required=False)
    reach = forms.CharField(max_length=7)
    listen = forms.BooleanField(required=False)


class TurnForm(forms.Form):
    turn = number()


class CallForm(Seen):
    turn = number(required=False)


class ChoiceForm(forms.Form):
    choice = number()


class OfferForm(Seen):
    messages = forms.TypedMultipleChoiceField(required=False, coerce=int)
    words = forms.CharField(required=False, max_length=400, strip=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whether they are messages of the circle is the verb's to ask.
        keys = self.data.getlist("messages") if hasattr(self.data, "getlist") else []
        field: Any = self.fields["messages"]
        field.choices = [(key, key) for key in keys[:60] if key.isascii() and key.isdigit() and len(key) < 16]


class SizeForm(Seen):
    size = forms.IntegerField(min_value=2, max_value=12)


class PutForm(Seen):
    part = number()
    number = number()


class RoleForm(forms.Form):
    user = number()
    role = forms.ChoiceField(choices=Part.Role.choices)


class WhyForm(forms.Form):
    why = forms.CharField(required=False, max_length=300)


class MessageForm(forms.Form):
    message = number()


class HeldForm(forms.Form):
    client_id = forms.UUIDField()
    body = forms.CharField(required=False, max_length=8_000)

    def clean_body(self) -> str:
        return str(clean.plain(self.cleaned_data["body"]))


class WhenForm(forms.Form):
    """The day and hour that a circle is planned for, or neither."""

    day = DayField(label=_("Day"), required=False)
    hour = HourField(label=_("Hour"), required=False)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        day, hour = words.get("day"), words.get("hour")
        if bool(day) != (hour is not None):
            self.add_error(
                "hour" if day else "day", _("A planned circle needs a day and an hour; for one at once leave both empty.")
            )
        return words

    def starts_at(self) -> datetime | None:
        day, hour = self.cleaned_data.get("day"), self.cleaned_data.get("hour")
        return timezone.make_aware(datetime.combine(day, hour)) if day and hour is not None else None


class PlanForm(WhenForm):
    """The plan of a circle that has not begun; its rounds are forms of their own."""

    title = forms.CharField(label=_("What is it about?"), max_length=160)
    topic = forms.CharField(label=_("A few words more"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)

    field_order = ("title", "topic", "day", "hour", "seen")


class StartForm(WhenForm):
    """Opening a circle: what is likely stands there already."""

    title = forms.CharField(label=_("What is it about?"), max_length=160)
    topic = forms.CharField(label=_("A few words more"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    channel = OneField(Channel.objects.none(), label=_("Channel"), empty_label=None)
    reach = forms.ChoiceField(
        label=_("Who may read a lesson drawn from it?"), choices=Circle.Reach.choices, widget=forms.RadioSelect,
        initial=Circle.Reach.MEMBERS,
        help_text=_("What is said stays with the members of this community either way. Everybody reads this before they join."),
    )  # fmt: skip
    nameless = forms.TypedMultipleChoiceField(
        label=_("Rounds without names"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("For what people would not say under their name. Who wrote it is not stored at all."),
    )  # fmt: skip

    def __init__(self, *args: Any, community: Community, version: TemplateVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        channels: Any = self.fields["channel"]
        channels.queryset = Channel.objects.filter(community=community).open()
        blind = [(n, one["prompt_th"]) for n, one in enumerate(version.rounds, 1) if one["mode"] == Mode.BLIND]
        nameless: Any = self.fields["nameless"]
        nameless.choices = [(n, _("Round %(number)s") % {"number": n}) for n, _prompt in blind]
        if not blind:
            del self.fields["nameless"]
        for role in self.roles():
            self.fields[role] = MemberField(community, label=Part.Role(role).label, required=False)

    def roles(self) -> list[str]:
        """Which roles are asked for: tellers where the method has them, an inner circle in a fishbowl."""
        modes = {one["mode"] for one in self.version.rounds}
        asked = [str(Part.Role.NOTE_TAKER)]
        if modes & {Mode.TELLER, Mode.ASK}:
            asked.append(str(Part.Role.TELLER))
        return asked

    def plan(self, template: str) -> Plan:
        words = self.cleaned_data
        return Plan(
            template=template, title=words["title"], topic=words["topic"], reach=words["reach"], starts_at=self.starts_at(),
            nameless=frozenset(words.get("nameless", ())),
            roles={words[role].pk: role for role in self.roles() if words.get(role)},
        )  # fmt: skip
