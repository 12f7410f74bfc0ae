"""Forms of moderation: which cases, how one ends, an appeal, which acts of staff."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.core import acts, dates
from kmportal.core.acts import Field
from kmportal.moderation import kinds
from kmportal.moderation.kinds import Kind
from kmportal.moderation.models import LONGEST_REASON
from kmportal.moderation.querysets import StaffActQuerySet

OPEN, MINE, APPEALED, DECIDED = "open", "mine", "appealed", "decided"
SHOWN = (
    (OPEN, pgettext_lazy("cases", "To be decided")),
    (MINE, pgettext_lazy("cases", "Mine")),
    (APPEALED, pgettext_lazy("cases", "Appealed")),
    (DECIDED, pgettext_lazy("cases", "Decided")),
)


class FilterForm(forms.Form):
    """Which cases. Nothing in an address is an error: what is not known is left out."""

    show = forms.ChoiceField(choices=SHOWN, required=False)
    kind = forms.ChoiceField(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [(kind.code, kind.label) for kind in kinds.every()]  # type: ignore[attr-defined]  # a choice field
        self.is_valid()

    @property
    def shown(self) -> str:
        return self.cleaned_data.get("show") or OPEN

    @property
    def kind_code(self) -> str:
        return self.cleaned_data.get("kind") or ""


class TakeForm(forms.Form):
    give = forms.BooleanField(required=False)
    over = forms.IntegerField(required=False, min_value=1, max_value=2**31)

    @property
    def gives_up(self) -> bool:
        return self.is_valid() and bool(self.cleaned_data["give"])

    @property
    def had_by(self) -> int | None:
        return self.cleaned_data["over"] if self.is_valid() else None


def _reason(label: Any, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why: both sides read it.")},
    )  # fmt: skip


class DecideForm(forms.Form):
    """How the case ends. Ready-made reasons stand under the outcome that they belong to."""

    outcome = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect, error_messages={"required": _("Choose how the case ends.")}
    )
    ready = forms.ChoiceField(label=_("Ready-made reason"), required=False)
    reason = _reason(_("Your own words"), required=False)

    def __init__(self, data: Any = None, *, kind: Kind) -> None:
        super().__init__(data)
        outcome, ready = self.fields["outcome"], self.fields["ready"]
        outcome.choices = [(one.code, one.label) for one in kind.outcomes]  # type: ignore[attr-defined]  # a choice field
        groups = [
            (one.label, [(f"{one.code}.{reason.code}", reason.text) for reason in one.reasons])
            for one in kind.outcomes
            if one.reasons
        ]
        ready.choices = [("", pgettext_lazy("reason", "None: I write it myself")), *groups]  # type: ignore[attr-defined]  # the same
        self.helps = {one.code: one.help for one in kind.outcomes}

    def clean(self) -> dict[str, Any]:
        """The reason must be there, and belong to the decision."""
        found: dict[str, Any] = super().clean() or {}
        outcome, _dot, ready = found.get("ready", "").partition(".")
        if ready and outcome != found.get("outcome"):
            self.add_error("ready", _("This reason belongs to another decision. Choose one that stands under yours."))
        if not ready and not found.get("reason", "").strip():
            self.add_error("reason", _("Say why: both sides read it."))
        found["ready"] = ready
        return found

    def chosen(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("outcome", "reason", "ready")}


class AgainForm(forms.Form):
    """What comes of an appeal."""

    granted = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect, error_messages={"required": _("Choose one of the two.")},
        choices=[
            ("no", pgettext_lazy("appeal", "It stays as it was decided")),
            ("yes", pgettext_lazy("appeal", "The decision is taken back")),
        ],
    )  # fmt: skip
    reason = _reason(_("Reason"), required=True)

    def chosen(self) -> dict[str, Any]:
        return {"granted": self.cleaned_data["granted"] == "yes", "reason": self.cleaned_data["reason"]}


class AppealForm(forms.Form):
    words = forms.CharField(
        label=_("What should the other person know?"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say why somebody should look at it again.")},
    )  # fmt: skip


class BookForm(forms.Form):
    """Which acts. What is not understood is left out; a day that cannot be read is said."""

    who = forms.CharField(label=_("Who"), required=False, max_length=80)
    act = forms.ChoiceField(label=_("Act"), required=False)
    since = forms.CharField(label=_("From the day"), required=False, max_length=40)
    until = forms.CharField(label=_("To the day"), required=False, max_length=40)

    def __init__(self, data: Any, *, fields: Collection[Field]) -> None:
        super().__init__(data)
        known = [(act.code, act.label) for act in acts.every() if act.field in fields]
        self.fields["act"].choices = [("", pgettext_lazy("acts of staff", "All")), *known]  # type: ignore[attr-defined]  # a choice field
        self.is_valid()

    def clean_since(self) -> date | None:
        return _day(self.cleaned_data["since"])

    def clean_until(self) -> date | None:
        return _day(self.cleaned_data["until"])

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())

    def narrow(self, rows: StaffActQuerySet) -> StaffActQuerySet:
        """Those that the address asks for."""
        wanted = self.cleaned_data
        if who := wanted.get("who"):
            for word in who.split():
                rows = rows.filter(
                    Q(actor__first_name__icontains=word) | Q(actor__last_name__icontains=word) | Q(actor__email__icontains=word)
                )
        if wanted.get("act"):
            rows = rows.filter(act=wanted["act"])
        if wanted.get("since"):
            rows = rows.filter(at__gte=_midnight(wanted["since"]))
        if wanted.get("until"):
            rows = rows.filter(at__lt=_midnight(wanted["until"] + timedelta(days=1)))
        return rows


def _day(text: str) -> date | None:
    try:
        found = dates.parse(text) if text.strip() else None
    except dates.NotADate:
        raise forms.ValidationError(_("Write a day such as 1 October 2569 or 1/10/2569.")) from None
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
