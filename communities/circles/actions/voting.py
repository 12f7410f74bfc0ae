"""Choosing: a facilitator or note-taker offers messages and statements, everybody in the circle has some votes."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.circles.actions.ground import CircleError, NotNow, happened, part_in, take_to_act, the_round
from communities.circles.models import Ballot, Choice, Circle, Part, Said
from communities.circles.models.templates import Mode
from communities.circles.permissions import can_lead
from kmportal.people.models import User

MOST_CHOICES = 60


class NoVotesLeft(CircleError):
    words = _("You have used all your votes. Take one back to give it to something else.")


class NothingOffered(CircleError):
    words = _("Choose messages, or write a statement.")


class TooMany(CircleError):
    words = _("There are enough choices; more would be too many to read.")


class VotedFor(CircleError):
    words = _("Somebody has voted for this already. It stays.")


@transaction.atomic
def offer(*, actor: User, circle: int, seen: int, messages: Collection[int] = (), words: str = "") -> list[Choice]:
    """Puts messages of the circle, or a statement, up to be chosen; what is there already stays as it is.

    Raises:
        Circle.DoesNotExist, PermissionDenied, NotNow, NothingOffered, TooMany
    """
    current = take_to_act(actor=actor, circle=circle)
    _may_offer(actor, current)
    now_round = the_round(circle=current, number=seen, modes=(Mode.VOTE,))
    there = set(now_round.choices.values_list("message", flat=True))
    said = Said.objects.filter(circle=current, message__in=messages).standing().exclude(message__in=there - {None})
    new = [Choice(round=now_round, message_id=key) for key in said.order_by("message__seq").values_list("message", flat=True)]
    if words.strip():
        new.append(Choice(round=now_round, words=words.strip()[:400]))
    if not new:
        raise NothingOffered
    if len(there) + len(new) > MOST_CHOICES:
        raise TooMany
    last = now_round.choices.aggregate(last=Max("position"))["last"] or 0
    for number, choice in enumerate(new, last + 1):
        choice.position = number
    made = Choice.objects.bulk_create(new)
    happened(circle=current, what="choices", at=timezone.now())
    return list(made)


@transaction.atomic
def take_away(*, actor: User, circle: int, choice: int) -> None:
    """Takes a choice off the list as long as nobody voted for it.

    Raises:
        Circle.DoesNotExist, PermissionDenied, Choice.DoesNotExist, NotNow, VotedFor
    """
    current = take_to_act(actor=actor, circle=circle)
    _may_offer(actor, current)
    found = _choice(current, choice)
    if found.ballots.exists():
        raise VotedFor
    found.delete()
    happened(circle=current, what="choices", at=timezone.now())


@transaction.atomic
def cast(*, actor: User, circle: int, choice: int) -> Ballot:
    """Gives one of one's votes to a choice; at most one to each. Again changes nothing.

    Raises:
        Circle.DoesNotExist, PermissionDenied, NotIn, Choice.DoesNotExist, NotNow, NoVotesLeft
    """
    current = take_to_act(actor=actor, circle=circle)
    part, found = part_in(circle=current, actor=actor), _choice(current, choice)
    mine = {ballot.slot: ballot for ballot in Ballot.objects.filter(round=found.round_id, part=part)}
    for ballot in mine.values():
        if ballot.choice_id == found.pk:
            return ballot
    free = next((slot for slot in range(1, found.round.votes + 1) if slot not in mine), None)
    if free is None:
        raise NoVotesLeft
    ballot = Ballot.objects.create(round=found.round, choice=found, part=part, slot=free)
    happened(circle=current, what="votes", at=timezone.now())
    return ballot


@transaction.atomic
def take_back(*, actor: User, circle: int, choice: int) -> bool:
    """Takes one's vote back; gives whether there was one.

    Raises:
        Circle.DoesNotExist, PermissionDenied, NotIn, Choice.DoesNotExist, NotNow
    """
    current = take_to_act(actor=actor, circle=circle)
    part, found = part_in(circle=current, actor=actor), _choice(current, choice)
    gone, _by_model = Ballot.objects.filter(choice=found, part=part).delete()
    if gone:
        happened(circle=current, what="votes", at=timezone.now())
    return bool(gone)


def _choice(circle: Circle, choice: int) -> Choice:
    found = Choice.objects.select_related("round").get(pk=choice, round__circle=circle)
    if not found.round.is_running:
        raise NotNow
    return found


def _may_offer(actor: User, circle: Circle) -> None:
    """Those who lead, and the note-taker."""
    taker = Part.objects.filter(circle=circle, user=actor, role=Part.Role.NOTE_TAKER).joined()
    if not (can_lead(actor, circle) or taker.exists()):
        raise PermissionDenied
