"""A channel of the hidden community with two members, and verbs whose work after commit is done at once: tests roll back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from communities.models import Community, Membership
from communities.talk.models import Channel
from kmportal.people.models import User
from tests.talk.wires import signed_in


@pytest.fixture
def channel(community_c: Community) -> Channel:
    now = timezone.now()
    return Channel.objects.create(community=community_c, name="คุยกันทั่วไป", created_at=now, last_activity=now)


@pytest.fixture
def member(cop_member: User) -> Client:
    """A browser in which a member of the community is signed in."""
    return signed_in(cop_member)


@pytest.fixture
def other_member(community_c: Community, colleague: User) -> Client:
    Membership.objects.create(community=community_c, user=colleague)
    return signed_in(colleague)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for a commit does not wait: a test that rolls back never commits."""

    def run(function: Callable[[], Any], using: str | None = None, robust: bool = False) -> None:
        function()

    monkeypatch.setattr(transaction, "on_commit", run)
