"""The verbs of staff write into the book themselves."""

from typing import Any

import pytest

from kmportal.moderation.models import StaffAct
from kmportal.people.actions import grant_role, place_account, revoke_role
from kmportal.people.roles import Role
from qa.actions.closing import close_as_duplicate, delete, reopen, restore
from qa.actions.editing import edit_answer
from tests.make import qa as make

pytestmark = pytest.mark.django_db


def book() -> list[tuple[str, Any]]:
    return list(StaffAct.objects.order_by("pk").values_list("act", "actor"))


def test_accounts(admin: Any, officer: Any, agency_b: Any) -> None:
    grant_role(actor=admin, account=officer, role=Role.JUDGE)
    revoke_role(actor=admin, account=officer, role=Role.JUDGE)
    place_account(actor=admin, account=officer, agency=agency_b)

    assert book() == [("people.role_given", admin.pk), ("people.role_taken", admin.pk), ("people.placed", admin.pk)]
    assert StaffAct.objects.get(act="people.role_given").data == {"role": "judge"}


def test_posts_of_others(officer: Any, outsider: Any) -> None:
    keeper, reply = make.moderator(), make.answer(make.ask(officer), outsider)
    own = make.comment(reply, outsider)

    delete(actor=outsider, post=own)
    delete(actor=keeper, post=reply, why="มีข้อมูลส่วนบุคคล")
    restore(actor=keeper, post=reply)

    assert book() == [("qa.deleted", keeper.pk), ("qa.restored", keeper.pk)]
    assert StaffAct.objects.get(act="qa.deleted").reason == "มีข้อมูลส่วนบุคคล"


def test_changing_and_closing_what_others_wrote(officer: Any, outsider: Any) -> None:
    keeper, first, question = make.moderator(), make.ask(outsider), make.ask(officer)
    reply = make.answer(question, outsider)

    edit_answer(actor=outsider, answer=reply, body="<p>ของตนเอง</p>")
    edit_answer(actor=keeper, answer=reply, body="<p>ตัดชื่อคนออก</p>", note="ตัดชื่อ")
    for actor in (officer, keeper):
        close_as_duplicate(actor=actor, question=question, original=first)
        reopen(actor=actor, question=question)

    assert book() == [("qa.edited", keeper.pk), ("qa.closed", keeper.pk), ("qa.reopened", keeper.pk)]
    assert StaffAct.objects.get(act="qa.edited").reason == "ตัดชื่อ"
