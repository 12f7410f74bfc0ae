"""Following and not following: the counter is the count."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from qa.actions.following import follow, unfollow
from qa.models import Follow, Question
from tests.make import qa as make

pytestmark = pytest.mark.django_db


def test_once_and_back(officer: Any, outsider: Any) -> None:
    question = make.ask(officer)

    assert [follow(actor=outsider, question=question) for _nth in (1, 2)] == [True, False]
    assert make.fresh(question).follower_count == 2
    assert list(Question.objects.visible_to(outsider).followed(outsider)) == [question]
    assert [unfollow(actor=outsider, question=question) for _nth in (1, 2)] == [True, False]

    assert (make.fresh(question).follower_count, Follow.objects.get().person) == (1, officer)


def test_visitors_and_strangers(officer: Any, visitor: Any, cop_member: Any, community_c: Any) -> None:
    public, hidden = (
        make.ask(cop_member, visibility="public"),
        make.ask(cop_member, visibility="community", community=community_c),
    )

    with pytest.raises(PermissionDenied):
        follow(actor=visitor, question=public)
    for verb in (follow, unfollow):
        with pytest.raises(Question.DoesNotExist):
            verb(actor=officer, question=hidden)

    assert Follow.objects.count() == 2
