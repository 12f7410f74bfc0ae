"""A community with its facilitator, two members, and a stranger; a channel."""

import pytest

from communities.models import Community
from communities.talk.models import Channel
from kmportal.people.models import User
from tests.make import circles as make


@pytest.fixture
def guide(community_c: Community, officer: User) -> User:
    """Facilitates the community."""
    return make.member(community_c, officer, "facilitator")


@pytest.fixture
def malee(community_c: Community, colleague: User) -> User:
    return make.member(community_c, colleague)


@pytest.fixture
def channel(community_c: Community) -> Channel:
    return make.channel_of(community_c)
