"""Rules in the CMS: seen and changed by those who may, with their history; everybody else is turned away."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from kmportal.core import dates
from kmportal.people.actions import ensure_roles
from kmportal.people.roles import Role
from rewards.actions.ruling import Terms
from rewards.models import Reason, RuleVersion
from tests.make.people import make_user

pytestmark = pytest.mark.django_db
CODE = Reason.LESSON_PUBLISHED.value


@pytest.fixture
def rewards_officer(agency_b: Any) -> Any:
    ensure_roles()
    return make_user("rewards@agency-b.example", agency=agency_b, role=Role.REWARDS_OFFICER)


def _data(**changes: Any) -> dict[str, Any]:
    now = RuleVersion.objects.get(rule__code=CODE, number=1)
    terms = {name: getattr(now, name) for name in Terms.__dataclass_fields__}
    return {name: "" if value is None else value for name, value in (terms | {"note": "มีผลมากขึ้น"} | changes).items()}


def _versions() -> int:
    return RuleVersion.objects.filter(rule__code=CODE).count()


@pytest.mark.parametrize("name", ["rewards_officer", "coordinator"])
def test_rules_are_seen_and_changed(request: Any, name: str, as_: Any) -> None:
    actor = request.getfixturevalue(name)
    client = as_(actor)
    listed = client.get(reverse("rewards_rules")).content.decode()
    assert (reverse("rewards_rule", args=[CODE]) in listed, "km-points" in listed) == (True, True)
    assert client.get("/cms/").status_code == 200

    answer = client.post(reverse("rewards_rule", args=[CODE]), _data(points=33))

    assert (answer.status_code, answer.url) == (302, reverse("rewards_rule", args=[CODE]))
    new = RuleVersion.objects.get(rule__code=CODE, number=2)
    assert (new.points, new.changed_by, new.cap_day, new.pair_day, new.note) == (33, actor, 60, None, "มีผลมากขึ้น")
    page = client.get(reverse("rewards_rule", args=[CODE])).content.decode()
    assert (page.count("มีผลมากขึ้น"), str(actor) in page) == (1, True)


@pytest.mark.parametrize("name", ["agency_coordinator", "admin", "officer", "visitor"])
def test_others_are_turned_away(request: Any, name: str, as_: Any) -> None:
    client = as_(request.getfixturevalue(name))

    for answer in (
        client.get(reverse("rewards_rules")), client.get(reverse("rewards_rule", args=[CODE])),
        client.post(reverse("rewards_rule", args=[CODE]), _data(points=33)),
    ):  # fmt: skip
        assert answer.status_code in {302, 403}
        assert b"rewards_rule" not in answer.content
    assert _versions() == 1
    assert b"km-points" not in client.get("/cms/").content


def test_a_day_in_either_era(as_: Any, coordinator: Any) -> None:
    day = timezone.localdate() + timedelta(days=40)

    as_(coordinator).post(reverse("rewards_rule", args=[CODE]), _data(points=33, effective_on=dates.full(day, "th")))
    as_(coordinator).post(
        reverse("rewards_rule", args=[CODE]), _data(points=34, effective_on=f"{day.day}/{day.month}/{day.year}")
    )

    begins = [timezone.localtime(version.effective_from) for version in RuleVersion.objects.filter(rule__code=CODE, number__gt=1)]
    assert {moment.date() for moment in begins} == {day}
    assert {(moment.hour, moment.minute) for moment in begins} == {(0, 0)}
    assert "จะเปลี่ยน" in as_(coordinator).get(reverse("rewards_rules")).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{}, {"points": -1}, {"points": 1001}, {"points": "x"}, {"points": 33, "note": ""}, {"points": 33, "own_agency_percent": 101},
     {"points": 33, "cap_day": 0}, {"points": 33, "vest_days": 366}, {"points": 33, "effective_on": "1 ต.ค. 2540"},
     {"points": 33, "effective_on": "วันหนึ่ง"}, {"points": 33, "note": "\x00"}],
)  # fmt: skip
def test_a_refusal_is_said_and_changes_nothing(as_: Any, coordinator: Any, wrong: dict[str, Any]) -> None:
    answer = as_(coordinator).post(reverse("rewards_rule", args=[CODE]), _data(**wrong))

    assert (answer.status_code, _versions()) == (200, 1)
    assert "error" in answer.content.decode()


def test_the_reason_is_asked_for_where_it_is_written(as_: Any, coordinator: Any) -> None:
    form = as_(coordinator).post(reverse("rewards_rule", args=[CODE]), _data(points=33, note="")).context["form"]

    assert (list(form.errors), form.fields["note"].required) == (["note"], True)


def test_no_such_rule(as_: Any, coordinator: Any) -> None:
    assert as_(coordinator).get(reverse("rewards_rule", args=["gold"])).status_code == 404
