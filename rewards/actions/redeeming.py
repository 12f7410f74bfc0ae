"""What people do: ask for a reward with their points, and take the request back; and what is released when nobody comes."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kmportal.people.models import User
from rewards import ledger, ordering
from rewards.actions.ground import NotNow, ShopError, SoldOut, Stock, become, move_stock, take, take_reward
from rewards.actions.telling import tell_keepers, tell_of_end, tell_person
from rewards.ledger import Cause
from rewards.models import Redemption, RedemptionEvent, Reward, Transfer
from rewards.permissions import can_redeem

State = Redemption.State
BATCH = 100
# Whoever has not come is reminded so long before the end, and not on the day on which they heard that it is ready.
REMINDS, REST = timedelta(days=2), timedelta(hours=18)


class NotOnOffer(ShopError):
    words = _("This reward cannot be had at the moment.")


class LimitReached(ShopError):
    words = _("You have had this reward as often as one person may.")


class BudgetUsedUp(ShopError):
    words = _("Your agency has used up its points for this reward. They begin anew on 1 October.")


class TooFewPoints(ShopError):
    words = _("You have fewer points than this reward costs. Points on hold cannot be used yet.")


class OtherOrder(ShopError):
    """The same key for another reward: a form that was tampered with, or mixed up."""

    words = _("Something went wrong with this form. Open the reward again.")


@transaction.atomic
def redeem(*, actor: User, reward: Reward, key: UUID, price: int, at: datetime, wish: str = "") -> Redemption:
    """Asks for a reward: lays its price and one of its stock aside.

    Args:
        key: made when the page was shown. Again with the same key: gives the first redemption and changes nothing.
        price: what the person saw; a price that was raised since is refused.
        wish: what the person says about it, such as the title of a book.

    Raises:
        PermissionDenied: not signed in.
        Reward.DoesNotExist: not there for this person.
        NotOnOffer, LimitReached, BudgetUsedUp, SoldOut, TooFewPoints, OtherOrder
    """
    if not can_redeem(actor):
        raise PermissionDenied
    locked = take_reward(reward.pk)
    if (before := Redemption.objects.filter(person=actor, key=key).first()) is not None:
        if before.reward_id != locked.pk:
            raise OtherOrder
        return before
    _require_right(actor, locked, price, at)
    made = Redemption.objects.create(
        person=actor, reward=locked, agency=ordering.department_of(actor), key=key, price=locked.price, counted=locked.stock is not None,
        wish=" ".join(wish.split())[:300], requested_at=at,
    )  # fmt: skip
    RedemptionEvent.objects.create(redemption=made, state=State.REQUESTED, actor=actor, happened_at=at)
    if made.counted:
        move_stock(locked, act=Stock.RESERVED, free=-1, shelf=0, at=at, actor=actor, redemption=made)
    made.hold = _lay_aside(made, at)
    made.save(update_fields=["hold"])
    tell_keepers(made)
    return made


def _require_right(actor: User, reward: Reward, price: int, at: datetime) -> None:
    Reward.objects.for_person(actor).get(pk=reward.pk)
    if not ordering.is_open_at(reward, at) or price != reward.price:
        raise NotOnOffer
    room = ordering.room_for(actor, reward, at)
    if room.mine is not None and room.mine < 1:
        raise LimitReached
    if room.agency_points is not None and room.agency_points < reward.price:
        raise BudgetUsedUp
    if reward.stock == 0:
        raise SoldOut


def _lay_aside(redemption: Redemption, at: datetime) -> Transfer:
    cause = Cause(source=redemption, label=redemption.reward.name, url=redemption.get_absolute_url(), actor=redemption.person)
    try:
        return ledger.hold(
            owner=redemption.person, points=redemption.price, key=f"redemption:{redemption.pk}", at=at, cause=cause
        )
    except ledger.NotEnoughPoints as error:
        raise TooFewPoints from error


@transaction.atomic
def cancel(*, actor: User, redemption: Redemption, at: datetime) -> Redemption:
    """Takes one's own request back while it is not handed over: points and stock are free again. The second time changes nothing.

    Raises:
        PermissionDenied: somebody else's.
        NotNow: ended in another way.
    """
    taken = take(redemption)
    if taken.person_id != actor.pk:
        raise PermissionDenied
    if taken.state == State.CANCELLED:
        return taken
    if not taken.is_open:
        raise NotNow
    give_back(taken, state=State.CANCELLED, at=at, actor=actor)
    return taken


def give_back(redemption: Redemption, *, state: Redemption.State, at: datetime, actor: User | None, reason: str = "") -> None:
    """Ends an open redemption without handing over: its points are released, its stock is free again, its code is void.

    For verbs that have taken the locks.
    """
    if redemption.counted:
        move_stock(
            redemption.reward, act=Stock.RETURNED, free=1, shelf=0, at=at, actor=actor, redemption=redemption, reason=reason
        )
    if redemption.hold is not None:
        ledger.release(held=redemption.hold, at=at, actor=actor, note=reason)
    become(
        redemption,
        state=state,
        at=at,
        actor=actor,
        note=reason,
        closed_at=at,
        reason=reason[:300],
        code_sealed="",
        code_digest=None,
    )


# --- What comes due by itself ----------------------------------------------------------------------------------------------------
@transaction.atomic
def remind_of_ends(*, at: datetime) -> int:
    """Tells those whose reward is kept for less than two more days, once each; answers how many. What was laid ready today waits."""
    soon = Redemption.objects.filter(state=State.READY, keep_until__gt=at, keep_until__lte=at + REMINDS, ready_at__lte=at - REST)
    found = list(soon.select_related("person", "reward").order_by("pk"))
    return sum(tell_of_end(redemption) for redemption in found)


def do_what_is_due() -> None:
    """The chore of the task worker."""
    expire_redemptions(at=timezone.now())


def expire_redemptions(*, at: datetime) -> int:
    """Releases what nobody picked up in its time; answers how many. Each in a transaction of its own; may run in several processes."""
    due = Redemption.objects.filter(state=State.READY, keep_until__lte=at).order_by("keep_until").values_list("pk", flat=True)
    return sum(_expire(pk, at) for pk in list(due[:BATCH]))


@transaction.atomic
def _expire(pk: int, at: datetime) -> bool:
    taken = take(Redemption.objects.get(pk=pk))
    if taken.state != State.READY or taken.keep_until is None or taken.keep_until > at:
        return False
    give_back(taken, state=State.EXPIRED, at=at, actor=None)
    tell_person(taken, actor=None)
    return True
