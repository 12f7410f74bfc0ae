"""Forms of accounts, profiles and the people directory."""

from collections.abc import Callable
from typing import Any, cast

from allauth.account import forms as allauth_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.core.choices import SeveralField
from kmportal.people import permissions
from kmportal.people.actions import PersonDetails
from kmportal.people.domains import check_domain
from kmportal.people.models import Agency, Person, User
from kmportal.people.roles import Role
from kmportal.taxonomy.models import Topic


class JoinForm(allauth_forms.SignupForm):
    """Sign-up that takes as long for an address that is taken: the answer says nothing, so its time must not either."""

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class AddEmailForm(allauth_forms.AddEmailForm):
    """A further address, under the same rule as the first."""

    def clean_email(self) -> str:
        email = str(super().clean_email())
        check_domain(email)
        return email


def _readable(read: Callable[[], Any]) -> Any:
    """What allauth makes of a passkey's answer. A forged one breaks its parser in many ways; each is a refusal, not an error of ours.

    Raises:
        ValidationError: the answer is not one.
    """
    try:
        return read()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise forms.ValidationError(_("The passkey was not read. Try again, or choose another way.")) from error


class AuthenticatePasskeyForm(webauthn_forms.AuthenticateWebAuthnForm):
    def clean_credential(self) -> Any:
        return _readable(super().clean_credential)


class LoginPasskeyForm(webauthn_forms.LoginWebAuthnForm):
    def clean_credential(self) -> Any:
        return _readable(super().clean_credential)


class ReauthenticatePasskeyForm(webauthn_forms.ReauthenticateWebAuthnForm):
    def clean_credential(self) -> Any:
        return _readable(super().clean_credential)


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    """A passkey signs in by itself unless its owner wants it as a second factor only."""

    name = forms.CharField(
        label=_("Name of the passkey"), max_length=100, required=False, help_text=_("For example: office computer.")
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone, without a password"),
        required=False,
        initial=True,
        help_text=_("The device then always asks for a fingerprint, face or PIN."),
    )

    def clean(self) -> Any:
        return _readable(super().clean)


class PictureInput(forms.ClearableFileInput):
    """A plain file box: the present picture stands beside it, and taking it away is a button of its own."""

    template_name = "django/forms/widgets/file.html"


class ProfileForm(forms.Form):
    """One's own page. The agency is not here: it decides what one may read, so a coordinator sets it."""

    name_prefix = forms.CharField(
        label=_("Prefix"), max_length=40, required=False, help_text=_("For official papers; not shown in lists.")
    )
    given_name = forms.CharField(
        label=_("Given name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    family_name = forms.CharField(
        label=_("Family name"), max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    position = forms.CharField(
        label=_("Position"), max_length=160, required=False, widget=forms.TextInput(attrs={"autocomplete": "organization-title"})
    )
    topics = SeveralField(
        label=_("Topics you can be asked about"),
        queryset=Topic.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    about = forms.CharField(
        label=_("About your work"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you look after and what you have tried, in a few sentences."),
    )
    language = forms.ChoiceField(
        label=_("Language of the pages and of mail to you"),
        choices=[("th", "ไทย"), ("en", "English")],
        widget=forms.RadioSelect,
    )
    is_listed = forms.BooleanField(
        label=_("Show me to members of the network"),
        required=False,
        help_text=_("In the directory of people and in the page of your agency."),
    )
    is_public = forms.BooleanField(
        label=_("Show me to everybody"),
        required=False,
        help_text=_("Also to people who have not signed in, and to search engines."),
    )

    @classmethod
    def of(cls, person: Person, user: User) -> "ProfileForm":
        """Filled with what stands there now."""
        names = ("given_name", "family_name", "position", "about", "is_listed", "is_public")
        initial = {name: getattr(person, name) for name in names}
        topics = list(person.topics.all()) if person.pk else []
        return cls(initial={**initial, "name_prefix": person.prefix, "topics": topics, "language": user.language})

    def details(self) -> PersonDetails:
        values = {name: value for name, value in self.cleaned_data.items() if name not in {"language", "name_prefix"}}
        return PersonDetails(prefix=self.cleaned_data["name_prefix"], **values)


class PictureForm(forms.Form):
    picture = forms.FileField(
        label=_("Picture"),
        widget=PictureInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("A .jpg, .png or .webp file of up to 8 MB. It is cut to a small square; where it was taken is not kept."),
    )


class AgencyChoice(forms.ModelChoiceField[Agency]):
    """Agencies with what they are part of, as groups of the same name stand in many of them."""

    def label_from_instance(self, obj: Agency) -> str:
        return " › ".join(str(agency) for agency in reversed(obj.lineage()))


class FilterForm(forms.Form):
    """A GET form whose wrong values are as if they were not there."""

    def chosen(self) -> dict[str, Any]:
        """The filters that make sense."""
        self.full_clean()
        return {name: self.cleaned_data.get(name) for name in self.fields}


class DirectoryForm(FilterForm):
    """Filters of the people directory. Offers only agencies and topics of people whom the reader sees."""

    q = forms.CharField(label=_("Name or position"), max_length=80, required=False)
    agency = AgencyChoice(
        queryset=Agency.objects.none(), label=_("Agency"), to_field_name="slug", required=False, empty_label=_("All agencies")
    )
    topic = forms.ModelChoiceField(
        queryset=Topic.objects.none(), label=_("Topic"), to_field_name="slug", required=False, empty_label=_("All topics")
    )

    def __init__(self, *args: Any, seen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_people = Agency.objects.filter(pk__in=seen.order_by().values("agency"))
        offered = Agency.objects.with_lineage().filter(
            Q(pk__in=with_people)
            | Q(pk__in=with_people.values("parent"))
            | Q(pk__in=with_people.values("parent__parent"))
            | Q(pk__in=with_people.values("parent__parent__parent"))
        )
        cast(AgencyChoice, self.fields["agency"]).queryset = offered
        cast("forms.ModelChoiceField[Topic]", self.fields["topic"]).queryset = Topic.objects.filter(people__in=seen).distinct()


class AgencyFilterForm(FilterForm):
    """Filters of the tree of agencies."""

    q = forms.CharField(label=_("Name or abbreviation"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Level"), required=False, choices=[("", _("All levels")), *Agency.Kind.choices])


def _offer_agencies(form: forms.Form, actor: User) -> None:
    """The agencies that this coordinator may give; only those who coordinate the network may give none."""
    choice = cast(AgencyChoice, form.fields["agency"])
    everywhere = permissions.can_place_anywhere(actor)
    agencies = Agency.objects.with_lineage()
    choice.queryset = agencies if everywhere or actor.agency is None else agencies.within(actor.agency)
    choice.required = not everywhere


class InvitationForm(forms.Form):
    """Somebody who should join."""

    email = forms.EmailField(label=_("Mail address"))
    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80, required=False)
    agency = AgencyChoice(queryset=Agency.objects.none(), label=_("Agency"), required=False, empty_label=_("No agency"))

    @classmethod
    def of(cls, actor: User, data: Any = None) -> "InvitationForm":
        form = cls(data, initial={"agency": actor.agency_id})
        _offer_agencies(form, actor)
        return form


class AccountForm(forms.Form):
    """Agency and roles of an account, as far as the person who opens it may set them."""

    agency = AgencyChoice(queryset=Agency.objects.none(), label=_("Agency"), required=False, empty_label=_("No agency"))
    offered: frozenset[Role] = frozenset()
    roles = forms.MultipleChoiceField(
        label=pgettext_lazy("role", "Roles"), required=False, choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )

    @classmethod
    def of(cls, account: User, actor: User, data: Any = None) -> "AccountForm":
        """The form with the agencies and roles that this actor may give this account."""
        roles = [role for role in Role if permissions.can_grant(actor, account, role)]
        held = [role.value for role in roles if account.has_role(role)]
        form = cls(data, initial={"agency": account.agency_id, "roles": held})
        _offer_agencies(form, actor)
        form.offered = frozenset(roles)
        cast(forms.MultipleChoiceField, form.fields["roles"]).choices = [(role.value, role.label) for role in roles]
        if not roles:
            del form.fields["roles"]
        return form

    def wanted(self) -> dict[str, Any]:
        """What actions.change_account takes: roles that are not offered here stay as they are."""
        chosen = frozenset(map(Role, self.cleaned_data.get("roles", [])))
        return {"agency": self.cleaned_data["agency"], "give": chosen, "take": self.offered - chosen}


class AgencyRequestForm(forms.Form):
    """Asking the coordinators for another agency."""

    agency = AgencyChoice(queryset=Agency.objects.with_lineage(), label=_("The agency you work in"))
    note = forms.CharField(
        label=_("Anything the coordinator should know"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
