"""The mail that asks a teller for their word. The secret of its link is made when it is written, and kept nowhere."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from communities.harvest import sources
from communities.harvest.models import Word
from communities.harvest.sources import Address


def address_of(word: Word) -> Address | None:
    """Of the teller's account; of somebody without one, as the thing that they told says it. None where they cannot be asked any more."""
    if word.teller is not None:
        return Address(word.teller.first_name or word.teller.email, word.teller.email, word.teller.language)
    told = word.draft.statements.standing().filter(person=word.person_id).first()
    return sources.address(told.source) if told else None


def letter(word: Word, to: Address, secret: str) -> EmailMessage:
    """In the teller's language. Needs draft.channel.community, draft.lesson and draft.by."""
    with translation.override(to.language):
        address = f"{settings.BASE_URL}{reverse('harvest:by_link', args=[secret])}"
        context = {"word": word, "name": to.name, "draft": word.draft, "address": address, "site_name": settings.SITE_NAME}
        subject = " ".join(render_to_string("harvest/mail/word_subject.txt", context).split())
        return EmailMessage(subject, render_to_string("harvest/mail/word.txt", context), to=[to.email])
