"""Events: called, answered, full, changed, cancelled, reminded of."""

import multiprocessing
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from communities.commons.actions import events as verbs
from communities.commons.actions.reminding import remind_of_events
from communities.commons.models import Event, Rsvp
from kmportal.people.models import User
from tests.make import commons as make
from tests.make.people import make_user

pytestmark = pytest.mark.django_db
Answer = Rsvp.Answer


def say(person: Any, event: Event, answer: str = "yes") -> str:
    return str(verbs.answer_event(actor=person, event=event, answer=Answer(answer)).answer)


def test_an_event_is_called_and_members_told(officer: Any, colleague: Any, outsider: Any) -> None:
    circle = make.community(officer, colleague)
    make.event(officer, circle)
    assert [make.told(person, "commons.event_new") for person in (officer, colleague, outsider)] == [0, 1, 0]
    for other in (colleague, outsider):
        with pytest.raises(PermissionDenied):
            make.event(other, circle)
    now = make.moment(3)
    for times, error in (((now, now), verbs.EndsBefore), ((make.moment(-2), make.moment(-1)), verbs.AlreadyOver)):
        with pytest.raises(error):
            make.event(officer, circle, starts_at=times[0], ends_at=times[1])
    with pytest.raises(verbs.NoWebAddress):
        make.event(officer, circle, link="javascript:alert(1)")
    assert Event.objects.count() == 1


def test_a_full_event_has_a_waiting_list_that_moves_up(officer: Any, colleague: Any, agency_coordinator: Any) -> None:
    event = make.event(officer, make.community(officer, colleague, agency_coordinator), capacity=1)

    assert [say(person, event) for person in (officer, colleague, agency_coordinator, colleague)] == [
        "yes",
        "waiting",
        "waiting",
        "waiting",
    ]
    assert (make.fresh(event).taken, make.fresh(event).left) == (1, 0)
    say(officer, event, "no")
    assert (event.rsvps.get(user=colleague).answer, make.fresh(event).taken) == ("yes", 1)
    assert [make.told(person, "commons.place_free") for person in (colleague, agency_coordinator)] == [1, 0]
    verbs.change_event(actor=officer, event=event, words=make.event_words(capacity=2))
    assert (event.rsvps.filter(answer="yes").count(), make.fresh(event).taken) == (2, 2)
    with pytest.raises(verbs.TooFewPlaces):
        verbs.change_event(actor=officer, event=event, words=make.event_words(capacity=1))


def test_the_table_itself_refuses_one_too_many(officer: Any) -> None:
    event = make.event(officer, make.community(officer), capacity=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(taken=2)


def _come(job: tuple[int, int]) -> str:
    person, key = job
    return say(User.objects.get(pk=person), Event.objects.get(pk=key))


@pytest.mark.django_db(transaction=True)
def test_two_processes_never_give_a_place_twice(officer: Any) -> None:
    people = [make_user(f"guest{number}@agency-a.example") for number in range(6)]
    event = make.event(officer, make.community(officer, *people), capacity=2)
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(3) as pool:
        said = pool.map(_come, [(person.pk, event.pk) for person in people], chunksize=1)
    assert (sorted(said), make.fresh(event).taken) == (["waiting"] * 4 + ["yes"] * 2, 2)


def test_places_of_people_who_left_go_on(officer: Any, colleague: Any, agency_coordinator: Any) -> None:
    circle = make.community(officer, colleague, agency_coordinator)
    event = make.event(officer, circle, capacity=1)
    Event.objects.update(created_at=timezone.now() - timedelta(days=9))
    say(colleague, event), say(agency_coordinator, event)
    make.leave(colleague, circle)

    remind_of_events()
    assert (make.told(agency_coordinator, "commons.place_free"), make.told(agency_coordinator, "commons.event_tomorrow")) == (
        1,
        0,
    )
    Event.objects.update(starts_at=make.moment(0.9))
    remind_of_events()
    remind_of_events()

    assert list(event.rsvps.values_list("user", "answer")) == [(agency_coordinator.pk, "yes")]
    assert [make.told(person, "commons.event_tomorrow") for person in (agency_coordinator, officer, colleague)] == [1, 0, 0]


def test_a_moved_event_is_told_to_who_comes_and_reminded_of_again(officer: Any, colleague: Any, agency_coordinator: Any) -> None:
    event = make.event(officer, make.community(officer, colleague, agency_coordinator))
    say(colleague, event, "maybe"), say(agency_coordinator, event, "no")
    verbs.change_event(actor=officer, event=event, words=make.event_words(title="ชื่อใหม่", starts_at=event.starts_at))
    assert make.told(colleague, "commons.event_changed") == 0
    Event.objects.update(reminded_at=timezone.now())
    verbs.change_event(actor=officer, event=event, words=make.event_words(place="ห้อง 2"))
    assert [make.told(person, "commons.event_changed") for person in (colleague, agency_coordinator)] == [1, 0]
    assert (make.fresh(event).sequence, make.fresh(event).reminded_at) == (2, None)


def test_cancelled_with_a_reason(officer: Any, colleague: Any, as_: Any) -> None:
    event = make.event(officer, make.community(officer, colleague))
    with pytest.raises(verbs.NoReason):
        verbs.cancel_event(actor=officer, event=event, reason=" ")
    with pytest.raises(PermissionDenied):
        verbs.cancel_event(actor=colleague, event=event, reason="ฝน")
    verbs.cancel_event(actor=officer, event=event, reason="วิทยากรป่วย")
    for verb, words in ((verbs.cancel_event, {"reason": "อีก"}), (verbs.change_event, {"words": make.event_words()})):
        with pytest.raises(verbs.IsCancelled):
            verb(actor=officer, event=event, **words)
    with pytest.raises(PermissionDenied):
        say(colleague, event)
    assert make.told(colleague, "commons.event_cancelled") == 1
    assert "วิทยากรป่วย" in as_(colleague).get(event.get_absolute_url()).content.decode()


def test_called_and_answered_by_forms(officer: Any, colleague: Any, outsider: Any, as_: Any) -> None:
    circle, day = make.community(officer, colleague), make.day(10)
    address = f"/communities/{circle.slug}/calendar/"
    data = {
        "title": "นัดคุย",
        "day": f"{day.day}/{day.month}/{day.year + 543}",
        "begins": "๑๓.๓๐ น.",
        "ends": "15:00",
        "capacity": "3",
    }

    assert as_(officer).post(f"{address}new/", {**data, "ends": "25.00"}).status_code == 422
    assert as_(officer).post(f"{address}new/", {**data, "ends": "12.00"}).status_code == 422
    assert as_(officer).post(f"{address}new/", data).status_code == 302
    event = Event.objects.get()
    local = timezone.localtime(event.starts_at)
    assert (local.date(), f"{local:%H.%M}", event.capacity) == (day, "13.30", 3)
    assert "13.30" in as_(officer).get(f"{event.get_absolute_url()}edit/").content.decode()
    for answer, status in (("yes", 302), ("waiting", 403), ("x", 403), ("maybe", 302)):
        assert as_(colleague).post(f"{event.get_absolute_url()}answer/", {"answer": answer}).status_code == status
    assert as_(outsider).post(f"{event.get_absolute_url()}answer/", {"answer": "yes"}).status_code == 404
    assert list(event.rsvps.values_list("user", "answer")) == [(colleague.pk, "maybe")]
    assert make.fresh(event).taken == 0
