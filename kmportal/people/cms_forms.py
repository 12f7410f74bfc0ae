"""Forms of the CMS. They check and hold the input; the views hand it to the actions, never to save()."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from kmportal.people import permissions
from kmportal.people.actions import AccountDetails, AgencyDetails, PersonDetails
from kmportal.people.forms import AgencyChoice
from kmportal.people.models import Agency, EmailDomain, Person, User
from kmportal.people.roles import Role

AGENCY_FIELDS = ["name", "name_en", "abbreviation", "kind", "parent", "slug"]
PERSON_FIELDS = ["prefix", "given_name", "family_name", "position", "agency", "topics", "about", "is_listed"]


class AgencyForm(WagtailAdminModelForm):
    """An agency with its other names, one a line."""

    slug = forms.SlugField(
        label=_("address"), max_length=60, required=False, help_text=_("Leave empty to make one from the name.")
    )
    parent = AgencyChoice(queryset=Agency.objects.with_lineage(), label=_("part of"), required=False)
    other_names = forms.CharField(
        label=_("other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Former names, spellings, short forms; one a line. The importer finds the agency by them."),
    )

    class Meta:
        model = Agency
        fields = AGENCY_FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            known = {self.instance.name, self.instance.name_en, self.instance.abbreviation}
            names = [alias.name for alias in self.instance.aliases.all() if alias.name not in known]
            self.initial["other_names"] = "\n".join(names)

    def details(self) -> AgencyDetails:
        names = self.cleaned_data["other_names"].splitlines()
        values = {name: self.cleaned_data[name] for name in AGENCY_FIELDS}
        return AgencyDetails(**values, aliases=[name for name in map(str.strip, names) if name])


class PersonForm(WagtailAdminModelForm):
    """A person without an account: a speaker, a teller."""

    agency = AgencyChoice(queryset=Agency.objects.with_lineage(), label=_("agency"), required=False)

    class Meta:
        model = Person
        fields = PERSON_FIELDS
        widgets = {"topics": forms.CheckboxSelectMultiple}

    def details(self) -> PersonDetails:
        return PersonDetails(**{name: self.cleaned_data[name] for name in PERSON_FIELDS if name != "agency"})


class DomainForm(WagtailAdminModelForm):
    agency = AgencyChoice(queryset=Agency.objects.with_lineage(), label=_("agency"), required=False)

    class Meta:
        model = EmailDomain
        fields = ["domain", "agency"]


class AccountAdminForm(WagtailAdminModelForm):
    """An account as the site administrator sees it: no password, and no way to a superuser."""

    first_name = forms.CharField(label=_("given name"), max_length=80)
    last_name = forms.CharField(label=_("family name"), max_length=80, required=False)
    agency = AgencyChoice(queryset=Agency.objects.with_lineage(), label=_("agency"), required=False)
    roles = forms.MultipleChoiceField(
        label=pgettext_lazy("role", "Roles"), required=False, choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "agency", "language", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("editing_self", None)
        super().__init__(*args, **kwargs)
        offered = [role for role in Role if permissions.can_grant(self.for_user, self.instance, role)]
        self.fields["roles"].choices = [(role.value, role.label) for role in offered]
        self.initial["roles"] = [role.value for role in offered if self.instance.pk and self.instance.has_role(role)]
        # One's own roles and agency are another administrator's to change.
        if not offered:
            del self.fields["roles"]
        if self.instance.pk == self.for_user.pk:
            self.fields["agency"].disabled = self.fields["is_active"].disabled = True
        if not self.instance.pk:
            del self.fields["is_active"]

    def details(self) -> AccountDetails:
        data = self.cleaned_data
        held = self.instance.role_names if self.instance.pk else frozenset()
        roles = data["roles"] if "roles" in self.fields else [name for name in held if name in Role.values]
        return AccountDetails(
            email=data["email"],
            given_name=data["first_name"],
            family_name=data["last_name"],
            agency=data["agency"],
            language=data["language"],
            is_active=data.get("is_active", True),
            roles=frozenset(map(Role, roles)),
        )
