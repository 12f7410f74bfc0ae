"""A hidden community with a note-taker who asks, a facilitator and a member."""

import pytest

from communities.interviews.models import Interview
from communities.models import Community, Membership
from kmportal.people.models import User
from tests.make.interviews import make_interview


@pytest.fixture
def asker(officer: User, community_c: Community) -> User:
    Membership.objects.create(community=community_c, user=officer, role=Membership.Role.NOTE_TAKER)
    return officer


@pytest.fixture
def facilitator(colleague: User, community_c: Community) -> User:
    Membership.objects.create(community=community_c, user=colleague, role=Membership.Role.FACILITATOR)
    return colleague


@pytest.fixture
def interview(asker: User, community_c: Community) -> Interview:
    return make_interview(asker, community_c)
