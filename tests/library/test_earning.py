"""Points from the library: for what a second person let through, and for checking what was due; taken back while on hold."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from kmportal.library.actions import review
from kmportal.library.models import Credit, KnowledgePage, LessonPage
from kmportal.people.models import Person
from rewards.actions import due
from rewards.checking import differences
from rewards.models import Transfer
from tests.make import library as make
from tests.make import points

pytestmark = pytest.mark.django_db


def _person(user: Any) -> Person:
    return Person.objects.get(user=user)


def _reviewed(writer: Any, reviewer: Any, **credits: Any) -> Any:
    page = make.make_lesson("ถามก่อนเริ่ม", publish=False, owner=writer, visibility="network", **credits)
    page.save_revision(user=writer)
    return _let_through(LessonPage.objects.get(pk=page.pk), writer, reviewer)


def _let_through(page: Any, writer: Any, reviewer: Any) -> Any:
    review.hand_in(actor=writer, page=page)
    review.approve(actor=reviewer, page=page)
    return LessonPage.objects.get(pk=page.pk)


def _unpublish(page: Any) -> None:
    LessonPage.objects.get(pk=page.pk).unpublish()


def test_the_credited_share_the_points(coordinator: Any, reviewer: Any, officer: Any, outsider: Any, agency_a: Any) -> None:
    stranger = Person.objects.create(given_name="ผู้เล่า", family_name="ไม่มีบัญชี", agency=agency_a, key="x")
    page = _reviewed(
        coordinator,
        reviewer,
        tellers=[_person(officer), _person(outsider), stranger],
        note_takers=[_person(coordinator), _person(officer)],
    )

    assert [points.figures(who) for who in (officer, outsider, coordinator, reviewer)] == [
        {"pending": 8, "reputation": 8},
        {"pending": 8, "reputation": 8},
        {"pending": 4, "reputation": 4},
        {},
    ]
    given = Transfer.objects.filter(owner=officer).get()
    assert (given.label, given.url, given.payer) == (page.title, page.url, reviewer)
    assert given.rule_version is not None
    assert given.rule_version.rule.code == "lesson_published"
    assert (given.cause_type and given.cause_type.model, given.cause_id) == ("knowledgepage", page.pk)
    assert differences() == []


def test_whoever_approves_gets_no_part(coordinator: Any, reviewer: Any, officer: Any) -> None:
    _reviewed(coordinator, reviewer, tellers=[_person(officer), _person(reviewer)])

    assert (points.figures(officer), points.figures(reviewer)) == ({"pending": 20, "reputation": 20}, {})


def test_nothing_without_a_second_person(officer: Any) -> None:
    make.make_lesson(tellers=[_person(officer)])
    make.make_practice(tellers=[_person(officer)])
    make.make_seminar()

    assert points.rows() == (0, 0)


def test_nothing_where_nobody_credited_has_an_account(coordinator: Any, reviewer: Any) -> None:
    page = _reviewed(coordinator, reviewer)

    assert (page.live, points.rows()) == (True, (0, 0))


def test_a_new_version_pays_nothing_more(coordinator: Any, reviewer: Any, officer: Any, outsider: Any) -> None:
    page = _reviewed(coordinator, reviewer, tellers=[_person(officer)])
    changed = page.get_latest_revision_as_object()
    changed.lesson = "ถามก่อน แล้วจึงเริ่ม"
    changed.credits.add(Credit(person=_person(outsider)))
    changed.save_revision(user=coordinator)

    _let_through(LessonPage.objects.get(pk=page.pk), coordinator, reviewer)

    assert (points.figures(officer), points.figures(outsider)) == ({"pending": 20, "reputation": 20}, {})


def test_unpublished_on_hold_is_taken_back_and_published_again_pays_once(coordinator: Any, reviewer: Any, officer: Any) -> None:
    page = _reviewed(coordinator, reviewer, tellers=[_person(officer)])

    _unpublish(page)
    assert points.figures(officer) == {}
    _unpublish(page)
    _let_through(LessonPage.objects.get(pk=page.pk), coordinator, reviewer)

    assert points.figures(officer) == {"pending": 20, "reputation": 20}
    assert [transfer.act for transfer in Transfer.objects.filter(owner=officer).order_by("pk")] == ["issue", "reverse", "issue"]
    assert differences() == []


def test_unpublished_later_it_stays_earned_and_pays_no_second_time(coordinator: Any, reviewer: Any, officer: Any) -> None:
    page = _reviewed(coordinator, reviewer, tellers=[_person(officer)])
    due.vest_due(at=timezone.now() + timedelta(days=7))
    later = timezone.now() + timedelta(days=8)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        _unpublish(page)
        _let_through(LessonPage.objects.get(pk=page.pk), coordinator, reviewer)

    assert points.figures(officer) == {"available": 20, "reputation": 20}


def test_a_deleted_page_on_hold_is_taken_back(coordinator: Any, reviewer: Any, officer: Any) -> None:
    page = _reviewed(coordinator, reviewer, tellers=[_person(officer)])

    page.delete()

    assert (points.figures(officer), differences()) == ({}, [])


def test_so_is_one_that_goes_with_its_section(coordinator: Any, reviewer: Any, officer: Any) -> None:
    page = _reviewed(coordinator, reviewer, tellers=[_person(officer)])

    page.get_parent().delete()

    assert (points.figures(officer), differences()) == ({}, [])


def test_what_is_published_later_pays_when_it_is(coordinator: Any, reviewer: Any, officer: Any) -> None:
    page = _reviewed(coordinator, reviewer, tellers=[_person(officer)], go_live_at=timezone.now() + timedelta(days=3))
    assert (page.live, points.rows()) == (False, (0, 0))
    later = timezone.now() + timedelta(days=4)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        call_command("publish_scheduled", verbosity=0)

    assert LessonPage.objects.get(pk=page.pk).live is True
    assert points.figures(officer) == {"pending": 20, "reputation": 20}


# --- Freshness -------------------------------------------------------------------------------------------------------------------
def _due(page: Any, day: date) -> None:
    KnowledgePage.objects.filter(pk=page.pk).update(review_due=day)


def test_checking_what_is_due_pays_once_for_each_date(coordinator: Any) -> None:
    page, today = make.make_lesson(), timezone.localdate()
    _due(page, today + timedelta(days=30))

    review.confirm_still_correct(actor=coordinator, page=page)
    assert points.figures(coordinator) == {"pending": 3, "reputation": 3}
    review.confirm_still_correct(actor=coordinator, page=page)
    assert points.figures(coordinator) == {"pending": 3, "reputation": 3}
    _due(page, today - timedelta(days=1))
    review.confirm_still_correct(actor=coordinator, page=page)

    assert points.figures(coordinator) == {"pending": 6, "reputation": 6}


@pytest.mark.parametrize("days", [31, 300, None])
def test_checking_what_is_not_due_pays_nothing(coordinator: Any, days: int | None) -> None:
    page = make.make_lesson()
    KnowledgePage.objects.filter(pk=page.pk).update(review_due=timezone.localdate() + timedelta(days=days) if days else None)

    review.confirm_still_correct(actor=coordinator, page=page)

    assert points.rows() == (0, 0)


def test_a_refused_confirmation_pays_nothing(outsider: Any, coordinator: Any) -> None:
    page = make.make_lesson()
    _due(page, timezone.localdate())
    with pytest.raises(PermissionDenied):
        review.confirm_still_correct(actor=outsider, page=page)
    KnowledgePage.objects.filter(pk=page.pk).update(archived_at=timezone.now())
    with pytest.raises(review.NotPublished):
        review.confirm_still_correct(actor=coordinator, page=page)

    assert points.rows() == (0, 0)
