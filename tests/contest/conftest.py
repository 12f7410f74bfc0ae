"""An organiser, and a contest that is open for entries."""

import pytest

from kmportal.contest.models import Contest
from kmportal.people.models import User
from tests.make import contest as make


@pytest.fixture
def organiser(reviewer: User) -> User:
    return make.make_organiser(reviewer)


@pytest.fixture
def contest(organiser: User) -> Contest:
    return make.make_contest(organiser)
