"""The mails to the expert, in the language of the interview. The secret of the link is made when a mail is written, and kept nowhere."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from communities.interviews.models import Interview

ASKED, APPROVE, REMINDER, RENEWED = "asked", "approve", "reminder", "renewed"


def letter(interview: Interview, kind: str, secret: str) -> EmailMessage:
    """Needs community and asker."""
    with translation.override(interview.language):
        address = f"{settings.BASE_URL}{reverse('interviews:link_page', args=[secret])}"
        context = {"interview": interview, "kind": kind, "address": address, "site_name": settings.SITE_NAME}
        subject = " ".join(render_to_string("interviews/mail/subject.txt", context).split())
        return EmailMessage(subject, render_to_string("interviews/mail/letter.txt", context), to=[interview.expert_email])
