"""One vote of each person, also when two processes ask at once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from kmportal.contest.actions import voting
from kmportal.contest.models import Contest, Vote
from kmportal.people.models import User
from tests.contest.results import judged
from tests.make import contest as make

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_votes_at_once_are_one(organiser: User, contest: Contest) -> None:
    a, b = judged.entries(organiser, contest, 2)
    voter = judged.member(3)

    def cast(pk: int) -> Any:
        try:
            with make.at(make.DATES["vote_from"]):
                return voting.vote(actor=User.objects.get(pk=voter.pk), entry=pk).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        keys = list(pool.map(cast, [a.pk, b.pk]))
    assert keys == [Vote.objects.get().pk] * 2
