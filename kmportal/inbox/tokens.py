"""The word in a mail that stops mails of its kind: signed, so that nobody makes one for others; without an end, as mails are kept."""

from django.core.signing import BadSignature, Signer

from kmportal.inbox import kinds
from kmportal.people.models import User

_SALT = "kmportal.inbox.stop"


def token(person: int, kind: str) -> str:
    """Goes into an address as it is."""
    return Signer(salt=_SALT).sign_object([person, kind])


def holder(word: str) -> tuple[User, kinds.Kind] | None:
    """Whose mails of which kind may be stopped with it; None where the word is not ours, or what it names has gone."""
    try:
        person, code = Signer(salt=_SALT).unsign_object(word)
        kind = kinds.kind_of(code)
        user = User.objects.filter(pk=person).first()
    except (BadSignature, KeyError, ValueError, TypeError):
        return None
    return (user, kind) if user and not kind.mail_fixed else None
