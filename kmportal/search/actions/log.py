"""The log of searches: written as people search, freed of names after a week, of rows after 400 days."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from kmportal.people.models import User
from kmportal.retrieval.analysis import normalise
from kmportal.retrieval.results import Found
from kmportal.search.models import LONGEST, SearchedQuery, WantedAnswer
from kmportal.search.permissions import can_report_missing
from kmportal.search.personal import names_somebody

logger = logging.getLogger(__name__)
AGAIN = timedelta(minutes=10)
SLOT_KEPT = timedelta(hours=1)
NAMES_KEPT = timedelta(days=7)
ROWS_KEPT = timedelta(days=400)
LONGEST_SENTENCE = 300
CLEANING = "search:cleaned"


class MayNotReport(PermissionDenied):
    """Only members tell the coordinators that something is missing."""


def key_of(query: str) -> str:
    """What two spellings of the same query share."""
    return " ".join(normalise(query).split())[:LONGEST]


def note_search(*, actor: Any, whose: str, query: str, found: Found, now: datetime) -> bool:
    """Keeps what was asked and how much was found, unless it names a person (personal.py).

    Args:
        actor: the signed-in person, or a visitor, of whom nothing is kept.
        whose: who asks, as limits.whose tells it; goes into a keyed digest only.

    Returns:
        Whether a row was written: not for the same person and words within ten minutes.
    """
    key = key_of(query)
    if not key or names_somebody(query, found):
        return False
    slot = salted_hmac("kmportal.search.slot", f"{whose}|{key}|{int(now.timestamp() // AGAIN.total_seconds())}").hexdigest()
    remembered = salted_hmac("kmportal.search.again", f"{whose}|{key}").hexdigest()
    if not cache.add(f"searched:{remembered}", 1, int(AGAIN.total_seconds())):
        return False
    row = SearchedQuery(
        query=query[:LONGEST],
        key=key,
        hits=0 if found.near else found.total,
        near=found.near,
        instead=found.instead[:LONGEST],
        language=(get_language() or settings.LANGUAGE_CODE)[:5],
        searched_at=now,
        user=actor if actor.is_authenticated else None,
        slot=slot,
    )
    try:
        # Another process may have written the same ten minutes.
        SearchedQuery.objects.bulk_create([row], ignore_conflicts=True)
    except OperationalError:  # a busy database: the answer matters more than its log
        logger.warning("A search was not logged", exc_info=True)
        return False
    return True


@transaction.atomic
def report_missing(*, actor: User | AnonymousUser, query: str, sentence: str, now: datetime) -> bool:
    """A member says that what they searched is missing. Once for each person and words; a later sentence replaces an earlier one.

    Returns:
        Whether it is new.

    Raises:
        MayNotReport: no member.
        ValueError: no words.
    """
    if not isinstance(actor, User) or not can_report_missing(actor):
        raise MayNotReport
    query, key = query.strip()[:LONGEST], key_of(query)
    if not key:
        raise ValueError("no words")
    sentence = " ".join(sentence.replace("\x00", "").split())[:LONGEST_SENTENCE]
    found, made = WantedAnswer.objects.get_or_create(
        user=actor, key=key, defaults={"query": query, "sentence": sentence, "wanted_at": now}
    )
    if not made and sentence and sentence != found.sentence:
        WantedAnswer.objects.filter(pk=found.pk).update(sentence=sentence)
    return made


def forget(*, now: datetime) -> None:
    """Empties slots after an hour and names after a week, and deletes rows after 400 days. May run in several processes."""
    SearchedQuery.objects.filter(slot__isnull=False, searched_at__lt=now - SLOT_KEPT).update(slot=None)
    SearchedQuery.objects.filter(user__isnull=False, searched_at__lt=now - NAMES_KEPT).update(user=None)
    WantedAnswer.objects.filter(user__isnull=False, wanted_at__lt=now - NAMES_KEPT).update(user=None)
    SearchedQuery.objects.filter(searched_at__lt=now - ROWS_KEPT).delete()
    WantedAnswer.objects.filter(wanted_at__lt=now - ROWS_KEPT).delete()


def clean() -> None:
    """The chore: `forget`, a few times an hour and not in each round."""
    if cache.add(CLEANING, 1, 600):
        forget(now=timezone.now())
