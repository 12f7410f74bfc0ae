"""The book of staff acts: written with the act, never changed, read by those whose business it is."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, transaction

from communities.models import Community
from kmportal.core import acts
from kmportal.moderation.actions.audit import record
from kmportal.moderation.models import StaffAct
from tests.make import qa as make
from tests.make.cases import CONTENT, PEOPLE, declare_acts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _acts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(acts, "_acts", dict(acts._acts))
    monkeypatch.setattr(acts, "_circles", dict(acts._circles))
    declare_acts()
    yield


def test_an_act_is_kept_with_its_thing(admin: Any, officer: Any) -> None:
    made = record(actor=admin, act=PEOPLE, thing=officer, reason=" เปลี่ยนงาน ", data={"role": "judge"})

    made.refresh_from_db()
    assert (made.actor, made.act, made.label, made.reason, made.data, made.circle) == (
        admin, PEOPLE, str(officer), "เปลี่ยนงาน", {"role": "judge"}, "",
    )  # fmt: skip
    assert (made.thing_id, made.thing_type and made.thing_type.model, str(made.act_words)) == (officer.pk, "user", "gave a role")


def test_floors_below_write_through_core(admin: Any, officer: Any) -> None:
    acts.record(actor=admin, act=PEOPLE, thing=officer)

    assert StaffAct.objects.get().thing_id == officer.pk


def test_what_nobody_declared_is_refused(admin: Any) -> None:
    with pytest.raises(KeyError):
        record(actor=admin, act="nobody.knows")

    assert StaffAct.objects.count() == 0


def test_the_database_keeps_it(admin: Any) -> None:
    made = record(actor=admin, act=PEOPLE, reason="หนึ่ง")

    for change in (lambda: StaffAct.objects.update(reason="สอง"), lambda: StaffAct.objects.all().delete()):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            change()

    made.refresh_from_db()
    assert made.reason == "หนึ่ง"


def test_who_reads_it(admin: Any, officer: Any, coordinator: Any, cop_member: Any, community_c: Any) -> None:
    acts.kept_to(Community, lambda community: f"community:{community.pk}")
    keeper = make.moderator()
    record(actor=admin, act=PEOPLE, thing=officer)
    record(actor=keeper, act=CONTENT, thing=officer)
    record(actor=cop_member, act=CONTENT, thing=community_c)

    seen = [list(StaffAct.objects.visible_to(one).values_list("act", flat=True)) for one in (admin, keeper, officer, coordinator)]
    assert seen == [[CONTENT, PEOPLE], [CONTENT], [], []]
    assert not StaffAct.objects.visible_to(admin).filter(label=str(community_c)).exists()
