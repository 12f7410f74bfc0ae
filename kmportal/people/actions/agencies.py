"""Agencies: making, changing, joining doubles, and the mail domains that belong to them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from kmportal.people import permissions
from kmportal.people.actions.merging import move_everything
from kmportal.people.domains import ascii_domain
from kmportal.people.models import Agency, AgencyAlias, EmailDomain, User
from kmportal.people.names import agency_key
from kmportal.people.querysets import AGENCY_LEVELS
from kmportal.retrieval import actions as search

RANKS = {Agency.Kind.MINISTRY: 1, Agency.Kind.DEPARTMENT: 2, Agency.Kind.BUREAU: 3, Agency.Kind.GROUP: 4}
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)\Z")


class WrongPlace(ValidationError):
    """The agency cannot stand below that one: a circle, too deep, or a level that is not lower."""


class AgencyExists(ValidationError):
    """An agency with this name or address is there already."""


class AgencyInUse(ValidationError):
    """Something still belongs to the agency, so it cannot go; merging it into another one moves all that."""


class NotADomain(ValidationError):
    """This is no mail domain that could be let in."""


class CannotMerge(ValidationError):
    """These two cannot become one."""


@dataclass(frozen=True, kw_only=True)
class AgencyDetails:
    """All that is known of an agency; aliases are the whole new list."""

    name: str
    name_en: str = ""
    abbreviation: str = ""
    kind: str = Agency.Kind.DEPARTMENT
    parent: Agency | None = None
    slug: str = ""
    aliases: Sequence[str] = ()


@transaction.atomic
def save_agency(*, actor: User, agency: Agency | None = None, details: AgencyDetails) -> Agency:
    """Makes an agency, or changes one.

    Raises:
        PermissionDenied: the actor may not curate agencies.
        WrongPlace: the parent would make a circle, a fifth level, or a level that is not above.
        AgencyExists: the name (as people write it, dots and spaces aside) or the address is taken.
    """
    if not permissions.can_curate_agencies(actor):
        raise PermissionDenied
    saved = agency or Agency()
    key = agency_key(details.name)
    others = Agency.objects.exclude(pk=saved.pk)
    if others.filter(key=key, parent=details.parent).exists():
        raise AgencyExists({"name": _("An agency with this name is there already.")})
    slug = details.slug or saved.slug or _free_slug(details)
    if others.filter(slug=slug).exists():
        raise AgencyExists({"slug": _("Another agency has this address.")})
    _check_place(saved, details.parent, details.kind)
    saved.name, saved.name_en, saved.abbreviation = details.name.strip(), details.name_en.strip(), details.abbreviation.strip()
    saved.kind, saved.parent, saved.slug, saved.key = details.kind, details.parent, slug, key
    saved.save()
    _set_aliases(saved, details.aliases)
    _follow(saved)
    log(instance=saved, action="wagtail.edit" if agency else "wagtail.create", user=actor)
    return saved


def _follow(agency: Agency) -> None:
    """Its own entry in the search at once; what names it, or stands below it, a moment later."""
    search.index([agency])
    search.renamed(Agency, [agency.pk])


def _free_slug(details: AgencyDetails) -> str:
    base = slugify(details.name_en or details.abbreviation)[:50] or "agency-" + get_random_string(
        6, "abcdefghjkmnpqrstuvwxyz23456789"
    )
    taken = set(Agency.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))) if slug not in taken)


def _set_aliases(agency: Agency, names: Sequence[str]) -> None:
    """The abbreviation and the English name are aliases too: AgencyQuerySet.named() looks nowhere else."""
    wanted = {agency_key(name): name.strip() for name in (agency.abbreviation, agency.name_en, *names) if agency_key(name)}
    wanted.pop(agency.key, None)
    present = {alias.key: alias for alias in agency.aliases.all()}
    agency.aliases.exclude(key__in=wanted).delete()
    AgencyAlias.objects.bulk_create(
        AgencyAlias(agency=agency, name=name, key=key) for key, name in wanted.items() if key not in present
    )


def _check_place(agency: Agency, parent: Agency | None, kind: str) -> None:
    """Raises WrongPlace."""
    if parent is None:
        return
    above = parent.lineage()
    if agency.pk is not None and agency in above:
        raise WrongPlace({"parent": _("An agency cannot be part of itself or of one of its own parts.")})
    if len(above) + _height(agency) > AGENCY_LEVELS:
        raise WrongPlace({"parent": _("Agencies stand on four levels at most: ministry, department, bureau, group.")})
    rank, rank_above = RANKS.get(Agency.Kind(kind)), RANKS.get(Agency.Kind(parent.kind))
    if rank and rank_above and rank <= rank_above:
        raise WrongPlace({"parent": _("What it is part of must be of a higher level.")})


def _height(agency: Agency) -> int:
    """Levels from the agency down to its lowest part, itself included."""
    height, level = 1, [agency.pk]
    while agency.pk is not None and (level := list(Agency.objects.filter(parent__in=level).values_list("pk", flat=True))):
        height += 1
        if height > AGENCY_LEVELS:
            break
    return height


@transaction.atomic
def remove_agency(*, actor: User, agency: Agency) -> None:
    """Takes away an agency that nothing belongs to.

    Raises:
        PermissionDenied: the actor may not curate agencies.
        AgencyInUse: knowledge, documents, people or other agencies belong to it.
    """
    if not permissions.can_curate_agencies(actor):
        raise PermissionDenied
    if agency.accounts.exists() or agency.people.exists():
        raise AgencyInUse(_("People belong to this agency. Merge it into another one instead."))
    log(instance=agency, action="wagtail.delete", user=actor, deleted=True)
    try:
        agency.delete()
    except ProtectedError as error:
        raise AgencyInUse(_("Knowledge or other agencies belong to this one. Merge it into another one instead.")) from error


@transaction.atomic
def merge_agencies(*, actor: User, keep: Agency, gone: Agency) -> Agency:
    """Makes two agencies one: all that belonged to `gone` belongs to `keep`, and its names stay as aliases.

    Raises:
        PermissionDenied: the actor may not curate agencies.
        CannotMerge: they are the same, or one is part of the other.
        WrongPlace: the parts of `gone` would not fit below `keep`.
    """
    if not permissions.can_curate_agencies(actor):
        raise PermissionDenied
    if keep.pk == gone.pk:
        raise CannotMerge(_("Choose two different agencies."))
    if keep in gone.lineage() or gone in keep.lineage():
        raise CannotMerge(_("One of these agencies is part of the other. Move it first."))
    for child in gone.children.all():
        _check_place(child, keep, child.kind)
    names = [gone.name, *gone.aliases.values_list("name", flat=True), *keep.aliases.values_list("name", flat=True)]
    moved = move_everything(gone=gone, keep=keep)
    log(
        instance=keep,
        action="people.merge",
        user=actor,
        data={"gone": gone.name, "slug": gone.slug, "names": names, "moved": moved},
    )
    gone.delete()
    _set_aliases(keep, names)
    _follow(keep)
    return keep


@transaction.atomic
def save_domain(*, actor: User, domain: str, agency: Agency | None, entry: EmailDomain | None = None) -> EmailDomain:
    """Lets holders of a mail domain sign up; they then belong to the agency, if one is named.

    Raises:
        PermissionDenied: the actor may not curate agencies.
        NotADomain: no domain name, or a whole country or kind of domain such as '.com'.
    """
    if not permissions.can_curate_agencies(actor):
        raise PermissionDenied
    wanted = domain.strip().removeprefix("@")
    dotted, name = wanted.startswith("."), ascii_domain(wanted.removeprefix("."))
    labels = name.split(".")
    if len(labels) < 2 or not all(LABEL.match(label) for label in labels):
        raise NotADomain({"domain": _("Write a mail domain such as agency.go.th, or .agency.go.th with all its sub-domains.")})
    saved = entry or EmailDomain()
    saved.domain, saved.agency = ("." if dotted else "") + name, agency
    if EmailDomain.objects.exclude(pk=saved.pk).filter(domain=saved.domain).exists():
        raise NotADomain({"domain": _("This domain is in the list already.")})
    saved.save()
    log(instance=saved, action="wagtail.edit" if entry else "wagtail.create", user=actor)
    return saved


@transaction.atomic
def remove_domain(*, actor: User, entry: EmailDomain) -> None:
    """New people of this domain can no longer sign up; accounts that exist stay.

    Raises:
        PermissionDenied: the actor may not curate agencies.
    """
    if not permissions.can_curate_agencies(actor):
        raise PermissionDenied
    log(instance=entry, action="wagtail.delete", user=actor, deleted=True)
    entry.delete()
