"""The demonstration has one approved interview, once, and mails nobody for it."""

from typing import Any

import pytest

from communities.interviews.models import Interview
from communities.models import Community, Membership
from kmportal.demo.actions.interviews import ask_who_retires
from kmportal.people.models import User

pytestmark = pytest.mark.django_db


def test_it_is_there_once(officer: User, mailoutbox: list[Any]) -> None:
    ask_who_retires()
    community = Community.objects.create(slug="complaints-circle", name="วง")
    Membership.objects.create(community=community, user=officer, role=Membership.Role.NOTE_TAKER)
    ask_who_retires()
    ask_who_retires()
    made = Interview.objects.get()
    assert (made.state, made.questions.exclude(answer="").count(), made.questions.filter(by_expert=True).count()) == (
        "approved",
        6,
        6,
    )
    assert mailoutbox == []
