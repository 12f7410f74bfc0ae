"""Parts of one community learn nothing of each other; and what lists for facilitators cost."""

from typing import Any

import pytest

from communities.actions.inviting import invite
from communities.actions.joining import ask_to_join
from communities.actions.members import add_member
from communities.actions.spaces import CommunityDetails, open_part
from communities.talk import mentionable
from kmportal.people.actions import complete_signup
from kmportal.retrieval.actions import catch_up
from tests.make.commons import event as make_event
from tests.make.communities import open_space
from tests.make.people import make_user
from tests.make.qa import ask
from tests.make.talk import make_channel, said

pytestmark = pytest.mark.django_db


def test_siblings_learn_nothing_of_each_other(coordinator: Any, officer: Any, colleague: Any, outsider: Any, as_: Any) -> None:
    """Two hidden parts of one community: nothing of one in a list, search, count, menu, mention, calendar or inbox of the other's member."""
    above = open_space(coordinator, officer, colleague, outsider, name="วงแม่")
    parts = []
    for name, member in (("ส่วนเงียบหนึ่ง", colleague), ("ส่วนเงียบสอง", outsider)):
        part = open_part(actor=officer, parent=above, details=CommunityDetails(name=name, is_hidden=True))
        add_member(actor=officer, community=part, user=member)
        parts.append(part)
    first, second = parts
    make_event(officer, second, "นัดที่ไม่บอก")
    secret = said(outsider, make_channel(second, "ห้องที่ไม่บอก"), "คำที่ไม่บอก")
    ask(outsider, "คำถามที่ไม่บอก", visibility="community", community=second)
    catch_up()
    client = as_(colleague)
    for address in (
        "/communities/", "/communities/?q=เงียบ", above.get_absolute_url(), first.get_absolute_url(),
        f"{above.get_absolute_url()}members/", f"{first.get_absolute_url()}members/", f"{first.get_absolute_url()}calendar/",
        "/search/?q=ไม่บอก", "/questions/", "/inbox/", "/me/calendar/", "/people/",
    ):  # fmt: skip
        page = client.get(address)
        assert page.status_code in {200, 404}, address
        body = page.content.decode().replace('value="เงียบ"', "").replace("ไม่บอก&quot;", "").replace('value="ไม่บอก"', "")
        for word in ("ส่วนเงียบสอง", second.slug, "นัดที่ไม่บอก", "ห้องที่ไม่บอก", "คำที่ไม่บอก", "คำถามที่ไม่บอก"):
            assert word not in body, (address, word)
    assert client.get(second.get_absolute_url()).status_code == 404
    assert client.get(secret.get_absolute_url()).status_code == 404
    shown = complete_signup(account=outsider)
    assert mentionable.people(colleague, first, shown.given_name) == []
    assert [one["name"] for one in mentionable.people(colleague, above, shown.given_name)] == [str(shown)]
    counted = as_(outsider).get("/communities/").context["listing"].total
    assert client.get("/communities/").context["listing"].total == counted == 2


def test_lists_for_facilitators_cost_the_same_for_twenty(coordinator: Any, officer: Any, as_: Any, queries: Any) -> None:
    space = open_space(coordinator, officer, joining="request")
    client = as_(officer)

    def ask_and_invite(number: int) -> None:
        ask_to_join(actor=make_user(f"asks{number}@agency-a.example"), community=space)
        invite(actor=officer, community=space, email=f"invited{number}@agency-a.example")

    def cost(page: str) -> Any:
        return queries(client, f"{space.get_absolute_url()}{page}/")

    ask_and_invite(0)
    few = [cost(page) for page in ("requests", "invitations")]
    for number in range(1, 20):
        ask_and_invite(number)
    assert [cost(page) for page in ("requests", "invitations")] == few
