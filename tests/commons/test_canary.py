"""What lies in a hidden space is found at no address by anybody outside it; lists cost the same however long they are."""

from typing import Any

import pytest
from django.test import Client

from communities.commons.actions import announcements, calendars, polls
from communities.commons.models import Rsvp
from communities.commons.urls import urlpatterns
from kmportal.inbox.models import Notice
from tests.make import commons as make
from tests.make.people import make_user

pytestmark = pytest.mark.django_db
SECRET = "คานารี"


def everything(facilitator: Any, circle: Any, *, number: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for _one in range(number):
        found = {
            "announcements": make.announcement(facilitator, circle, SECRET, body=f"<p>{SECRET}</p>"),
            "calendar": make.event(facilitator, circle, SECRET, place=SECRET),
            "polls": make.poll(facilitator, circle, SECRET),
            "documents": make.document(facilitator, circle, SECRET),
            "actions": make.item(facilitator, circle, text=SECRET),
        }
    return found


def addresses(circle: Any, things: dict[str, Any]) -> list[str]:
    """Every address of the app that names a space."""
    found = []
    for entry in urlpatterns:
        route = f"/{entry.pattern}"
        if "<slug:slug>" in route:
            kind = route.split("/")[3]
            filled = (
                route.replace("<slug:slug>", circle.slug).replace("<key:pk>", str(things[kind].pk)).replace("<key:number>", "1")
            )
            found.append(filled)
    return found


def test_strangers_find_nothing_at_any_address(
    officer: Any, colleague: Any, outsider: Any, admin: Any, coordinator: Any, as_: Any
) -> None:
    circle = make.community(officer, colleague, hidden=True)
    things = everything(officer, circle)
    make.leave(colleague, circle)
    asked = addresses(circle, things)
    assert len(asked) == len([entry for entry in urlpatterns if "<slug:slug>" in str(entry.pattern)]) >= 35
    for stranger in (colleague, admin):
        assert {as_(stranger).get(address).status_code for address in asked} == {404}
    assert {as_(colleague).post(address).status_code for address in asked} <= {404, 405}
    lists = [address for address in asked if address.count("/") == 4]
    assert len(lists) == 5
    assert {as_(stranger).get(address).status_code for stranger in (outsider, coordinator) for address in lists} == {404}
    assert {Client().get(address).status_code for address in asked} == {302}
    assert {as_(officer).get(address).status_code for address in asked if not address.endswith("restore/")} <= {200, 302}
    assert (things["documents"].versions.count(), make.fresh(things["calendar"]).cancelled_at) == (1, None)


def test_open_spaces_keep_what_is_shared_to_members_too(officer: Any, coordinator: Any, as_: Any) -> None:
    circle = make.community(officer)
    asked = addresses(circle, everything(officer, circle))
    assert {as_(coordinator).get(address).status_code for address in asked} == {404}


def test_who_left_meets_nothing_of_it_anywhere(officer: Any, colleague: Any, as_: Any) -> None:
    circle = make.community(officer, colleague, hidden=True)
    things = everything(officer, circle)
    make.item(officer, circle, owner=colleague, text=SECRET)
    things["calendar"].rsvps.create(user=colleague, answer=Rsvp.Answer.YES, answered_at=make.moment(0))
    token = calendars.make_key(actor=colleague)
    pages = ("/inbox/", "/me/actions/", "/me/calendar/", f"/calendar/{token}.ics", "/me/notices/", "/")
    before = [SECRET in as_(colleague).get(page).content.decode() for page in pages[:4]]
    make.leave(colleague, circle)
    assert before == [True] * 4
    assert [SECRET in as_(colleague).get(page).content.decode() for page in pages] == [False] * 6
    assert not Notice.objects.visible_to(colleague).exists()


def test_verbs_do_not_tell_strangers_what_is_there(officer: Any, outsider: Any) -> None:
    things = everything(officer, make.community(officer, hidden=True))
    for verb, name in ((announcements.mark_read, "announcement"), (polls.close_poll, "poll")):
        thing = things["announcements" if name == "announcement" else "polls"]
        with pytest.raises(type(thing).DoesNotExist):
            verb(actor=outsider, **{name: thing})


def test_lists_cost_the_same_at_one_and_at_twenty(officer: Any, colleague: Any, as_: Any, queries: Any) -> None:
    circle = make.community(officer, colleague)
    pages = [f"/communities/{circle.slug}/{kind}/" for kind in ("announcements", "calendar", "polls", "documents", "actions")]
    pages.append("/me/calendar/")
    everything(officer, circle)
    one = [queries(as_(colleague), page) for page in pages]
    everything(officer, circle, number=19)
    assert [queries(as_(colleague), page) for page in pages] == one


def test_pages_of_one_thing_cost_the_same_with_many_people(officer: Any, as_: Any, queries: Any) -> None:
    circle = make.community(officer)
    said, event = make.announcement(officer, circle, must_read=True), make.event(officer, circle)
    poll = make.poll(officer, circle, anonymous=False)
    pages = [thing.get_absolute_url() for thing in (said, event, poll)]
    one = [queries(as_(officer), page) for page in pages]
    for number in range(12):
        person = make_user(f"many{number}@agency-a.example")
        circle.memberships.create(user=person)
        event.rsvps.create(user=person, answer=Rsvp.Answer.YES, answered_at=make.moment(0))
        option = poll.questions.get().options.order_by("pk")[0]
        polls.vote(actor=person, poll=poll, said=polls.Vote(options=frozenset({option.pk})))
    assert [queries(as_(officer), page) for page in pages] == one
