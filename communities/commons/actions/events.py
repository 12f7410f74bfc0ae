"""Events: called, changed, cancelled; who comes, who waits for a place."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.commons.actions.ground import CommonsError, members, require_manager, safe, take, titled
from communities.commons.kinds import EVENT_CANCELLED, EVENT_CHANGED, EVENT_NEW, PLACE_FREE
from communities.commons.models import Event, Rsvp
from communities.commons.permissions import can_answer_event
from communities.models import Community
from kmportal.inbox.actions import tell
from kmportal.people.models import User

Answer = Rsvp.Answer
LONGEST_EVENT = timedelta(days=31)


class EndsBefore(CommonsError):
    words = _("The end must come after the beginning, at most 31 days later.")


class AlreadyOver(CommonsError):
    words = _("This lies in the past. Choose a time to come.")


class TooFewPlaces(CommonsError):
    words = _("More people than that have a place already. Give at least as many places, or ask somebody to step back.")


class IsCancelled(CommonsError):
    words = _("This event is cancelled.")


class NoReason(CommonsError):
    words = _("Say why it is cancelled: people have planned for it.")


class NoWebAddress(CommonsError):
    words = _("The link must be a web address that begins with https:// or http://.")


@dataclass(frozen=True, kw_only=True)
class EventWords:
    title: str
    starts_at: datetime
    ends_at: datetime
    body: str = ""
    place: str = ""
    link: str = ""
    capacity: int | None = None


@transaction.atomic
def call_event(*, actor: User, community: Community, words: EventWords) -> Event:
    """Put an event into the calendar; every member hears of it.

    Raises:
        PermissionDenied: neither facilitator nor note-taker, or the community is archived.
        NoTitle, TooLong, EndsBefore, NoWebAddress, AlreadyOver
    """
    require_manager(actor=actor, community=community)
    now = timezone.now()
    event = Event(community=community, author=actor, created_at=now, changed_at=now)
    _write(event, words)
    if event.is_over(now):
        raise AlreadyOver
    event.save()
    tell(kind=EVENT_NEW, recipients=members(community), actor=actor, thing=event, key=f"event:{event.pk}", data=_when(event))
    return event


@transaction.atomic
def change_event(*, actor: User, event: Event, words: EventWords) -> Event:
    """Change it. Who comes or may come hears of another time or place; more places go to those who wait.

    Raises:
        Event.DoesNotExist, PermissionDenied
        IsCancelled, NoTitle, TooLong, EndsBefore, NoWebAddress, TooFewPlaces
    """
    found = take(actor=actor, thing=event)
    require_manager(actor=actor, community=found.community)
    if found.is_cancelled:
        raise IsCancelled
    before = (found.starts_at, found.ends_at, found.place, found.link)
    _write(found, words)
    if found.capacity is not None and found.taken > found.capacity:
        raise TooFewPlaces
    is_moved = before != (found.starts_at, found.ends_at, found.place, found.link)
    if found.starts_at != before[0]:
        found.reminded_at = None
    found.sequence, found.changed_at = found.sequence + 1, timezone.now()
    found.save()
    if is_moved:
        key = f"event:{found.pk}:{found.sequence}"
        tell(kind=EVENT_CHANGED, recipients=_expected(found), actor=actor, thing=found, key=key, data=_when(found))
    _fill(found)
    return found


@transaction.atomic
def cancel_event(*, actor: User, event: Event, reason: str) -> Event:
    """Call it off. All members hear of it, and calendars show it as cancelled.

    Raises:
        Event.DoesNotExist, PermissionDenied
        IsCancelled, NoReason
    """
    found = take(actor=actor, thing=event)
    require_manager(actor=actor, community=found.community)
    if found.is_cancelled:
        raise IsCancelled
    words = " ".join(reason.replace("\x00", "").split())[:300]
    if not words:
        raise NoReason
    found.cancelled_at = found.changed_at = timezone.now()
    found.cancel_reason, found.sequence = words, found.sequence + 1
    found.save(update_fields=["cancelled_at", "changed_at", "cancel_reason", "sequence"])
    told = members(found.community)
    data = {**_when(found), "reason": words}
    tell(kind=EVENT_CANCELLED, recipients=told, actor=actor, thing=found, key=f"event:{found.pk}", data=data)
    return found


@transaction.atomic
def answer_event(*, actor: User, event: Event, answer: Answer) -> Rsvp:
    """Say whether one comes. "Yes" to a full event puts one on the waiting list; stepping back lets the next one in.

    Raises:
        Event.DoesNotExist
        PermissionDenied: over, cancelled, or the actor may not take part.
    """
    found = take(actor=actor, thing=event)
    now = timezone.now()
    if not can_answer_event(actor, found, now) or answer == Answer.WAITING:
        raise PermissionDenied
    row = found.rsvps.select_for_update().filter(user=actor).first() or Rsvp(event=found, user=actor)
    if row.pk and (row.answer == answer or (answer == Answer.YES and row.answer == Answer.WAITING)):
        return row
    gives_back = row.answer == Answer.YES
    if answer == Answer.YES and not _take_place(found):
        answer = Answer.WAITING
    row.answer, row.answered_at = answer, now
    row.save()
    if gives_back:
        _give_back(found)
    return row


@transaction.atomic
def drop_answers(*, event: Event) -> int:
    """Give back the places of those who are no longer members; gives how many. Part of a chore; nobody's verb."""
    found = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    gone = found.rsvps.exclude(user__memberships__community=found.community_id)
    places = gone.filter(answer=Answer.YES).count()
    gone.delete()
    for _place in range(places):
        _give_back(found)
    return places


def _take_place(event: Event) -> bool:
    """One statement decides: two people at the last place do not both get it."""
    room = Q(capacity=None) | Q(taken__lt=F("capacity"))
    return bool(Event.objects.filter(room, pk=event.pk, cancelled_at=None).update(taken=F("taken") + 1))


def _give_back(event: Event) -> None:
    Event.objects.filter(pk=event.pk, taken__gt=0).update(taken=F("taken") - 1)
    _fill(event)


def _fill(event: Event) -> None:
    """Free places go to who has waited longest, as long as they are members."""
    waiting = event.rsvps.filter(answer=Answer.WAITING, user__is_active=True, user__memberships__community=event.community_id)
    for row in waiting.select_related("user").order_by("answered_at", "pk"):
        if not _take_place(event):
            return
        row.answer = Answer.YES
        row.save(update_fields=["answer"])
        key = f"event:{event.pk}:place:{row.pk}:{row.answered_at:%Y%m%d%H%M%S%f}"
        tell(kind=PLACE_FREE, recipients=[row.user], thing=event, key=key, data=_when(event))


def _write(event: Event, words: EventWords) -> None:
    if not words.starts_at < words.ends_at <= words.starts_at + LONGEST_EVENT:
        raise EndsBefore
    if words.link and not words.link.strip().lower().startswith(("https://", "http://")):
        raise NoWebAddress
    event.title, event.body = titled(words.title), safe(words.body)
    event.place, event.link = " ".join(words.place.replace("\x00", "").split())[:200], words.link.strip()[:500]
    event.starts_at, event.ends_at, event.capacity = words.starts_at, words.ends_at, words.capacity


def _expected(event: Event) -> list[User]:
    comes = [Answer.YES, Answer.MAYBE, Answer.WAITING]
    rows = event.rsvps.filter(answer__in=comes, user__memberships__community=event.community_id)
    return [row.user for row in rows.select_related("user")]


def _when(event: Event) -> dict[str, str]:
    return {"starts_at": event.starts_at.isoformat(), "place": event.place}
