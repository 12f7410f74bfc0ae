"""Who asked without a name: moderators see it after saying why, and the book holds that they looked."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from kmportal.moderation.models import StaffAct
from kmportal.people.models import User
from qa.actions.ground import NoText
from qa.actions.revealing import look_up_author
from qa.models import Comment, Question
from qa.permissions import can_see_author
from tests.make import qa as make

pytestmark = pytest.mark.django_db


def shown(model: Any, user: Any) -> Any:
    return model.objects.visible_to(user).get().shown_author


def test_only_after_saying_why(officer: Any, outsider: Any) -> None:
    question, keeper, other = make.ask(officer, anonymous=True), make.moderator(), make.moderator()
    below = make.comment(question, officer)
    assert (shown(Question, keeper), can_see_author(keeper, below)) == (None, False)
    with pytest.raises(NoText):
        look_up_author(actor=keeper, question=question, why=" ")
    with pytest.raises(PermissionDenied):
        look_up_author(actor=outsider, question=question, why="อยากรู้")
    assert StaffAct.objects.count() == 0

    look_up_author(actor=keeper, question=question, why="มีข้อความข่มขู่")
    look_up_author(actor=keeper, question=question, why="อีกครั้ง")

    assert (shown(Question, keeper), shown(Comment, keeper), can_see_author(keeper, below)) == (officer.pk, officer.pk, True)
    assert (shown(Question, other), shown(Question, outsider)) == (None, None)
    assert list(StaffAct.objects.values_list("act", "actor", "reason")) == [("qa.author_shown", keeper.pk, "มีข้อความข่มขู่")]
    keeper.groups.clear()
    assert shown(Question, User.objects.get(pk=keeper.pk)) is None


def test_the_page(as_: Any, officer: Any, outsider: Any) -> None:
    question, keeper = make.ask(officer, anonymous=True), make.moderator()
    path = f"/qa/{question.pk}/who/"
    assert [as_(person).get(path).status_code for person in (outsider, officer, keeper)] == [403, 403, 200]
    assert path in as_(keeper).get(question.get_absolute_url()).content.decode()
    assert as_(keeper).post(path, {"why": ""}).status_code == 422
    assert str(officer) in as_(keeper).post(path, {"why": "มีข้อความข่มขู่"}, follow=True).content.decode()
    assert StaffAct.objects.count() == 1
