"""Offers, consultations and duties for tests, through the verbs."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from communities.experts.actions import agreeing, answering, offering, requesting
from communities.experts.actions.offering import Terms
from communities.experts.actions.requesting import Wish
from communities.experts.models import Consultation, Offer

_numbers = count(1)
TERMS = {"hours": 4, "per": "month", "times": "วันอังคาร 13.00–15.00 น.", "way": "both", "circle": "network"}


def today(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


def offer(doctor: Any, superior: Any, *, agreed: bool = True, helps_with: str = "ลดขั้นตอนงาน", **terms: Any) -> Offer:
    """An offer, agreed for a year."""
    email = superior if isinstance(superior, str) else superior.email
    made = offering.offer_consultations(
        actor=doctor, helps_with=helps_with, terms=Terms(**{**TERMS, "superior_email": email, **terms})
    )
    return agreeing.agree(offer=made, read=made.terms, until=today(365)) if agreed else made


def wish(**words: Any) -> Wish:
    return Wish(
        **{
            "subject": f"ลดรอบเวลาอนุมัติ {next(_numbers)}",
            "need": "ต้องเสนอแผนสิ้นเดือน",
            "tried": "ลองแล้วสองรอบ",
            "day": today(),
            **words,
        }
    )


def request(asker: Any, doctor: Any, **words: Any) -> Consultation:
    return requesting.request(actor=asker, doctor=doctor, wish=wish(**words))


def done(asker: Any, doctor: Any, **words: Any) -> Consultation:
    """A consultation that took place today."""
    made = answering.accept(actor=doctor, consultation=request(asker, doctor, **words))
    return answering.finish(actor=asker, consultation=made)


def fresh(thing: Any) -> Any:
    return type(thing).objects.get(pk=thing.pk)
