"""Secrets of rewards: codes to pick something up with, and vouchers. Unreadable in a copy of the database, found again by a digest."""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

# Thirty-two signs without look-alikes (Crockford's base 32): ten of them are 50 bits.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_HEARD_AS = str.maketrans("OIL", "011", "-–— \u00a0\u200b.")


def new_code() -> str:
    """A code nobody guesses, and nobody misreads."""
    return "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))


def normalise(text: str) -> str:
    """A code as somebody typed it: case, dashes and spaces do not count, O is 0, I and L are 1. '' for what can be no code."""
    found = text.upper().translate(_HEARD_AS)
    return found if len(found) == LENGTH and set(found) <= set(SIGNS) else ""


def spaced(code: str) -> str:
    """'7K3M9-Q2XTB': easier to say and to type."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def seal(text: str) -> str:
    return _boxes().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text that was sealed.

    Raises:
        cryptography.fernet.InvalidToken: sealed with a key that is neither SECRET_KEY nor among SECRET_KEY_FALLBACKS.
    """
    return _boxes().decrypt(sealed.encode()).decode()


def digest(text: str) -> str:
    """By which a secret is stored for finding."""
    return digests(text)[0]


def digests(text: str) -> list[str]:
    """With the key of now, and with those before it: after a change of SECRET_KEY what was stored is still found."""
    return [salted_hmac("rewards.sealing", text, secret=key, algorithm="sha256").hexdigest() for key in _keys()]


def _keys() -> list[str]:
    return [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]


def _boxes() -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(b"kmportal rewards " + key.encode()).digest())) for key in _keys()])
