"""Communities are looked after by their facilitators, open ones by network coordinators too, hidden ones by nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.actions.ground import AccountOff, AlreadyMember, LastFacilitator, NameTaken, NoName
from communities.actions.members import add_member, change_role, remove_member
from communities.actions.spaces import CommunityDetails, change_community, create_community
from communities.models import Community, Membership
from communities.permissions import can_manage
from kmportal.people.models import User

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def open_one(coordinator: User, officer: User) -> Community:
    """Open to all, facilitated by the officer."""
    return create_community(
        actor=coordinator, details=CommunityDetails(name="ชุมชนเปิด", name_en="Open Circle"), facilitator=officer
    )


@pytest.fixture
def hidden_one(coordinator: User, cop_member: User) -> Community:
    """Hidden, facilitated by the member of community C; its maker is not in it."""
    return create_community(
        actor=coordinator,
        details=CommunityDetails(name="ชุมชนปิด", name_en="Closed Circle", is_hidden=True),
        facilitator=cop_member,
    )


def roles(community: Community) -> dict[str, str]:
    return {m.user.first_name: m.role for m in Membership.objects.filter(community=community).select_related("user")}


# --- Opening ---------------------------------------------------------------------------------------------------------------------
def test_a_coordinator_opens_a_community_and_facilitates_it(coordinator: User) -> None:
    made = create_community(actor=coordinator, details=CommunityDetails(name=" วงข้อร้องเรียน ", name_en="Complaints Circle"))
    assert (made.name, made.slug) == ("วงข้อร้องเรียน", "complaints-circle")
    assert roles(made) == {"อารี": "facilitator"}


def test_the_address_of_a_hidden_community_says_nothing(hidden_one: Community) -> None:
    assert hidden_one.slug.startswith("cop-")
    assert "closed" not in hidden_one.slug


@pytest.mark.parametrize("persona", ["officer", "agency_coordinator", "admin", "cop_member"])
def test_others_open_none(persona: str, request: pytest.FixtureRequest) -> None:
    before = Community.objects.count()
    with pytest.raises(PermissionDenied):
        create_community(actor=request.getfixturevalue(persona), details=CommunityDetails(name="ของฉัน"))
    assert Community.objects.count() == before


def test_names_are_needed_and_taken_once(coordinator: User, open_one: Community) -> None:
    with pytest.raises(NameTaken):
        create_community(actor=coordinator, details=CommunityDetails(name="ชุมชนเปิด"))
    with pytest.raises(NameTaken):
        create_community(actor=coordinator, details=CommunityDetails(name="อื่น", slug=open_one.slug))
    with pytest.raises(NoName):
        create_community(actor=coordinator, details=CommunityDetails(name="  "))
    assert Community.objects.filter(name="ชุมชนเปิด").count() == 1


# --- Members ---------------------------------------------------------------------------------------------------------------------
def test_facilitator_and_coordinator_add_to_an_open_community(
    open_one: Community, officer: User, coordinator: User, colleague: User, outsider: User
) -> None:
    add_member(actor=officer, community=open_one, user=colleague)
    add_member(actor=coordinator, community=open_one, user=outsider, role=Role.SPONSOR)
    assert roles(open_one) == {"สมใจ": "facilitator", "วีระ": "practitioner", "มานี": "sponsor"}


@pytest.mark.parametrize("persona", ["coordinator", "reviewer", "admin", "agency_coordinator", "officer"])
def test_nobody_but_its_facilitators_adds_to_a_hidden_community(
    persona: str, request: pytest.FixtureRequest, hidden_one: Community, outsider: User
) -> None:
    with pytest.raises(PermissionDenied):
        add_member(actor=request.getfixturevalue(persona), community=hidden_one, user=outsider)
    assert roles(hidden_one) == {"ชุมพร": "facilitator"}


def test_a_plain_member_adds_nobody(open_one: Community, officer: User, colleague: User, outsider: User) -> None:
    add_member(actor=officer, community=open_one, user=colleague)
    with pytest.raises(PermissionDenied):
        add_member(actor=colleague, community=open_one, user=outsider)
    assert "มานี" not in roles(open_one)


def test_twice_and_switched_off_accounts_are_refused(open_one: Community, officer: User, colleague: User) -> None:
    with pytest.raises(AlreadyMember):
        add_member(actor=officer, community=open_one, user=officer)
    colleague.is_active = False
    colleague.save()
    with pytest.raises(AccountOff):
        add_member(actor=officer, community=open_one, user=colleague)
    assert roles(open_one) == {"สมใจ": "facilitator"}


def test_everybody_may_leave_but_not_put_others_out(open_one: Community, officer: User, colleague: User, outsider: User) -> None:
    mine = add_member(actor=officer, community=open_one, user=colleague)
    theirs = add_member(actor=officer, community=open_one, user=outsider)
    with pytest.raises(PermissionDenied):
        remove_member(actor=colleague, membership=theirs)
    remove_member(actor=colleague, membership=mine)
    remove_member(actor=officer, membership=theirs)
    assert roles(open_one) == {"สมใจ": "facilitator"}


def test_the_last_facilitator_stays_until_there_is_another(open_one: Community, officer: User, colleague: User) -> None:
    own = Membership.objects.get(community=open_one, user=officer)
    with pytest.raises(LastFacilitator):
        remove_member(actor=officer, membership=own)
    with pytest.raises(LastFacilitator):
        change_role(actor=officer, membership=own, role=Role.SPONSOR)
    other = add_member(actor=officer, community=open_one, user=colleague)
    change_role(actor=officer, membership=other, role=Role.FACILITATOR)
    change_role(actor=officer, membership=own, role=Role.SPONSOR)
    assert roles(open_one) == {"สมใจ": "sponsor", "วีระ": "facilitator"}


def test_a_member_gives_nobody_a_role(open_one: Community, officer: User, colleague: User) -> None:
    mine = add_member(actor=officer, community=open_one, user=colleague)
    with pytest.raises(PermissionDenied):
        change_role(actor=colleague, membership=mine, role=Role.FACILITATOR)
    assert roles(open_one)["วีระ"] == "practitioner"


# --- Its words, and hiding -------------------------------------------------------------------------------------------------------
def test_a_coordinator_changes_words_but_does_not_hide(open_one: Community, coordinator: User, officer: User) -> None:
    slug = open_one.slug
    change_community(actor=coordinator, community=open_one, details=CommunityDetails(name="ชุมชนใหม่", domain="แลกเปลี่ยน"))
    with pytest.raises(PermissionDenied):
        change_community(actor=coordinator, community=open_one, details=CommunityDetails(name="ชุมชนใหม่", is_hidden=True))
    now = Community.objects.get(pk=open_one.pk)
    assert (now.name, now.domain, now.is_hidden, now.slug) == ("ชุมชนใหม่", "แลกเปลี่ยน", False, slug)
    change_community(actor=officer, community=open_one, details=CommunityDetails(name="ชุมชนใหม่", is_hidden=True))
    assert Community.objects.get(pk=open_one.pk).is_hidden
    with pytest.raises(PermissionDenied):
        change_community(actor=coordinator, community=open_one, details=CommunityDetails(name="อีกชื่อ", is_hidden=True))


# --- Seeing ----------------------------------------------------------------------------------------------------------------------
def test_the_list_of_managed_communities_agrees_with_the_single_rule(
    open_one: Community, hidden_one: Community, community_c: Community, request: pytest.FixtureRequest
) -> None:
    names = ("officer", "colleague", "outsider", "coordinator", "reviewer", "agency_coordinator", "admin", "cop_member")
    managed = {}
    for name in names:
        user = request.getfixturevalue(name)
        single = {community.slug for community in Community.objects.all() if can_manage(user, community)}
        assert set(Community.objects.manageable_by(user).values_list("slug", flat=True)) == single
        managed[name] = single
    opened, closed = open_one.slug, hidden_one.slug
    assert managed == {
        "officer": {opened}, "colleague": set(), "outsider": set(), "coordinator": {opened}, "reviewer": {opened},
        "agency_coordinator": set(), "admin": set(), "cop_member": {closed},
    }  # fmt: skip
    assert not Community.objects.manageable_by(AnonymousUser()).exists()


def test_members_are_seen_by_members(open_one: Community, hidden_one: Community, officer: User, coordinator: User) -> None:
    assert set(Membership.objects.visible_to(officer).values_list("community", flat=True)) == {open_one.pk}
    assert not Membership.objects.visible_to(coordinator).exists()
    assert not Membership.objects.visible_to(AnonymousUser()).exists()


def test_managed_communities_cost_one_query(open_one: Community, hidden_one: Community, coordinator: User) -> None:
    coordinator.role_names  # noqa: B018 - kept for the request
    with CaptureQueriesContext(connection) as caught:
        list(Community.objects.manageable_by(coordinator))
    assert len(caught) == 1
