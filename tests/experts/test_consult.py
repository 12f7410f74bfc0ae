"""Requests for consultations: within the hours, for the two of them alone, each step by the right side."""

import multiprocessing
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from communities.experts.actions import answering, reminding, requesting
from communities.experts.actions.requesting import NoHoursLeft
from communities.experts.models import Consultation, Load, Offer
from kmportal.inbox.models import Notice
from kmportal.people.models import User
from tests.make import experts as make
from tests.make.people import make_user


def taken() -> int:
    return sum(Load.objects.values_list("taken", flat=True))


@pytest.fixture
def doctor(officer: Any, reviewer: Any) -> Any:
    make.offer(officer, reviewer)
    return officer


@pytest.mark.django_db
def test_asked_accepted_done(doctor: Any, outsider: Any, as_: Any) -> None:
    client = as_(outsider)
    address = f"/people/{doctor.person.handle}/consult/"
    sent = {
        "kind": "assist",
        "subject": "ลดรอบเวลา",
        "need": "เสนอแผน",
        "tried": "",
        "day": make.today().isoformat(),
        "hours": "2",
    }
    assert client.get(address).status_code == 200
    for wrong in ({"subject": ""}, {"need": ""}, {"day": "เมื่อวาน"}, {"day": "2001-01-01"}, {"hours": "9"}, {"kind": "x"}):
        assert client.post(address, sent | wrong).status_code == 422
    assert (Consultation.objects.count(), taken()) == (0, 0)
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 422  # one open request to the same person
    it = Consultation.objects.get()
    assert (it.state, it.hours, taken()) == ("asked", 2, 2)
    assert Notice.objects.filter(recipient=doctor, kind="experts.requested").count() == 1
    page = f"/consultations/{it.pk}/"
    assert "ลดรอบเวลา" in as_(doctor).get(page).content.decode()
    assert client.post(f"{page}accept/").status_code == 403
    assert as_(doctor).post(f"{page}accept/", {"says": "มาได้เลย"}).status_code == 302
    assert make.fresh(it).state == "accepted"
    as_(doctor).post(f"{page}accept/")
    assert Notice.objects.filter(recipient=outsider, kind="experts.answered").count() == 1
    assert client.post(f"{page}finish/").status_code == 302
    assert make.fresh(it).state == "done"
    assert (client.post(f"{page}other/").status_code, client.get(f"{page}finish/").status_code) == (404, 405)


@pytest.mark.django_db
def test_nobody_else_reads_it_whatever_their_role(
    doctor: Any, outsider: Any, colleague: Any, coordinator: Any, reviewer: Any, agency_coordinator: Any, admin: Any, as_: Any
) -> None:
    it = make.done(outsider, doctor)
    for stranger in (colleague, coordinator, reviewer, agency_coordinator, admin):
        client = as_(stranger)
        pages = [f"/consultations/{it.pk}/{rest}" for rest in ("", "outcome/", "lesson/", "propose/")]
        assert {client.get(page).status_code for page in pages} == {404}
        steps = ("accept", "decline", "take", "call-off", "finish", "draft", "confirm")
        assert {client.post(f"/consultations/{it.pk}/{step}/").status_code for step in steps} == {404}
        for verb in (answering.accept, answering.finish, answering.call_off):
            with pytest.raises(Consultation.DoesNotExist):
                verb(actor=stranger, consultation=it)
    assert {as_(None).get(f"/consultations/{rest}").status_code for rest in ("", f"{it.pk}/")} == {302}


@pytest.mark.django_db
def test_hours_are_never_more_than_agreed(doctor: Any, outsider: Any, colleague: Any, cop_member: Any, admin: Any) -> None:
    first = make.request(outsider, doctor, hours=3)
    with pytest.raises(NoHoursLeft):
        make.request(colleague, doctor, hours=2)
    assert (Consultation.objects.count(), taken()) == (1, 3)
    make.request(colleague, doctor, hours=1)
    with pytest.raises(NoHoursLeft):
        make.request(cop_member, doctor, hours=1)
    later = make.request(cop_member, doctor, hours=4, day=make.today(40))
    assert taken() == 8
    answering.decline(actor=doctor, consultation=first, says="ติดราชการ")
    assert taken() == 5
    with pytest.raises(NoHoursLeft):
        answering.propose(actor=doctor, consultation=later, day=make.today())
    assert (make.fresh(later).state, taken()) == ("asked", 5)
    answering.call_off(actor=cop_member, consultation=later)
    assert taken() == 1


@pytest.mark.django_db
def test_another_time(doctor: Any, outsider: Any, as_: Any) -> None:
    it = make.request(outsider, doctor, hours=4)
    day = make.today(40)
    sent = {"day": day.isoformat(), "time": "13.00 น.", "says": "เดือนหน้าว่าง"}
    assert as_(outsider).get(f"/consultations/{it.pk}/propose/").status_code == 403
    assert as_(doctor).post(f"/consultations/{it.pk}/propose/", sent | {"day": "2001-01-01"}).status_code == 422
    assert as_(doctor).post(f"/consultations/{it.pk}/propose/", sent).status_code == 302
    moved = make.fresh(it)
    assert (moved.state, moved.day, moved.period, taken()) == ("proposed", day, day.replace(day=1), 4)
    with pytest.raises(answering.NotNow):
        answering.accept(actor=doctor, consultation=it)
    answering.take_proposal(actor=outsider, consultation=it)
    with pytest.raises(answering.NotYet):
        answering.finish(actor=doctor, consultation=it)
    with pytest.raises(answering.ReasonMissing):
        answering.call_off(actor=doctor, consultation=it)
    answering.call_off(actor=doctor, consultation=it, says="ต้องออกพื้นที่")
    assert (make.fresh(it).state, taken()) == ("cancelled", 0)
    assert Notice.objects.filter(recipient=outsider, kind="experts.called_off").count() == 1


@pytest.mark.django_db
def test_who_may_ask(doctor: Any, outsider: Any, colleague: Any, reviewer: Any, agency_b: Any) -> None:
    with pytest.raises(requesting.NotOffered):
        make.request(doctor, doctor)
    with pytest.raises(requesting.NotOffered):
        make.request(outsider, colleague)
    Offer.objects.update(circle="agency")
    with pytest.raises(requesting.NotOffered):
        make.request(outsider, doctor)
    for number in range(4):
        other = make_user(f"doctor-{number}@agency-b.example", agency=agency_b)
        make.offer(other, reviewer)
        if number < 3:
            make.request(outsider, other)
    with pytest.raises(requesting.EnoughOpen):
        make.request(outsider, other)
    assert Consultation.objects.count() == 3


@pytest.mark.django_db
def test_reminded_once(doctor: Any, outsider: Any, colleague: Any) -> None:
    waiting = make.request(outsider, doctor, day=make.today(20))
    Consultation.objects.update(created_at=timezone.now() - timedelta(days=4))
    for _twice in range(2):
        reminding.remind_of_requests()
    assert Notice.objects.filter(recipient=doctor, kind="experts.waits").count() == 1
    Consultation.objects.update(day=make.today(-1))
    for _twice in range(2):
        reminding.remind_of_requests()
    assert (make.fresh(waiting).state, taken()) == ("cancelled", 0)
    assert Notice.objects.filter(kind="experts.called_off").count() == 2
    soon = answering.accept(actor=doctor, consultation=make.request(colleague, doctor, day=make.today(1)))
    for _twice in range(2):
        reminding.remind_of_meetings()
    assert sorted(Notice.objects.filter(kind="experts.tomorrow").values_list("recipient", flat=True)) == sorted(
        [doctor.pk, colleague.pk]
    )
    assert make.fresh(soon).state == "accepted"


@pytest.mark.django_db
def test_my_list_costs_the_same(doctor: Any, outsider: Any, colleague: Any, as_: Any, queries: Any) -> None:
    make.done(outsider, doctor, hours=1)
    client = as_(outsider)
    first = queries(client, "/consultations/")
    row = Consultation.objects.get()
    for number in range(20):
        row.pk, row.subject = None, f"เรื่อง {number}"
        row.save()
    assert queries(client, "/consultations/") == first
    assert "ยังไม่มีการปรึกษา" in as_(colleague).get("/consultations/").content.decode()


def _ask(job: tuple[int, int]) -> bool:
    asker, doctor = job
    try:
        make.request(User.objects.get(pk=asker), User.objects.get(pk=doctor), subject=f"พร้อมกัน {asker}", hours=1)
    except NoHoursLeft:
        return False
    return True


@pytest.mark.django_db(transaction=True)
def test_at_once(officer: Any, reviewer: Any, agency_b: Any) -> None:
    """Eight ask in the same moment for four hours: four get one each."""
    make.offer(officer, reviewer)
    askers = [make_user(f"asker-{number}@agency-b.example", agency=agency_b).pk for number in range(8)]
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(2) as pool:
        answers = pool.map(_ask, [(asker, officer.pk) for asker in askers], chunksize=1)

    assert (sum(answers), Consultation.objects.count(), taken()) == (4, 4, 4)
