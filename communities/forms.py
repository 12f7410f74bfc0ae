"""What facilitators and newcomers fill in."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.actions.members import LONGEST_REASON
from communities.actions.spaces import CommunityDetails
from communities.models import Community, Membership
from communities.permissions import can_hide
from kmportal.core.choices import OneField, SeveralField
from kmportal.core.richtext import RichTextArea, RichTextField
from kmportal.library.forms.imports import DateText
from kmportal.taxonomy.models import PmqaCategory, PmqaCode, Topic

HIDDEN = "hidden"
WAYS = [
    (Community.Joining.OPEN.value, _("Open: every member of the network comes in with one click")),
    (Community.Joining.REQUEST.value, _("By request: a facilitator decides")),
    (Community.Joining.INVITATION.value, _("By invitation: facilitators invite, others see what it is about")),
    (HIDDEN, _("Hidden: by invitation, and nobody else learns that it exists")),
]


class PlainText(forms.CharField):
    """A text over several lines."""

    def __init__(self, *, rows: int = 3, **words: Any) -> None:
        super().__init__(**{"widget": forms.Textarea(attrs={"rows": rows}), **words})


class CommunityForm(forms.Form):
    """The words of a community and the way into it, for opening one and for changing it."""

    name = forms.CharField(label=_("Name"), max_length=160)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    domain = PlainText(
        label=_("What it is about"),
        max_length=1000,
        required=False,
        help_text=_("The work and the question that bring people here."),
    )
    way = forms.ChoiceField(label=_("The way in"), choices=WAYS, widget=forms.RadioSelect, initial=Community.Joining.OPEN.value)
    goal = PlainText(
        label=_("Goal"), max_length=500, required=False, rows=2, help_text=_("What will be different when you have reached it.")
    )
    goal_on = DateText(
        label=_("Date of the goal"), max_length=60, required=False, help_text=_("Such as 30 September 2570 or 30/9/2570.")
    )
    charter = RichTextField(
        label=_("Charter"), required=False, widget=RichTextArea(attrs={"rows": 8}),
        help_text=_("How you work together: what stays in the room, how you speak, how often you meet."),
    )  # fmt: skip
    topics = SeveralField(label=_("Topics"), queryset=Topic.objects.all(), required=False, widget=forms.CheckboxSelectMultiple)
    codes = SeveralField(label=_("PMQA codes"), queryset=PmqaCode.objects.none(), required=False)

    def __init__(self, data: Any = None, *, user: Any, community: Community | None = None) -> None:
        super().__init__(data, initial=_initial(community) if community else None)
        self.community = community
        codes: Any = self.fields["codes"]
        offered = Q(category__edition__is_current=True) | Q(pk__in=community.codes.values("pk") if community else [])
        codes.queryset = PmqaCode.objects.filter(offered).select_related("category")
        if community is not None and not can_hide(user, community):
            self.fields["way"].choices = WAYS[:-1]  # type: ignore[attr-defined]  # the choice field above

    @property
    def code_groups(self) -> list[tuple[PmqaCategory, list[tuple[PmqaCode, bool]]]]:
        """For the template: codes under their categories, and which are chosen."""
        chosen = {str(getattr(key, "pk", key)) for key in self["codes"].value() or []}
        groups: dict[PmqaCategory, list[tuple[PmqaCode, bool]]] = {}
        for code in self.fields["codes"].queryset:  # type: ignore[attr-defined]  # the field above
            groups.setdefault(code.category, []).append((code, str(code.pk) in chosen))
        return sorted(groups.items(), key=lambda group: group[0].number)

    @property
    def has_codes_chosen(self) -> bool:
        return bool(self["codes"].value())

    @property
    def details(self) -> CommunityDetails:
        """What the verbs take."""
        data = self.cleaned_data
        hidden = data["way"] == HIDDEN
        return CommunityDetails(
            name=data["name"], name_en=data["name_en"], domain=data["domain"], is_hidden=hidden,
            joining=Community.Joining.INVITATION if hidden else Community.Joining(data["way"]),
            charter=data["charter"], goal=data["goal"], goal_on=data["goal_on"],
            codes=list(data["codes"]), topics=list(data["topics"]),
        )  # fmt: skip


def _initial(community: Community) -> dict[str, Any]:
    names = ("name", "name_en", "domain", "goal", "goal_on", "charter")
    found = {name: getattr(community, name) for name in names}
    way = HIDDEN if community.is_hidden else community.joining
    return found | {"way": way, "codes": list(community.codes.all()), "topics": list(community.topics.all())}


class NewCommunityForm(CommunityForm):
    facilitator = forms.EmailField(
        label=_("E-mail of the first facilitator"), required=False, help_text=_("Leave empty to be the facilitator yourself.")
    )

    def clean_facilitator(self) -> Any:
        email = self.cleaned_data["facilitator"]
        if not email:
            return None
        found = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("There is no account with this e-mail address."))
        return found


class AskForm(forms.Form):
    words = PlainText(label=_("Why would you like to join?"), max_length=500, required=False)


class AnswerForm(forms.Form):
    decision = forms.ChoiceField(choices=[("approve", ""), ("decline", "")])
    words = PlainText(label=_("Words to the person"), max_length=500, required=False, rows=2)


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices, initial=Membership.Role.PRACTITIONER.value)
    words = PlainText(label=_("Words to the person"), max_length=500, required=False)
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=[("th", "ไทย"), ("en", "English")],
        help_text=_("Who has an account gets the mail in the language of the account."),
    )  # fmt: skip


class SelfForm(forms.Form):
    offers = forms.CharField(
        label=_("What I can offer"),
        max_length=300,
        required=False,
        help_text=_("Such as: how we cut waiting time at the counter."),
    )
    seeks = forms.CharField(
        label=_("What I am looking for"), max_length=300, required=False, help_text=_("Such as: somebody who has moved records.")
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices, widget=forms.RadioSelect)


class PutOutForm(forms.Form):
    why = PlainText(
        label=_("Why"), max_length=LONGEST_REASON, required=False, rows=2,
        help_text=_("The person reads this, and it stands in the book of staff acts. Say what happened, not what you think of them."),
    )  # fmt: skip


class OfferForm(forms.Form):
    """Leadership for another member."""

    to = OneField(label=_("Who should lead?"), queryset=get_user_model().objects.none(), empty_label=_("Choose a member"))
    words = PlainText(label=_("Words to the person"), max_length=500, required=False)

    def __init__(self, data: Any = None, *, community: Community) -> None:
        super().__init__(data)
        others = community.memberships.present().exclude(role=Membership.Role.FACILITATOR).exclude(user__is_guest=True)
        field: Any = self.fields["to"]
        field.queryset = get_user_model().objects.filter(pk__in=others.values("user")).order_by("first_name", "last_name", "pk")


class RenewForm(forms.Form):
    goal = PlainText(label=_("Goal"), max_length=500)
    goal_on = DateText(label=_("Date of the goal"), max_length=60, help_text=_("Such as 30 September 2570 or 30/9/2570."))
