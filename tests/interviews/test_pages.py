"""Every screen behind every door: found by those it is for, and by nobody else; lists cost the same however long they are."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from communities.interviews.actions import links
from communities.interviews.actions.ground import digest_of
from communities.interviews.models import Interview
from communities.interviews.urls import SCREENS
from communities.models import Community
from kmportal.people.models import User
from tests.make.interviews import approved, recorded, sent

pytestmark = pytest.mark.django_db
SECRET = "คานารี"


def in_space(interview: Interview) -> list[str]:
    """All addresses of the space that name the interview or list such."""
    start = f"/communities/{interview.community.slug}/interviews/"
    heard = interview.recordings.first()
    key = {"answers": 1, "recordings": heard.pk if heard else 1, "notes": 1}
    more = [rest.replace("<key:number>", str(key.get(rest.split("/")[0], 1))) for _name, rest, _view, _methods in SCREENS]
    return [start, f"{start}new/", *(f"{start}{interview.pk}/{rest}" for rest in [*more, "plan/", "questions/", "recordings/"])]


def test_a_hidden_space_is_found_at_no_address(
    asker: User, outsider: User, coordinator: User, admin: User, interview: Interview, as_: Any
) -> None:
    recorded(asker, interview)
    asked = in_space(interview)
    assert len(asked) == 12
    for stranger in (outsider, coordinator, admin):
        assert {as_(stranger).get(address).status_code for address in asked} <= {404, 405}
        assert {as_(stranger).post(address).status_code for address in asked} <= {404, 405}
    assert {Client().get(address).status_code for address in asked} <= {302, 405}


def test_members_meet_it_when_it_is_approved(
    asker: User, facilitator: User, cop_member: User, interview: Interview, community_c: Community, as_: Any
) -> None:
    for reader in (facilitator, cop_member):
        assert {as_(reader).get(one).status_code for one in in_space(interview)[2:]} <= {404, 405}
        assert interview.title not in as_(reader).get(in_space(interview)[0]).content.decode()
    made = approved(asker, community_c, SECRET, title="เรื่องที่เล่า")
    page = as_(cop_member).get(made.get_absolute_url())
    assert SECRET in page.content.decode()
    assert as_(cop_member).get(f"{made.get_absolute_url()}answers/1/").status_code == 403
    assert as_(cop_member).get(f"{made.get_absolute_url()}questions/").status_code == 403
    assert as_(cop_member).post(f"{made.get_absolute_url()}step/", {"do": "reopen"}).status_code == 403
    assert as_(cop_member).get(in_space(made)[1]).status_code == 403
    made.refresh_from_db()
    assert made.state == "approved"


def test_the_way_of_a_note_taker(asker: User, community_c: Community, as_: Any) -> None:
    client, start = as_(asker), f"/communities/{community_c.slug}/interviews/"
    assert client.post(f"{start}new/", {"title": "x", "language": "th"}).status_code == 422
    plan = {"title": "คืนที่น้ำมา", "name": "นายสมัย", "email": "samai@example.go.th", "language": "th", "due_on": "1/10/2590"}
    answer = client.post(f"{start}new/", plan)
    made = Interview.objects.get()
    assert answer.url == f"{start}{made.pk}/questions/"
    rows = {"order-1": "2", "th-1": "ข้อสอง", "order-2": "1", "th-2": "ข้อหนึ่ง", "field-2": "cues", "en-3": ""}
    assert client.post(answer.url, rows).url == f"{start}{made.pk}/"
    assert list(made.questions.values_list("text_th", "field")) == [("ข้อหนึ่ง", "cues"), ("ข้อสอง", "")]
    typed = client.post(f"{start}{made.pk}/answers/1/", {"answer": "เห็นน้ำนิ่ง", "revision": "0", "go": "next"})
    assert typed.url == f"{start}{made.pk}/answers/2/"
    assert "นายสมัย" in client.get(typed.url).content.decode()
    assert client.post(f"{start}{made.pk}/answers/1/", {"answer": "x", "revision": "0", "go": "list"}).status_code == 409
    assert client.post(f"{start}{made.pk}/answers/1/", {"answer": "x", "revision": "-1"}).status_code == 422
    assert client.get(f"{start}{made.pk}/answers/7/").status_code == 404
    client.post(f"{start}{made.pk}/step/", {"do": "ask"})
    made.refresh_from_db()
    assert (made.state, made.due_on and made.due_on.year) == ("handed_over", 2047)
    assert client.post(f"{start}{made.pk}/step/", {"do": "nonsense"}).status_code == 404
    assert client.post(f"{start}{made.pk}/step/", {"do": "approve", "read": digest_of(made)}).status_code == 403


def test_the_way_of_an_expert_without_an_account(asker: User, interview: Interview) -> None:
    sent(asker, interview)
    secret, client = links.new_link(interview=interview, at=timezone.now()), Client()
    door = f"/interview/{secret}/"
    page = client.get(door)
    assert (page.status_code, page["X-Robots-Tag"], "no-store" in page["Cache-Control"]) == (200, "noindex", True)
    assert 'name="robots" content="noindex' in page.content.decode()
    client.post(f"{door}answers/1/", {"answer": "เห็นน้ำนิ่ง", "revision": "0", "go": "next"})
    client.get(f"{door}step/")
    interview.refresh_from_db()
    assert interview.state == "answering"
    client.post(f"{door}step/", {"do": "approve", "read": digest_of(interview)})
    interview.refresh_from_db()
    assert interview.state == "approved"
    assert 'name="sure"' in client.post(f"{door}step/", {"do": "withdraw"}).content.decode()
    client.post(f"{door}step/", {"do": "withdraw", "sure": "1"})
    interview.refresh_from_db()
    assert interview.state == "withdrawn"
    assert client.get(door).status_code == 200
    assert client.get(f"/interview/{'x' * 43}/").status_code == 404
    assert client.post(f"/interview/{'x' * 43}/renew/").status_code == 200


def test_lists_cost_the_same(asker: User, cop_member: User, community_c: Community, as_: Any, queries: Any) -> None:
    approved(asker, community_c)
    address = f"/communities/{community_c.slug}/interviews/"
    one = queries(as_(cop_member), address)
    for number in range(5):
        approved(asker, community_c, title=f"เรื่อง {number}")
    assert queries(as_(cop_member), address) == one


def test_the_list_of_who_is_asked(asker: User, outsider: User, community_c: Community, as_: Any) -> None:
    made = approved(asker, community_c, email=outsider.email)
    assert made.title in as_(outsider).get("/interviews/").content.decode()
    assert as_(outsider).get(f"/interviews/{made.pk}/").status_code == 200
    assert as_(asker).get(f"/interviews/{made.pk}/").status_code == 404
    assert Client().get("/interviews/").status_code == 302
