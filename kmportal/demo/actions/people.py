"""Agencies, accounts of every role, mail domains and communities."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from communities.actions.inviting import invite
from communities.actions.joining import ask_to_join
from communities.actions.members import add_member, describe_self
from communities.actions.spaces import CommunityDetails, create_community
from communities.models import Community, Membership
from kmportal.demo.content import read
from kmportal.people.actions import (
    AccountDetails,
    AgencyDetails,
    PersonDetails,
    complete_signup,
    save_account,
    save_agency,
    save_domain,
    update_profile,
)
from kmportal.people.models import Agency, EmailDomain, Person, User
from kmportal.people.roles import Role
from kmportal.taxonomy.models import PmqaCode, Topic

# Everybody may know it: the demonstration never runs in production.
PASSWORD = "laan-demo-2569"  # noqa: S105 - see above


@dataclass(frozen=True)
class DemoPerson:
    """One line of the table of sign-ins."""

    email: str
    name: str
    agency: str
    does: str


def make_agencies() -> None:
    """The tree of agencies with their other names, and the mail domains that belong to them."""
    known = set(Agency.objects.values_list("slug", flat=True))
    domains = set(EmailDomain.objects.values_list("domain", flat=True))
    for entry in read("agencies"):
        if entry["slug"] not in known:
            parent = Agency.objects.select_related("parent__parent").get(slug=entry["parent"]) if "parent" in entry else None
            save_agency(actor=_first_admin(), details=AgencyDetails(**{**entry, "parent": parent}))
    for domain, slug in read("domains").items():
        if domain not in domains:
            save_domain(actor=_first_admin(), domain=domain, agency=Agency.objects.get(slug=slug))


@transaction.atomic
def _first_admin() -> User:
    """Somebody has to begin: the site administrator, who then makes all others through the usual verbs."""
    entry = next(entry for entry in read("people") if "site_admin" in entry["roles"])
    user = User.objects.filter(email=entry["email"]).first()
    if user is None:
        user = User.objects.create_user(entry["email"], first_name=entry["given"], last_name=entry["family"])
        user.groups.add(Group.objects.get(name=Role.SITE_ADMIN.value))
    return user


def make_people(*, say: Callable[[str], None]) -> list[DemoPerson]:
    """An account for every role, with a confirmed address and a page of the person."""
    entries = read("people")
    ready = set(EmailAddress.objects.filter(verified=True).values_list("email", flat=True))
    missing = [entry for entry in entries if entry["email"] not in ready]
    if missing:
        say(f"{len(missing)} accounts")
        # One hash for all: the password is the same, and hashing is made to be slow.
        hashed = make_password(PASSWORD)
    for entry in missing:
        _make_person(entry, hashed)
    return [_line(entry) for entry in entries]


@transaction.atomic
def _make_person(entry: dict[str, Any], hashed: str) -> None:
    admin = _first_admin()
    user = User.objects.filter(email=entry["email"]).first()
    agency = Agency.objects.get(slug=entry["agency"])
    if user is None:
        details = AccountDetails(
            email=entry["email"],
            given_name=entry["given"],
            family_name=entry["family"],
            language=entry.get("language", "th"),
            agency=agency,
            roles=frozenset(Role(role) for role in entry["roles"]),
        )
        user = save_account(actor=admin, details=details)
    user.password, user.agency = hashed, agency
    user.save(update_fields=["password", "agency"])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    complete_signup(account=user)
    update_profile(actor=user, details=_profile(entry))


def _profile(entry: dict[str, Any]) -> PersonDetails:
    return PersonDetails(
        prefix=entry["prefix"],
        given_name=entry["given"],
        family_name=entry["family"],
        position=entry["position"],
        about=entry.get("about", ""),
        topics=Topic.objects.filter(slug__in=entry.get("topics", [])),
        is_public=entry.get("is_public", False),
    )


def _line(entry: dict[str, Any]) -> DemoPerson:
    does = entry.get("shown") or ", ".join(role.replace("_", " ") for role in entry["roles"]) or "officer"
    return DemoPerson(entry["email"], f"{entry['given']} {entry['family']}", entry["agency"], does)


def make_communities() -> None:
    """One open community and one that only its members know of."""
    known = set(Community.objects.values_list("slug", flat=True))
    for entry in read("communities"):
        if entry["slug"] not in known:
            _make_community(entry)


@transaction.atomic
def _make_community(entry: dict[str, Any]) -> None:
    facilitator = account(entry["facilitator"])
    words = {name: entry[name] for name in ("slug", "name", "name_en", "domain", "is_hidden", "charter", "goal")}
    details = CommunityDetails(
        joining=Community.Joining(entry["joining"]), goal_on=date.fromisoformat(entry["goal_on"]),
        codes=PmqaCode.objects.filter(category__edition__slug="fl-2551", code__in=entry["codes"]), **words,
    )  # fmt: skip
    community = create_community(actor=account(entry["opened_by"]), details=details, facilitator=facilitator)
    for email, role in entry["members"].items():
        add_member(actor=facilitator, community=community, user=account(email), role=Membership.Role(role))
    for email, (offers, seeks) in entry["words"].items():
        describe_self(actor=account(email), community=community, offers=offers, seeks=seeks)
    for email, asks in entry.get("requests", {}).items():
        ask_to_join(actor=account(email), community=community, words=asks)
    for email, asks in entry.get("invitations", {}).items():
        invite(actor=facilitator, community=community, email=email, words=asks)


def account(email: str) -> User:
    return User.objects.get(email=email)


def person(email: str) -> Person:
    return Person.objects.get(user__email=email)
