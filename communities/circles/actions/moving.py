"""Moving a circle on. Every step is a conditional update on the round that its actor saw: two who press "next" at once move it once."""

from datetime import datetime, timedelta
from random import SystemRandom

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.circles import notices
from communities.circles.actions.ground import CircleError, NotNow, happened, take_to_lead, the_round
from communities.circles.actions.groups import divide_at_random
from communities.circles.actions.turns import hands_down
from communities.circles.models import Circle, Round, Said
from communities.circles.models.templates import Mode
from communities.talk.actions.revealing import reveal as show
from communities.talk.models import Message, Thread
from kmportal.inbox.actions import settle, tell
from kmportal.people.models import User

MORE_TIME = 2
State = Circle.State


class AnotherRuns(CircleError):
    words = _("Another circle is under way in this channel. Close it first, or open this one in another channel.")


@transaction.atomic
def start(*, actor: User, circle: int) -> Circle:
    """Begins the first round. Pressed twice it begins once.

    Raises:
        Circle.DoesNotExist, PermissionDenied, AnotherRuns, NotNow
    """
    current = take_to_lead(actor=actor, circle=circle)
    if current.is_over:
        raise NotNow
    if Circle.objects.filter(channel=current.channel).live().exclude(pk=current.pk).exists():
        raise AnotherRuns
    now = timezone.now()
    if not _step(current, State.LOBBY, 0, state=State.RUNNING, round_number=1, started_at=now):
        return current
    _begin(current, now)
    for kind in (notices.PLANNED, notices.SOON):
        settle(kind=kind, thing=current)
    whom = notices.members_to_tell(current.channel)
    tell(kind=notices.STARTED, recipients=whom, actor=actor, thing=current, key=str(current.pk))
    return current


@transaction.atomic
def advance(*, actor: User, circle: int, seen: int) -> Circle:
    """Ends round `seen` (a blind one is shown first) and begins the next one, or the wrap-up after the last. Seen too late, nothing happens.

    Raises:
        Circle.DoesNotExist, PermissionDenied
    """
    current = take_to_lead(actor=actor, circle=circle)
    now = timezone.now()
    if not Round.objects.filter(circle=current, number=seen + 1).exists():
        return _wrap_up(current, seen, now)
    if _step(current, State.RUNNING, seen, round_number=F("round_number") + 1):
        end_round(circle=current, number=seen, at=now)
        _begin(current, now)
    return current


@transaction.atomic
def wrap_up(*, actor: User, circle: int, seen: int) -> Circle:
    """Goes from round `seen` to the wrap-up, whatever rounds are left.

    Raises:
        Circle.DoesNotExist, PermissionDenied
    """
    return _wrap_up(take_to_lead(actor=actor, circle=circle), seen, timezone.now())


@transaction.atomic
def close(*, actor: User, circle: int) -> Circle:
    """Closes a circle after its wrap-up; its record stays with the community.

    Raises:
        Circle.DoesNotExist, PermissionDenied, NotNow: it is not in its wrap-up.
    """
    current = take_to_lead(actor=actor, circle=circle)
    if current.state == State.CLOSED:
        return current
    now = timezone.now()
    if not _step(current, State.WRAP_UP, current.round_number, state=State.CLOSED, closed_at=now, closed_by=actor):
        raise NotNow
    happened(circle=current, what="closed", at=now)
    settle(kind=notices.STARTED, thing=current)
    return current


@transaction.atomic
def reveal(*, actor: User, circle: int, seen: int) -> Round:
    """Shows together what was written in blind round `seen`; after that it is open talk. Pressed twice it shows once.

    Raises:
        Circle.DoesNotExist, PermissionDenied, NotNow: another round runs, or not a blind one.
    """
    current = take_to_lead(actor=actor, circle=circle)
    now_round, now = the_round(circle=current, number=seen, modes=(Mode.BLIND,)), timezone.now()
    if _show(current, now_round, now):
        happened(circle=current, what="revealed", at=now)
    return now_round


@transaction.atomic
def add_time(*, actor: User, circle: int, seen: int, ends: datetime | None, minutes: int = MORE_TIME) -> Round:
    """Gives round `seen` more time: from its end, or from now where that is past. `ends` is the end that the actor saw: two at once add once.

    Raises:
        Circle.DoesNotExist, PermissionDenied, NotNow
    """
    current = take_to_lead(actor=actor, circle=circle)
    now_round, now = the_round(circle=current, number=seen), timezone.now()
    later = max(now_round.ends_at or now, now) + timedelta(minutes=minutes)
    return _set_end(current, now_round, ends, later, now)


@transaction.atomic
def set_end(*, actor: User, circle: int, seen: int, ends: datetime | None, ends_at: datetime) -> Round:
    """Says until when a round over days is open.

    Raises:
        Circle.DoesNotExist, PermissionDenied, NotNow
    """
    current = take_to_lead(actor=actor, circle=circle)
    now_round, now = the_round(circle=current, number=seen, modes=(Mode.OFFLINE,)), timezone.now()
    if ends_at <= now:
        raise NotNow
    return _set_end(current, now_round, ends, ends_at, now)


@transaction.atomic
def ask_more(*, actor: User, circle: int, seen: int, number: int) -> Round:
    """Puts rescue question `number` (from 0) below the prompt of round `seen`, for everybody in their language.

    Raises:
        Circle.DoesNotExist, PermissionDenied, NotNow
    """
    current = take_to_lead(actor=actor, circle=circle)
    now_round = the_round(circle=current, number=seen)
    if not 0 <= number < max(len(now_round.rescue_th), len(now_round.rescue_en)):
        raise NotNow
    if number not in now_round.asked:
        now_round.asked = [*now_round.asked, number]
        now_round.save(update_fields=["asked"])
        happened(circle=current, what="asked", at=timezone.now())
    return now_round


def _set_end(circle: Circle, now_round: Round, seen: datetime | None, later: datetime, now: datetime) -> Round:
    if Round.objects.filter(pk=now_round.pk, ends_at=seen, ended_at=None).update(ends_at=later, reminded_at=None):
        happened(circle=circle, what="time", at=now)
    now_round.refresh_from_db()
    return now_round


def _step(circle: Circle, at: State, seen: int, /, **changes: object) -> bool:
    """The conditional update. Whoever comes second changes nothing and reads how it stands."""
    changed = Circle.objects.filter(pk=circle.pk, state=at, round_number=seen).update(**changes)
    channel = circle.channel
    circle.refresh_from_db(fields=["state", "round_number", "started_at", "wrapped_at", "closed_at", "closed_by"])
    circle.channel = channel
    return bool(changed)


def _wrap_up(circle: Circle, seen: int, now: datetime) -> Circle:
    if _step(circle, State.RUNNING, seen, state=State.WRAP_UP, wrapped_at=now):
        end_round(circle=circle, number=seen, at=now)
        happened(circle=circle, what="wrap_up", at=now)
    return circle


def _begin(circle: Circle, now: datetime) -> None:
    now_round = Round.objects.get(circle=circle, number=circle.round_number)
    now_round.started_at = now
    if now_round.minutes or now_round.days:
        now_round.ends_at = now + timedelta(minutes=now_round.minutes, days=now_round.days)
    if now_round.mode == Mode.INNER:
        now_round.thread = Thread.objects.create(
            channel=circle.channel, title=gettext("Questions from outside · %(title)s") % {"title": circle.title[:120]},
            opened_at=now, last_activity=now,
        )  # fmt: skip
    now_round.save()
    if now_round.mode == Mode.SMALL:
        divide_at_random(circle=circle, now_round=now_round, at=now)
    happened(circle=circle, what="round", at=now)


def end_round(*, circle: Circle, number: int, at: datetime) -> None:
    """Ends a round; what it held back is shown. In the transaction of a caller that has the channel."""
    ended = Round.objects.get(circle=circle, number=number)
    _show(circle, ended, at)
    Round.objects.filter(pk=ended.pk, ended_at=None).update(ended_at=at)
    hands_down(ended=ended, at=at)


def _show(circle: Circle, now_round: Round, now: datetime) -> bool:
    """Numbers what was held back, all in this transaction; of a round without names shuffled, in new rows, so that not even their order
    in the table tells who wrote first."""
    if now_round.mode != Mode.BLIND or not Round.objects.filter(pk=now_round.pk, revealed_at=None).update(revealed_at=now):
        return False
    now_round.revealed_at = now
    held = list(Message.objects.filter(said__round=now_round, seq=None).select_related("author").order_by("pk"))
    show(channel=circle.channel, messages=_shuffled(circle, now_round, held) if now_round.anonymous else held, at=now)
    return True


def _shuffled(circle: Circle, now_round: Round, held: list[Message]) -> list[Message]:
    SystemRandom().shuffle(held)
    Message.objects.filter(pk__in=[message.pk for message in held]).delete()
    for message in held:
        message.pk = None
        message._state.adding = True
    fresh = Message.objects.bulk_create(held)
    Said.objects.bulk_create(Said(circle=circle, round=now_round, message=message) for message in fresh)
    return list(fresh)
