"""Forms of the shop and of its desk."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.core import dates
from kmportal.core.choices import SeveralField
from rewards.actions.catalogue import Offer
from rewards.forms import EraDayField
from rewards.models import Redemption, Reward

COLUMNS = tuple(name for name in Offer.__dataclass_fields__ if name not in {"counted", "opens_at", "closes_at"})


class RedeemForm(forms.Form):
    """The key makes the same request one request, however often it is sent; the price is what the person saw."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    price = forms.IntegerField(min_value=1, max_value=10**9, widget=forms.HiddenInput)
    wish = forms.CharField(
        label=_("What should we know?"),
        required=False,
        max_length=300,
        help_text=_("Such as the title of a book, a size, or days that suit you."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=pgettext_lazy("redemption", "Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The person reads it."),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code to pick up with"),
        max_length=40,
        help_text=_("Ten signs. Dashes and capitals do not matter; O counts as 0, I and L as 1."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class QueueForm(forms.Form):
    """Which redemptions the desk shows. Nothing in an address is an error: what is not known is left out."""

    STATES = (
        ("requested", pgettext_lazy("queue", "To decide")),
        ("approved", pgettext_lazy("queue", "To lay ready")),
        ("ready", pgettext_lazy("queue", "To hand over")),
        ("ended", pgettext_lazy("queue", "Ended")),
        ("all", pgettext_lazy("queue", "All")),
    )
    reward = forms.ModelChoiceField(
        Reward.objects.none(), label=_("Reward"), required=False, empty_label=pgettext_lazy("reward", "All")
    )
    q = forms.CharField(label=_("Person or number"), required=False, max_length=80)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["reward"].queryset = Reward.objects.order_by("order", "pk")  # type: ignore[attr-defined]  # a choice field

    def value(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name)

    @property
    def state(self) -> str:
        asked = str(self.data.get("state", ""))
        return asked if asked in dict(self.STATES) else "requested"


class ChosenForm(forms.Form):
    """Several of the queue, and what to do with them."""

    chosen = SeveralField(Redemption.objects.none(), error_messages={"required": _("Choose at least one.")})
    act = forms.ChoiceField(choices=[("approve", ""), ("ready", "")])

    def __init__(self, data: Any, *, among: Any) -> None:
        super().__init__(data)
        self.fields["chosen"].queryset = among  # type: ignore[attr-defined]  # a choice field


# --- Catalogue -------------------------------------------------------------------------------------------------------------------
class RewardForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's forms are generic for type checkers only
    """What a reward says. The verb writes it; this form never saves."""

    counted = forms.BooleanField(
        label=_("Count its stock"), required=False, initial=True, help_text=_("Off for what has no number, such as advice.")
    )
    opens_on = EraDayField(
        label=_("To be had from"), required=False, max_length=40, help_text=_("Empty: from when it is opened.")
    )
    closes_on = EraDayField(label=_("Last day"), required=False, max_length=40, help_text=_("Empty: until it is closed."))
    picture = forms.FileField(
        label=_("Picture"), required=False, widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_(".jpg, .png or .webp, at most 8 MB. A square is cut from its middle."),
    )  # fmt: skip

    field_order = (
        "name", "name_en", "kind", "about", "about_en", "picture", "price", "counted", "limit", "limit_span", "agency_budget",
        "audience", "agencies", "communities", "opens_on", "closes_on", "place", "place_en", "hours", "hours_en",
    )  # fmt: skip

    class Meta:
        model = Reward
        fields = COLUMNS
        field_classes = {"agencies": SeveralField, "communities": SeveralField}
        labels = {"about": pgettext_lazy("reward", "What it is")}
        widgets = {
            "about": forms.Textarea(attrs={"rows": 4}),
            "about_en": forms.Textarea(attrs={"rows": 4}),
            "agencies": forms.SelectMultiple(attrs={"size": 6}),
            "communities": forms.SelectMultiple(attrs={"size": 6}),
        }

    def __init__(self, data: Any = None, files: Any = None, *, reader: Any, instance: Reward | None = None) -> None:
        first: dict[str, Any] = {"counted": instance is None or instance.stock is not None}
        if instance is not None:
            first |= {"opens_on": _written(instance.opens_at), "closes_on": _written(instance.closes_at)}
        super().__init__(data, files, instance=instance, initial=first)
        # Hidden communities are offered to their members alone; what another officer chose stays (catalogue.write_reward).
        chosen: Any = self.fields["communities"]
        chosen.queryset = chosen.queryset.visible_to(reader)
        self.chosen_unseen = instance is not None and instance.communities.exclude(pk__in=chosen.queryset.values("pk")).exists()

    def clean(self) -> Any:
        found = super().clean() or {}
        first, last = found.get("opens_on"), found.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("The last day comes before the first."))
        for audience, name in (("agencies", "agencies"), ("communities", "communities")):
            unseen = name == "communities" and self.chosen_unseen
            if found.get("audience") == audience and not (found.get(name) or unseen):
                self.add_error(name, _("Choose at least one."))
        return found

    def offer(self) -> Offer:
        values = {name: self.cleaned_data[name] for name in COLUMNS}
        last = self.cleaned_data["closes_on"]
        return Offer(
            **values,
            counted=self.cleaned_data["counted"],
            opens_at=_moment(self.cleaned_data["opens_on"], time.min),
            closes_at=_moment(last, time(23, 59, 59)),
        )


def _moment(day: date | None, at: time) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, at)) if day else None


def _written(moment: datetime | None) -> str:
    return dates.full(timezone.localtime(moment)) if moment else ""


class ReceiveForm(forms.Form):
    number = forms.IntegerField(label=_("How many have come"), min_value=1, max_value=100_000)
    note = forms.CharField(label=_("Remark"), required=False, max_length=300)


class CorrectForm(forms.Form):
    difference = forms.IntegerField(
        label=_("Difference"),
        min_value=-100_000,
        max_value=100_000,
        help_text=_("−2 where two are missing, 3 where there are three more."),
    )
    reason = forms.CharField(label=pgettext_lazy("redemption", "Reason"), max_length=300)


class VouchersForm(forms.Form):
    """Codes, pasted or in a file; one on each line."""

    codes = forms.CharField(label=_("Codes, one on each line"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    file = forms.FileField(
        label=_("or a text file"), required=False, widget=forms.FileInput(attrs={"accept": ".txt,.csv,text/plain"})
    )
    LARGEST = 500_000

    def clean(self) -> Any:
        found = super().clean() or {}
        upload = found.get("file")
        text = found.get("codes") or ""
        if upload is not None:
            if upload.size > self.LARGEST:
                raise forms.ValidationError(_("The file is too large: at most 500 kB."))
            try:
                text += "\n" + upload.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise forms.ValidationError(_("The file is not plain text (UTF-8).")) from None
        found["lines"] = [line.strip().strip('"') for line in text.splitlines() if line.strip()]
        return found
