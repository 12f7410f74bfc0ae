"""Sessions as Django keeps them, and word of each that ends: live sockets are closed with it.

Every way out ends in `delete`: log-out, the list of sessions, a password that changed, an account that is cleared away.
"""

from hashlib import sha256

from django.contrib.sessions.backends import cached_db

from kmportal.core.wire import tell_after_commit

ENDED = "session.ended"
"""Topic of `{session}`, a digest."""
PERSON = "person.changed"
"""Topic of `{user}`: password, account or membership changed."""


def digest(session_key: str) -> str:
    """Names a session where its key must not go: between processes, in memory that lives long."""
    return sha256(session_key.encode()).hexdigest()[:32]


class SessionStore(cached_db.SessionStore):
    def delete(self, session_key: str | None = None) -> None:
        ended = session_key or self.session_key
        super().delete(session_key)
        if ended:
            tell_after_commit(ENDED, session=digest(ended))


def look_again(user: int) -> None:
    """For verbs after which somebody may read less than before: what is open for this person is looked at again, after commit."""
    tell_after_commit(PERSON, user=user)
