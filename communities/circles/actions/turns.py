"""Who speaks next: raising a hand, being called, the empty seat of a fishbowl, the order that a facilitator gives."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, IntegerField, Max, Value, When
from django.utils import timezone

from communities.circles.actions.ground import happened, part_in, take_to_act, take_to_lead, the_round
from communities.circles.models import Part, Round, Turn
from communities.circles.models.templates import Mode
from communities.circles.permissions import can_lead
from kmportal.people.models import User

# Juniors first: those without a part of their own, newest members first; whoever leads or sponsors comes last.
LATE = {Part.Role.NOTE_TAKER: 1, Part.Role.TELLER: 2, Part.Role.INNER: 2, Part.Role.SPONSOR: 3, Part.Role.FACILITATOR: 4}


@transaction.atomic
def raise_hand(*, actor: User, circle: int, seen: int) -> Turn:
    """Asks to speak in round `seen`, or for the empty seat, which one gets at once where nobody sits or waits. A second time changes nothing.

    Raises:
        Circle.DoesNotExist, PermissionDenied, NotIn, NotNow
    """
    current = take_to_act(actor=actor, circle=circle)
    part, now_round = part_in(circle=current, actor=actor), the_round(circle=current, number=seen, modes=(Mode.TURN, Mode.INNER))
    up = Turn.objects.filter(round=now_round, part=part, done_at=None).first()
    if up is not None:
        return up
    now = timezone.now()
    turn = Turn.objects.create(round=now_round, part=part, position=_last(now_round) + 1, asked_at=now)
    if now_round.mode == Mode.INNER:
        _call_next(now_round, now)
    happened(circle=current, what="turn", at=now)
    turn.refresh_from_db()
    return turn


@transaction.atomic
def lower_hand(*, actor: User, circle: int, turn: int) -> Turn:
    """Takes a hand down: one's own before or after speaking, or, as a facilitator, anybody's. Whoever spoke makes room for the next one.

    Raises:
        Circle.DoesNotExist, Turn.DoesNotExist, PermissionDenied
    """
    current = take_to_act(actor=actor, circle=circle)
    found = Turn.objects.select_related("part", "round").get(pk=turn, round__circle=current)
    if found.part.user_id != actor.pk and not can_lead(actor, current):
        raise PermissionDenied
    if found.done_at is not None:
        return found
    now = timezone.now()
    spoke = found.called_at is not None
    found.done_at = now
    found.save(update_fields=["done_at"])
    if spoke and found.round.is_running:
        _call_next(found.round, now)
    happened(circle=current, what="turn", at=now)
    return found


@transaction.atomic
def call(*, actor: User, circle: int, seen: int, turn: int | None = None) -> Turn | None:
    """Calls the next one, or the one named; whoever spoke is done. Pressed twice for the same person it calls them once.

    Raises:
        Circle.DoesNotExist, PermissionDenied, NotNow, Turn.DoesNotExist
    """
    current = take_to_lead(actor=actor, circle=circle)
    now_round = the_round(circle=current, number=seen, modes=(Mode.TURN, Mode.INNER))
    named = Turn.objects.get(pk=turn, round=now_round) if turn is not None else None
    if named is not None and (named.called_at or named.done_at):
        return named
    now = timezone.now()
    Turn.objects.filter(round=now_round).speaking().update(done_at=now)
    called = _call_next(now_round, now, named)
    happened(circle=current, what="turn", at=now)
    return called


@transaction.atomic
def move_up(*, actor: User, circle: int, turn: int) -> Turn:
    """Lets somebody who waits speak one place earlier.

    Raises:
        Circle.DoesNotExist, PermissionDenied, Turn.DoesNotExist
    """
    current = take_to_lead(actor=actor, circle=circle)
    found = Turn.objects.waiting().get(pk=turn, round__circle=current)
    ahead = Turn.objects.waiting().filter(round=found.round_id, position__lt=found.position).order_by("-position").first()
    if ahead is None:
        return found
    ahead.position, found.position = found.position, ahead.position
    ahead.save(update_fields=["position"])
    found.save(update_fields=["position"])
    happened(circle=current, what="turn", at=timezone.now())
    return found


@transaction.atomic
def everybody_in_turn(*, actor: User, circle: int, seen: int) -> int:
    """Puts all who joined and did not speak yet into the queue, juniors first as far as the portal can know; gives how many came in.

    Raises:
        Circle.DoesNotExist, PermissionDenied, NotNow
    """
    current = take_to_lead(actor=actor, circle=circle)
    now_round = the_round(circle=current, number=seen, modes=(Mode.TURN,))
    late = Case(*(When(role=role, then=Value(n)) for role, n in LATE.items()), default=Value(0), output_field=IntegerField())
    missing = Part.objects.filter(circle=current).joined().exclude(role=Part.Role.OBSERVER).exclude(turns__round=now_round)
    parts = list(missing.annotate(late=late).order_by("late", "-user__date_joined", "-pk"))
    now, start = timezone.now(), _last(now_round)
    Turn.objects.bulk_create(
        Turn(round=now_round, part=part, position=start + number, asked_at=now) for number, part in enumerate(parts, 1)
    )
    if parts:
        happened(circle=current, what="turn", at=now)
    return len(parts)


def hands_down(*, at: datetime, part: Part | None = None, ended: Round | None = None) -> None:
    """All hands of somebody who leaves, or of a round that ends. In the caller's transaction."""
    turns = Turn.objects.filter(done_at=None)
    turns = turns.filter(part=part) if part is not None else turns.filter(round=ended)
    held = list(turns.speaking().select_related("round"))
    turns.update(done_at=at)
    for turn in held:
        if part is not None and turn.round.is_running:
            _call_next(turn.round, at)


def _call_next(now_round: Round, at: datetime, named: Turn | None = None) -> Turn | None:
    if Turn.objects.filter(round=now_round).speaking().exists():
        return None
    turn = named or Turn.objects.filter(round=now_round).waiting().order_by("position", "pk").first()
    if turn is not None:
        turn.called_at = at
        turn.save(update_fields=["called_at"])
    return turn


def _last(now_round: Round) -> int:
    return Turn.objects.filter(round=now_round).aggregate(last=Max("position"))["last"] or 0
