"""Forms of accounts, profiles and the people directory."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.people.actions import PersonDetails
from kmportal.people.models import Agency
from kmportal.people.roles import Role
from kmportal.people.signup import check_domain
from kmportal.taxonomy.models import Topic


class AddEmailForm(allauth_forms.AddEmailForm):
    """A further address, under the same rule as the first."""

    def clean_email(self) -> str:
        email = str(super().clean_email())
        check_domain(email)
        return email


class PictureInput(forms.ClearableFileInput):
    """A plain file box: the present picture stands beside it, and taking it away is a button of its own."""

    template_name = "django/forms/widgets/file.html"


class ProfileForm(forms.Form):
    """One's own page. The agency is not here: it decides what one may read, so a coordinator sets it."""

    prefix = forms.CharField(
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
    topics = forms.ModelMultipleChoiceField(
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

    def details(self) -> PersonDetails:
        values = {name: value for name, value in self.cleaned_data.items() if name != "language"}
        return PersonDetails(**values)


class PictureForm(forms.Form):
    picture = forms.FileField(
        label=_("Picture"),
        widget=PictureInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("A .jpg, .png or .webp file of up to 8 MB. It is cut to a small square; where it was taken is not kept."),
    )


class AgencyChoice(forms.ModelChoiceField):
    """Agencies with what they are part of, as groups of the same name stand in many of them."""

    def label_from_instance(self, obj: Agency) -> str:
        return " › ".join(str(agency) for agency in reversed(obj.lineage()))


def agency_choices() -> Any:
    """Every agency, ready to be named with its lineage in one query."""
    return Agency.objects.select_related("parent__parent__parent")


class DirectoryForm(forms.Form):
    """Filters of the people directory, as a GET form: whatever cannot be read is ignored."""

    q = forms.CharField(label=_("Name or position"), max_length=80, required=False)
    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.all(), to_field_name="slug", required=False, empty_label=_("All agencies")
    )
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.all(), to_field_name="slug", required=False, empty_label=_("All topics")
    )

    def chosen(self) -> dict[str, Any]:
        """The filters that make sense; wrong ones are as if they were not there."""
        self.full_clean()
        return {name: self.cleaned_data.get(name) for name in self.fields}


class AccountForm(forms.Form):
    """Agency and roles of an account, as far as the person who opens it may set them."""

    agency = AgencyChoice(label=_("Agency"), queryset=Agency.objects.none(), required=False, empty_label=_("No agency"))
    roles = forms.MultipleChoiceField(
        label=pgettext_lazy("role", "Roles"), required=False, choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, agencies: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["roles"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]  # a ChoiceField
        if not roles:
            del self.fields["roles"]


class AgencyRequestForm(forms.Form):
    """Asking the coordinators for another agency."""

    agency = AgencyChoice(label=_("The agency you work in"), queryset=Agency.objects.none())
    note = forms.CharField(
        label=_("Anything the coordinator should know"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agency_choices()  # type: ignore[attr-defined]  # a ModelChoiceField
