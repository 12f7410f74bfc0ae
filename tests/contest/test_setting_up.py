"""Set up without a programmer, announced when nothing is missing, fixed when entrants rely on it, copied for next year."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from kmportal.contest.actions import announcing, parts, setting_up
from kmportal.contest.models import AuditAct, Contest, Criterion
from kmportal.people.models import User
from tests.make import contest as make

pytestmark = pytest.mark.django_db


def test_only_organisers_set_up(coordinator: User, admin: User, organiser: User) -> None:
    for person in (coordinator, admin):
        with pytest.raises(PermissionDenied):
            setting_up.make_contest(actor=person, year=2026, title_th="ก")
    made = make.make_contest(organiser, announced=False)
    with pytest.raises(Contest.DoesNotExist):
        setting_up.change_contest(actor=coordinator, contest=made.pk, values={"title_th": "ข"})

    assert made.slug == "km-corner-2569"
    assert not Contest.objects.visible_to(coordinator).exists()


def test_what_is_missing_keeps_it_from_being_announced(organiser: User) -> None:
    made = make.make_contest(organiser, announced=False)
    heavier = made.criteria.get(weight=60)
    parts.save_criterion(
        actor=organiser, contest=made.pk, pk=heavier.pk, values={"title_th": "ก", "weight": 50}, levels=list(make.LEVELS)
    )

    with make.at(make.START), pytest.raises(announcing.NotReady) as refused:
        announcing.announce(actor=organiser, contest=made.pk)

    assert "100" in str(refused.value.words)
    assert Contest.objects.get(pk=made.pk).state == "draft"


def test_dates_keep_their_order(organiser: User) -> None:
    made = make.make_contest(organiser, announced=False)
    wrong = {"enter_until": make.DATES["screen_until"] + timedelta(days=1)}

    with pytest.raises(setting_up.WrongOrder):
        setting_up.change_contest(actor=organiser, contest=made.pk, values=wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contest.objects.filter(pk=made.pk).update(**wrong)


def test_after_the_announcement_entrants_can_rely_on_it(organiser: User, contest: Contest) -> None:
    earlier = {"enter_until": make.DEADLINE - timedelta(days=2)}
    with make.at(make.START + timedelta(days=2)):
        with pytest.raises(setting_up.NotEarlier):
            setting_up.change_contest(actor=organiser, contest=contest.pk, values=earlier)
        with pytest.raises(setting_up.Fixed):
            setting_up.change_contest(actor=organiser, contest=contest.pk, values={"popular_share": 0})
        with pytest.raises(setting_up.Fixed):
            parts.remove_part(actor=organiser, contest=contest.pk, model=Criterion, pk=contest.criteria.first().pk)  # type: ignore[union-attr]  # made above
        setting_up.change_contest(actor=organiser, contest=contest.pk, values={"enter_until": make.DEADLINE + timedelta(days=1)})

    moved = AuditAct.objects.get(contest=contest, act="contest.dates_moved")
    assert datetime.fromisoformat(moved.data["before"]["enter_until"]) == make.DEADLINE
    assert contest.criteria.count() == 2
    for change in ({"act": "x"}, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows = AuditAct.objects.filter(pk=moved.pk)
            rows.update(**change) if change else rows.delete()


def test_last_years_is_copied_with_dates_moved(organiser: User, contest: Contest) -> None:
    made = announcing.copy_contest(actor=organiser, contest=contest, year=2027)

    assert made.state == "draft"
    assert made.enter_until == make.DEADLINE.replace(year=2027)
    assert [one.weight for one in made.criteria.all()] == [60, 40]
    assert [level.points for level in made.criteria.all()[0].levels.all()] == [1, 3, 5]
    assert (made.prizes.count(), made.categories.count(), contest.prizes.count()) == (1, 1, 1)


def test_the_pages_of_setting_up(as_: Any, organiser: User, coordinator: User) -> None:
    made = make.make_contest(organiser, announced=False)
    browser, start = as_(organiser), f"/contests/{made.slug}/setup/"
    with make.at(make.START):
        for step in (
            "",
            "words/",
            "dates/",
            "entering/",
            "judging/",
            "organisers/",
            "categories/",
            "criteria/",
            "prizes/",
            "criteria/new/",
        ):
            assert browser.get(start + step).status_code == 200, step
        dates = {"revision": made.revision, "enter_until_day": "5 ตุลาคม 2569", "enter_until_hour": "๑๖.๓๐"}
        refused = browser.post(f"{start}dates/", {**dates, "screen_until_day": "1/10/2569"})
        assert refused.status_code == 422
        made_new = browser.post("/contests/new/", {"title_th": "ปีหน้า", "year": "2570", "copy": made.pk})
        assert made_new.status_code == 302
        assert as_(coordinator).get(start).status_code == 404
        browser.post(f"{start}announce/")
        assert as_(None).get(f"/contests/{made.slug}/").status_code == 200
        assert as_(None).get(f"/contests/{made.slug}/rules/").status_code == 200
        assert as_(coordinator).get(start).status_code == 403

    assert Contest.objects.get(title_th="ปีหน้า").year == 2027
