"""Rights that outlive their giver, and names that tell what is hidden."""

from typing import Any

import pytest

from communities.actions.ground import NameTaken, Settled
from communities.actions.inviting import invite, token_of
from communities.actions.leading import accept_leadership, offer_leadership
from communities.actions.members import add_member, change_role
from communities.actions.spaces import CommunityDetails, change_community, create_community
from communities.models import Community, Membership
from tests.make.communities import open_space

pytestmark = pytest.mark.django_db
Role = Membership.Role


def test_an_offer_ends_with_the_right_of_its_giver(coordinator: Any, officer: Any, colleague: Any, outsider: Any) -> None:
    space = open_space(coordinator, officer, colleague)
    second = add_member(actor=officer, community=space, user=outsider, role=Role.FACILITATOR)
    offer = offer_leadership(actor=outsider, community=space, to=colleague)
    change_role(actor=officer, membership=second, role=Role.PRACTITIONER)
    with pytest.raises(Settled):
        accept_leadership(actor=colleague, offer=offer)
    assert Membership.objects.get(community=space, user=colleague).role == Role.PRACTITIONER


def test_a_name_does_not_tell_what_is_hidden(coordinator: Any, officer: Any, community_c: Community) -> None:
    """Who may not know of a hidden community learns nothing by giving another one its name; who knows of it, does."""
    made = create_community(actor=coordinator, details=CommunityDetails(name=community_c.name), facilitator=officer)
    assert made.pk != community_c.pk
    changed = change_community(actor=officer, community=made, details=CommunityDetails(name=community_c.name, domain="x"))
    assert changed.name == community_c.name
    with pytest.raises(NameTaken):
        create_community(actor=coordinator, details=CommunityDetails(name=made.name))


def test_the_page_of_an_invitation_stays_in_no_cache(coordinator: Any, officer: Any, client: Any) -> None:
    """Whoever holds the link is not signed in yet: the page names what may be hidden."""
    space = open_space(coordinator, officer, hidden=True)
    made = invite(actor=officer, community=space, email="new.person@agency-b.example")
    answer = client.get(f"/invitations/{token_of(made)}/")
    assert answer.status_code == 200
    assert {"no-store", "private"} <= set(answer["Cache-Control"].replace(" ", "").split(","))


def test_the_choosers_of_the_cms_name_no_member_of_what_is_hidden(coordinator: Any, cop_member: Any, as_: Any) -> None:
    choosing = "/cms/snippets/choose/communities/membership/"
    hidden = Membership.objects.get(user=cop_member)
    for place in ("", "results/", f"chosen/{hidden.pk}/"):
        assert cop_member.first_name not in as_(coordinator).get(choosing + place).content.decode("unicode_escape", "ignore")
    assert as_(coordinator).get(f"{choosing}chosen/{hidden.pk}/").status_code == 404
