"""The merging screens of the CMS: what is possibly the same, side by side, and the one button that makes it one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from kmportal.people import actions, kept, likeness, permissions
from kmportal.people.models import Agency, Person, User


@dataclass(frozen=True)
class Mergeable:
    """A kind of entry that can be merged."""

    label: str | Promise
    find: Callable[[Any], list[likeness.Pair]]
    allowed: Callable[[Any], bool]
    choices: Callable[[Any], Any]
    merge: Callable[..., Any]


KINDS = {
    "people": Mergeable(
        gettext_lazy("People"),
        likeness.like_people,
        permissions.can_curate_people,
        lambda user: kept.not_from(user, Person.objects.select_related("agency", "user")),
        actions.merge_people,
    ),
    "agencies": Mergeable(
        gettext_lazy("Agencies"),
        likeness.like_agencies,
        permissions.can_curate_agencies,
        lambda user: Agency.objects.with_lineage(),
        actions.merge_agencies,
    ),
}


def _kind(request: HttpRequest, kind: str) -> Mergeable:
    found = KINDS.get(kind)
    if found is None:
        raise Http404
    if not found.allowed(request.user):
        raise PermissionDenied
    return found


@require_safe
def suggestions(request: HttpRequest, kind: str) -> HttpResponse:
    """Pairs that are possibly the same, the sure ones first."""
    found = _kind(request, kind)
    tabs = [(name, one.label, name == kind) for name, one in KINDS.items()]
    return render(
        request,
        "people/cms/suggestions.html",
        {"kind": kind, "tabs": tabs, "pairs": found.find(request.user), "limit": likeness.LIMIT},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, kind: str, first: int, second: int) -> HttpResponse:
    """Two entries side by side; POST says which one stays."""
    found = _kind(request, kind)
    entries = [get_object_or_404(found.choices(request.user), pk=pk) for pk in (first, second)]
    if request.method == "POST" and _merged(request, found, entries):
        return redirect("people_merging", kind)
    rows = _agency_rows(entries) if kind == "agencies" else _person_rows(entries)
    return render(
        request, "people/cms/compare.html", {"kind": kind, "entries": entries, "rows": rows, "uses": list(map(_uses, entries))}
    )


def _merged(request: HttpRequest, kind: Mergeable, entries: list[Any]) -> bool:
    """Whether it was done; a refusal is said at the top of the page."""
    keep = next((entry for entry in entries if str(entry.pk) == request.POST.get("keep")), None)
    if keep is None or not isinstance(request.user, User):
        messages.error(request, _("Say which one stays."))
        return False
    gone = next(entry for entry in entries if entry is not keep)
    try:
        kept = kind.merge(actor=request.user, keep=keep, gone=gone)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, _("“%(gone)s” is now part of “%(kept)s”.") % {"gone": gone, "kept": kept})
    return True


def _person_rows(people: list[Any]) -> list[tuple[str, list[str]]]:
    return [
        (_("Name"), [person.formal_name for person in people]),
        (_("Position"), [person.position for person in people]),
        (_("Agency"), [str(person.agency or "") for person in people]),
        (_("About their work"), [person.about for person in people]),
        (_("Topics"), [", ".join(map(str, person.topics.all())) for person in people]),
        (_("Account"), [_("yes: this page stays") if person.user_id else _("no") for person in people]),
    ]


def _agency_rows(agencies: list[Any]) -> list[tuple[str, list[str]]]:
    return [
        (_("Name"), [agency.name for agency in agencies]),
        (_("Name in English"), [agency.name_en for agency in agencies]),
        (_("Abbreviation"), [agency.abbreviation for agency in agencies]),
        (_("Level"), [agency.get_kind_display() for agency in agencies]),
        (_("Part of"), [" › ".join(map(str, reversed(agency.lineage()[1:]))) for agency in agencies]),
        (_("Other names"), [", ".join(alias.name for alias in agency.aliases.all()) for agency in agencies]),
    ]


def _uses(entry: Any) -> list[tuple[str, int]]:
    """What points to the entry: (kind of thing, how many)."""
    found = []
    for relation in entry._meta.related_objects:
        if not relation.one_to_one:
            count = getattr(entry, relation.get_accessor_name()).count()
            found.append((str(relation.related_model._meta.verbose_name_plural), count))
    return [(name, count) for name, count in found if count]
