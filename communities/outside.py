"""People from outside: mail addresses whose domain is not listed, and whether coordinators let communities invite them."""

from kmportal.library.models import SiteWords
from kmportal.people.domains import may_sign_up


def are_let_in() -> bool:
    """What coordinators set in the CMS; open until they shut it."""
    return SiteWords.objects.filter(site__is_default_site=True).values_list("lets_guests_in", flat=True).first() is not False


def is_outside(address: str) -> bool:
    """An address that signs up through an invitation only."""
    return not may_sign_up(address)
