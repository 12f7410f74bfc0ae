"""Forms of duties, deputies and absences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.experts.forms.fields import DayField, text
from communities.experts.models import Duty
from communities.experts.models.duties import PARTS
from communities.experts.models.offers import Circle
from kmportal.people.models import Person, User


class DutyForm(forms.Form):
    name = forms.CharField(label=_("Duty"), max_length=120, help_text=_("Such as: the quarterly report to the ministry."))
    steps = text(_("Steps"), most=4000, rows=6, required=False, hint=_("In the order in which they are done, one on a line."))
    contacts = text(_("Contacts"), most=2000, rows=3, required=False, hint=_("Who must be asked or told, and how to reach them."))
    calendar = text(_("When in the year"), most=2000, rows=3, required=False)
    pitfalls = text(
        _("Pitfalls"), most=2000, rows=3, required=False, hint=_("What went wrong once, and how you notice it early.")
    )
    documents = text(
        _("Where documents are"),
        most=2000,
        rows=3,
        required=False,
        hint=_("Places and links. Never passwords: name who hands them over."),
    )
    deputy = forms.EmailField(
        label=_("Mail address of the deputy"), required=False, max_length=254, help_text=_("A member of the network. They are asked, and confirm.")
    )  # fmt: skip

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    @classmethod
    def of(cls, duty: Duty | None, actor: User, data: Any) -> "DutyForm":
        if duty is None:
            return cls(data, actor=actor)
        initial = {name: getattr(duty, name) for name in ("name", *PARTS)}
        return cls(data, actor=actor, initial=initial | {"deputy": duty.deputy.email if duty.deputy else ""})

    def clean_deputy(self) -> User | None:
        """The account, None for an empty field.

        Raises:
            ValidationError: the actor knows nobody of this address; whether there is an account is not told.
        """
        address = self.cleaned_data["deputy"]
        if not address:
            return None
        seen = Person.objects.visible_to(self.actor).filter(user__email__iexact=address, user__is_active=True)
        found = seen.exclude(user=self.actor).select_related("user").first()
        if found is None:
            raise forms.ValidationError(
                _("No member of this address is in the directory. Check the address, or invite them first.")
            )
        return found.user

    def parts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in PARTS}


class AwayForm(forms.Form):
    starts = DayField(label=_("Away from"))
    ends = DayField(label=_("Until"))
    note = forms.CharField(label=_("A word for those who look for me"), required=False, max_length=200)
    circle = forms.ChoiceField(label=_("Shown to"), choices=Circle.choices, initial=Circle.AGENCY, widget=forms.RadioSelect)


class DeputyForm(forms.Form):
    """A deputy's word."""

    answer = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    says = forms.CharField(label=_("Your words"), required=False, max_length=300)
