"""The mail that asks a superior. The secret of its link is made when it is written, and kept nowhere."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from communities.experts.models import Offer


def letter(offer: Offer, secret: str) -> EmailMessage:
    """In the superior's language where they have an account. Needs doctor and superior."""
    with translation.override(offer.superior.language if offer.superior else settings.LANGUAGE_CODE):
        address = f"{settings.BASE_URL}{reverse('experts:by_link', args=[secret])}"
        context = {"offer": offer, "address": address, "site_name": settings.SITE_NAME}
        subject = " ".join(render_to_string("experts/mail/agree_subject.txt", context).split())
        return EmailMessage(subject, render_to_string("experts/mail/agree.txt", context), to=[offer.superior_email])
