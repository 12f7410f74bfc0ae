"""The mail of an invitation, in the language of the account it is to, or of whoever invited."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from communities.models import Invitation
from kmportal.core import naming
from kmportal.inbox.letters import SUBJECT_LENGTH


def letter(invitation: Invitation, token: str) -> EmailMultiAlternatives:
    """Plain words; the link opens a page that asks before anything happens."""
    with translation.override(invitation.language):
        by = str(invitation.invited_by) if invitation.invited_by else ""
        words = {
            "invitation": invitation,
            "community": invitation.community,
            "by": by,
            "address": settings.BASE_URL.rstrip("/") + reverse("communities:invited", args=[token]),
            "site_name": naming.current().name,
        }
        subject = gettext("An invitation to “%(name)s”") % {"name": invitation.community}
        subject = "".join(sign for sign in " ".join(subject.split()) if sign.isprintable())[:SUBJECT_LENGTH]
        body = render_to_string("communities/mail/invitation.txt", words)
    return EmailMultiAlternatives(subject, body, to=[invitation.email], headers={"Auto-Submitted": "auto-generated"})
