"""An entry: exact at the deadline, whole or not handed in, changed and withdrawn in time, with people who agreed."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from kmportal.contest.actions import entering, screening, team, withdrawing
from kmportal.contest.actions.entry_ground import Incomplete, Settled, TooLate, WrittenMeanwhile
from kmportal.contest.models import AuditAct, Contest, Entry, EntryVersion
from kmportal.inbox.models import Notice
from kmportal.people.models import Person, User
from kmportal.pictures.models import Picture
from tests.make import contest as make

pytestmark = pytest.mark.django_db


def test_a_second_before_is_in_time_and_the_deadline_itself_is_not(
    officer: User, outsider: User, contest: Contest, django_capture_on_commit_callbacks: Any
) -> None:
    early = make.make_entry(officer, contest, handed_in=False)
    late = make.make_entry(outsider, contest, handed_in=False)

    with make.at(make.DEADLINE - timedelta(microseconds=1)), django_capture_on_commit_callbacks(execute=True):
        entering.hand_in(actor=officer, entry=early.pk)
    with make.at(make.DEADLINE), pytest.raises(TooLate) as refused:
        entering.hand_in(actor=outsider, entry=late.pk)

    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.state, early.version, early.receipt[:3]) == ("submitted", 1, "KM-")
    assert early.code.startswith("K")
    assert (late.state, late.receipt, late.title) == ("draft", "", "มุมถาม-ตอบหน้าห้อง")
    assert "08:30:00" in str(refused.value.words)
    assert AuditAct.objects.filter(entry=late, act="entry.refused_late").count() == 1
    assert Notice.objects.filter(recipient=officer, kind="contest.receipt").count() == 1


def test_what_is_missing_is_said_and_nothing_is_handed_in(officer: User, contest: Contest) -> None:
    made = make.make_entry(officer, contest, handed_in=False, lesson="")
    with make.at(make.DEADLINE - make.SECOND), pytest.raises(Incomplete):
        entering.hand_in(actor=officer, entry=made.pk)

    assert not EntryVersion.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=made.pk).update(state="submitted")


def test_a_change_of_what_was_handed_in_counts_at_once_or_not_at_all(officer: User, contest: Contest) -> None:
    made = make.make_entry(officer, contest)
    with make.at(make.DEADLINE - make.SECOND):
        entering.change(actor=officer, entry=made.pk, values={"title": "ชื่อใหม่"})
        with pytest.raises(Incomplete):
            entering.change(actor=officer, entry=made.pk, values={"title": ""})
        with pytest.raises(WrittenMeanwhile):
            entering.change(actor=officer, entry=made.pk, values={"title": "อีกชื่อ"}, revision=made.revision)
    with make.at(make.DEADLINE), pytest.raises(Settled):
        entering.change(actor=officer, entry=made.pk, values={"title": "สายไป"})

    made.refresh_from_db()
    assert (made.title, made.version) == ("ชื่อใหม่", 2)
    assert [one.content["title"] for one in made.versions.order_by("number")] == ["มุมถาม-ตอบหน้าห้อง", "ชื่อใหม่"]
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryVersion.objects.update(digest="")


def test_withdrawn_until_the_deadline_and_handed_in_again(officer: User, contest: Contest) -> None:
    made = make.make_entry(officer, contest)
    with make.at(make.DEADLINE - make.SECOND):
        withdrawing.withdraw(actor=officer, entry=made.pk)
        assert Entry.objects.get(pk=made.pk).state == "withdrawn"
        entering.hand_in(actor=officer, entry=made.pk)
    with make.at(make.DEADLINE), pytest.raises(TooLate):
        withdrawing.withdraw(actor=officer, entry=made.pk)

    again = Entry.objects.get(pk=made.pk)
    assert (again.state, again.version, again.receipt, again.code) == ("submitted", 2, made.receipt, made.code)


def test_who_may_enter(officer: User, outsider: User, organiser: User, contest: Contest, agency_b: Any) -> None:
    with make.at(make.DEADLINE - make.SECOND), pytest.raises(PermissionDenied):
        entering.begin(actor=organiser, contest=contest, kind="unit")
    with make.at(make.DEADLINE), pytest.raises(PermissionDenied):
        entering.begin(actor=officer, contest=contest, kind="unit")
    contest.open_to.add(agency_b)
    with make.at(make.DEADLINE - make.SECOND):
        with pytest.raises(PermissionDenied):
            entering.begin(actor=officer, contest=contest, kind="unit")
        entering.begin(actor=outsider, contest=contest, kind="unit")
        with pytest.raises(entering.EnoughEntries):
            entering.begin(actor=outsider, contest=contest, kind="team")

    assert Entry.objects.count() == 1


def test_people_are_named_once_they_agree(officer: User, outsider: User, contest: Contest) -> None:
    made = make.make_entry(officer, contest, handed_in=False)
    person = Person.objects.get(user=outsider)
    with make.at(make.DEADLINE - make.SECOND):
        assert not Entry.objects.visible_to(outsider).exists()
        member = team.ask(actor=officer, entry=made.pk, person=person)
        assert Notice.objects.filter(recipient=outsider, kind="contest.team_asked").count() == 1
        with pytest.raises(PermissionDenied):
            entering.change(actor=outsider, entry=made.pk, values={"title": "ก"})
        team.answer(actor=outsider, entry=made.pk, agrees=True, printed="นายทดลอง ชื่อพิมพ์")
        entering.change(actor=outsider, entry=made.pk, values={"title": "ทีมแก้ได้"})
        with pytest.raises(PermissionDenied):
            entering.hand_in(actor=outsider, entry=made.pk)
        team.answer(actor=outsider, entry=made.pk, agrees=False)

    member.refresh_from_db()
    assert (member.consent, member.printed) == ("refused", "นายทดลอง ชื่อพิมพ์")
    assert not Entry.objects.visible_to(outsider).exists()


def test_a_photograph_keeps_no_trace_and_goes_with_the_entry_alone(
    as_: Any, officer: User, coordinator: User, organiser: User, contest: Contest
) -> None:
    made = make.make_entry(officer, contest)
    uuid = Picture.objects.get(thing_id=made.pk).uuid
    file = f"/pictures/{uuid}/large"

    assert as_(officer).get(file).status_code == 200
    assert as_(organiser).get(file).status_code == 200
    assert as_(coordinator).get(file).status_code == 404
    assert as_(None).get(file).status_code == 404


def test_screening_has_its_time_and_a_reason(officer: User, organiser: User, coordinator: User, contest: Contest) -> None:
    made = make.make_entry(officer, contest)
    with make.at(make.DEADLINE - make.SECOND), pytest.raises(screening.NotNow):
        screening.admit(actor=organiser, entry=made.pk)
    with make.at(make.DEADLINE + make.SECOND):
        with pytest.raises(Entry.DoesNotExist):
            screening.admit(actor=coordinator, entry=made.pk)
        with pytest.raises(screening.ReasonMissing):
            screening.refuse(actor=organiser, entry=made.pk, reason=" ")
        screening.refuse(actor=organiser, entry=made.pk, reason="ชื่อหน่วยงานอยู่ในภาพ")
        screening.admit(actor=organiser, entry=made.pk)

    assert Entry.objects.get(pk=made.pk).state == "accepted"
    assert list(Notice.objects.filter(recipient=officer).order_by("pk").values_list("kind", flat=True))[-2:] == [
        "contest.not_admitted", "contest.admitted",
    ]  # fmt: skip
    assert mail.outbox == []
