"""Filing documents: the file, what it is, who may read it, and its drawers."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kmportal.core import dates
from kmportal.core.choices import SeveralField
from kmportal.core.pmqa import CATEGORIES
from kmportal.library.actions.documents import FIRST_YEAR, LAST_YEAR, Drawer
from kmportal.library.criteria import edition_of
from kmportal.library.forms.cms import own_communities
from kmportal.library.models import LibraryDocument
from kmportal.library.visibility import Visibility
from kmportal.people.models import Agency
from kmportal.people.roles import Role
from kmportal.taxonomy.models import PmqaCategory, PmqaCode


class FiscalYearField(forms.CharField):
    """2553, ๒๕๕๓, 2010 or 53: kept as a C.E. year, shown in the reader's calendar."""

    default_error_messages = {"year": _("Write a fiscal year such as 2010 or 2553.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=8, widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return dates.year_number(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int:
        text = str(super().clean(value)).translate(dates.THAI_DIGITS).strip()
        if not (text.isascii() and text.isdigit()):
            raise ValidationError(self.error_messages["year"], code="year")
        year = dates.common_year(int(text))
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValidationError(self.error_messages["year"], code="year")
        return year


class DrawersForm(forms.Form):
    """Several drawers of one fiscal year at once: every chosen code, and every chosen category that has no chosen code."""

    year = FiscalYearField(label=_("Fiscal year"), help_text=_("1 October to 30 September, named by the year it ends in."))
    category = forms.MultipleChoiceField(
        label=_("PMQA categories"),
        required=False,
        choices=lambda: [(number, f"{number} {CATEGORIES[number]}") for number in PmqaCategory.NUMBERS],
        widget=forms.CheckboxSelectMultiple,
    )
    code = SeveralField(
        PmqaCode.objects.none(),
        label=_("PMQA codes"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Hold Ctrl to choose several. A code puts the document into its category as well."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.fields["year"].initial is None:
            self.fields["year"].initial = dates.fiscal_year(timezone.localdate())
        codes: Any = self.fields["code"]
        codes.queryset = PmqaCode.objects.select_related("category__edition").order_by(
            "-category__edition__is_current", "-category__edition__first_year", "category__number", "position"
        )
        codes.choices = _by_edition(codes.queryset)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("category") and not cleaned.get("code") and not self.errors and self.drawers_needed:
            self.add_error("category", _("Choose at least one PMQA category or code."))
        return cleaned

    drawers_needed = True

    def drawers(self) -> list[Drawer]:
        """What was chosen. A category without a code is that of the edition in force in the fiscal year."""
        year, codes = self.cleaned_data["year"], list(self.cleaned_data["code"])
        found = [Drawer(code.category, code, year) for code in codes]
        rest = set(self.cleaned_data["category"]) - {code.category.number for code in codes}
        edition = edition_of(date(year, 1, 1))
        found += [Drawer(category, None, year) for category in PmqaCategory.objects.filter(edition=edition, number__in=rest)]
        return found


class RefileForm(DrawersForm):
    """The drawers a document lies in, to keep or take it out of, and more drawers to add."""

    drawers_needed = False
    keep: Any = SeveralField(None, label=_("Drawers it lies in"), required=False, widget=forms.CheckboxSelectMultiple)
    field_order = ["keep"]

    def __init__(self, *args: Any, document: LibraryDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep: Any = self.fields["keep"]
        keep.queryset = document.filings.select_related("category__edition", "code")
        keep.label_from_instance = drawer_words
        keep.initial = [filing.pk for filing in keep.queryset]
        if not keep.initial:
            del self.fields["keep"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not (cleaned.get("keep") or cleaned.get("category") or cleaned.get("code")) and not self.errors:
            self.add_error("keep" if "keep" in self.fields else "category", _("A document must lie in at least one drawer."))
        return cleaned

    def drawers(self) -> list[Drawer]:
        kept = [Drawer(filing.category, filing.code, filing.year) for filing in self.cleaned_data.get("keep", ())]
        return [*kept, *(drawer for drawer in super().drawers() if drawer not in kept)]


class AboutForm(forms.Form):
    """What a document is, and who may read it."""

    title = forms.CharField(
        label=_("Title"), max_length=255, required=False, help_text=_("Left empty, the file's name is taken.")
    )
    summary = forms.CharField(label=_("Summary"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    visibility = forms.ChoiceField(label=_("Who may read"), choices=Visibility.choices, initial=Visibility.NETWORK)
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"), required=False)
    community: Any = forms.ModelChoiceField(None, label=_("Community of practice"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        everywhere = user.has_role(Role.NETWORK_COORDINATOR)
        agency.queryset = (
            Agency.objects.all() if everywhere else Agency.objects.within(user.agency) if user.agency else Agency.objects.none()
        )
        agency.initial = user.agency_id
        community: Any = self.fields["community"]
        community.queryset = LibraryDocument._meta.get_field("community").related_model._default_manager.all()
        own_communities(community, user)
        if not community.queryset.exists():
            del self.fields["community"]
            self.fields["visibility"].choices = [c for c in Visibility.choices if c[0] != Visibility.COMMUNITY]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("visibility") == Visibility.AGENCY and not cleaned.get("agency"):
            self.add_error("agency", _("Choose the agency whose staff may read this."))
        if cleaned.get("visibility") == Visibility.COMMUNITY and not cleaned.get("community"):
            self.add_error(
                "community" if "community" in self.fields else "visibility",
                _("Choose the community whose members may read this."),
            )
        return cleaned

    def about(self) -> dict[str, Any]:
        names = ("title", "summary", "visibility", "agency")
        return {**{name: self.cleaned_data[name] for name in names}, "community": self.cleaned_data.get("community")}


class FileForm(DrawersForm, AboutForm):
    """All of it, for a new document."""

    file = forms.FileField(
        label=_("File"), max_length=255, help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, text, CSV or ZIP, up to 20 MB.")
    )
    field_order = ["file", "title", "summary", "year", "category", "code", "visibility", "agency", "community"]


class ReplaceForm(forms.Form):
    file = forms.FileField(label=_("Newer file"), max_length=255, help_text=_("Drawers, pages and links stay as they are."))


def drawer_words(filing: Any) -> str:
    """'6 การจัดการกระบวนการ · PM5 · 2553'."""
    parts = [
        f"{filing.category.number} {filing.category.name}",
        filing.code.code if filing.code else "",
        str(dates.year_number(filing.year)),
    ]
    return " · ".join(part for part in parts if part)


def _by_edition(codes: Any) -> list[tuple[str, list[tuple[int, str]]]]:
    groups: dict[str, list[tuple[int, str]]] = {}
    for code in codes:
        heading = f"{code.category.number} {code.category.name} ({code.category.edition})"
        groups.setdefault(heading, []).append((code.pk, str(code)))
    return list(groups.items())
