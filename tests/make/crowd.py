"""A channel full of people, for tests and measures that need many sockets."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from communities.models import Community, Membership
from communities.talk.models import Channel
from kmportal.core.sessions import SessionStore
from kmportal.people.models import User
from tests.make.people import COMMUNITY_C


def make_crowd(size: int) -> tuple[Channel, list[str]]:
    """A channel with that many members; and for each the key of a session in which they are signed in."""
    now = timezone.now()
    community = Community.objects.get(slug=COMMUNITY_C)
    channel = Channel.objects.create(community=community, name="วงใหญ่", created_at=now, last_activity=now)
    people = User.objects.bulk_create(
        User(email=f"crowd{n}@agency-a.example", first_name="คนที่", last_name=str(n), password="!") for n in range(size)
    )
    Membership.objects.bulk_create(Membership(community=community, user=person) for person in people)
    return channel, make_sessions(people)


def make_sessions(people: list[User]) -> list[str]:
    store, ends = SessionStore(), timezone.now() + timedelta(days=1)
    rows = [
        Session(
            session_key=f"crowd{person.pk:027d}", expire_date=ends,
            session_data=store.encode({
                SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                HASH_SESSION_KEY: person.get_session_auth_hash(),
            }),
        )
        for person in people
    ]  # fmt: skip
    Session.objects.bulk_create(rows)
    return [row.session_key for row in rows]
