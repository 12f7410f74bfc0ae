"""The mail that asks a teller for their word. The secret of its link is made when it is written, and kept nowhere."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from communities.harvest.models import Word


def letter(word: Word, secret: str) -> EmailMessage:
    """In the teller's language. Needs draft.channel.community, draft.lesson, draft.by and teller."""
    with translation.override(word.teller.language):
        address = f"{settings.BASE_URL}{reverse('harvest:by_link', args=[secret])}"
        context = {"word": word, "draft": word.draft, "address": address, "site_name": settings.SITE_NAME}
        subject = " ".join(render_to_string("harvest/mail/word_subject.txt", context).split())
        return EmailMessage(subject, render_to_string("harvest/mail/word.txt", context), to=[word.teller.email])
