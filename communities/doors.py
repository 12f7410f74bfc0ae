"""The door for people from outside: the link of an invitation lets the address that it was mailed to sign up, and no other address."""

import re

from communities.actions.inviting import digest_of
from communities.models import Invitation
from communities.outside import are_let_in
from kmportal.people import guests

LINK = re.compile(r"(?:/en)?/invitations/([0-9a-f]{64})/")


def lets_in(path: str, address: str) -> bool:
    """Whether the page that a sign-up leads back to is an invitation to this address that still holds."""
    found = LINK.fullmatch(path)
    if found is None or not address or not are_let_in():
        return False
    return Invitation.objects.open().filter(token_digest=digest_of(found[1]), email__iexact=address.strip()).exists()


def declare() -> None:
    """Called once, by CommunitiesConfig.ready."""
    guests.add_door(lets_in)
    guests.lead_to("communities:list")
    guests.admit("communities", "talk", "commons", "circles", "harvest", "interviews")
