"""Which mail addresses may sign up, and which agency they belong to.

An entry is one exact domain ('agency.go.th'); with a leading dot ('.go.th') it also stands for every real sub-domain, as in Django's
ALLOWED_HOSTS. Comparison is by whole labels, so 'agency.go.th.evil.com' and 'notagency.go.th' never match 'agency.go.th'.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kmportal.people.models import Agency, EmailDomain


def domain_of(address: str) -> str:
    """The domain in the one form that is compared: lower case, as DNS writes it (IDNA); '' where the address has none."""
    local, at, domain = address.strip().rpartition("@")
    if not (local and at and domain) or domain != domain.strip():
        return ""
    return ascii_domain(domain)


def ascii_domain(domain: str) -> str:
    """'ดีป้า.ไทย' as xn--…; '' for what is no domain name. Look-alike letters give another name, so they match nothing."""
    try:
        written = domain.lower().encode("idna")
        # Invisible and full-width letters vanish in this form; whoever writes them wants the address to look like another.
        return written.decode("ascii") if written.decode("idna") == domain.lower() else ""
    except UnicodeError:
        return ""


def entries_for(domain: str) -> list[str]:
    """What may stand in the list for this domain, the nearest first: 'a.go.th', '.a.go.th', '.go.th', '.th'."""
    if not domain:
        return []
    labels = domain.split(".")
    return [domain, *("." + ".".join(labels[start:]) for start in range(len(labels)))]


def may_sign_up(address: str) -> bool:
    """One query at most. True where the domain, or a dotted entry above it, is in the CMS list or in settings.SIGNUP_DOMAINS."""
    entries = entries_for(domain_of(address))
    if any(entry in settings.SIGNUP_DOMAINS for entry in entries):
        return True
    return bool(entries) and EmailDomain.objects.filter(domain__in=entries).exists()


def agency_of_address(address: str) -> Agency | None:
    """The agency that the nearest entry of the list names, if any."""
    entries = entries_for(domain_of(address))
    found = {
        entry.domain: entry.agency
        for entry in EmailDomain.objects.filter(domain__in=entries).select_related("agency")
        if entry.agency
    }
    return next((found[entry] for entry in entries if entry in found), None)


class StrangeDomain(ValidationError):
    """The mail domain is not one whose holders may sign up."""


def check_domain(address: str) -> None:
    """Says which kind of address is needed and whom to ask; the answer is the same whether or not an account exists.

    Raises:
        StrangeDomain: the domain is in neither list (people.domains).
    """
    if not may_sign_up(address):
        raise StrangeDomain(
            _(
                "Sign up with the mail address of your agency (for example somchai@agency.go.th). If your agency's addresses are not "
                "let in yet, ask the network coordinator of your agency to add its mail domain."
            )
        )
