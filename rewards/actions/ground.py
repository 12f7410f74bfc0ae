"""What the verbs of the shop stand on: their refusals, their locks in one order, and the two books that every change is written to.

The order of locks, everywhere: the reward, then the redemption, then the accounts of the person (ledger.lock). Two verbs never wait for
each other.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kmportal.core import acts
from kmportal.people.models import User
from rewards.models import Redemption, RedemptionEvent, Reward, StockMovement
from rewards.permissions import can_keep_shop
from rewards.staff_acts import ACT_OF_STATE, ACT_OF_STOCK

Stock = StockMovement.Act


class ShopError(Exception):
    """What was asked for is not possible; nothing was changed. `words` say why and what to do."""

    words: Any = ""


class NotNow(ShopError):
    words = _("Somebody has dealt with this one in the meantime. Look at it again.")


class OneOwn(ShopError):
    words = _("This one is yours: another rewards officer decides about it.")


class NoReason(ShopError):
    words = _("Write the reason in a few words: the person reads it.")


class SoldOut(ShopError):
    words = _("The last one has just gone. Nothing was taken from your points.")


def require_keeper(*, actor: Any) -> None:
    if not can_keep_shop(actor):
        raise PermissionDenied


def take_reward(pk: int) -> Reward:
    """The row, locked until the transaction ends."""
    return Reward.objects.select_for_update(no_key=True).get(pk=pk)


def take(redemption: Redemption) -> Redemption:
    """Reward and redemption as they are now, locked in this order."""
    reward = take_reward(redemption.reward_id)
    taken = Redemption.objects.select_for_update(no_key=True).get(pk=redemption.pk)
    taken.reward = reward
    return taken


def take_for_keeper(*, actor: User, redemption: Redemption, states: tuple[str, ...]) -> Redemption:
    """The same, for somebody who keeps the shop, and only in one of these states.

    Raises:
        PermissionDenied, OneOwn, NotNow
    """
    require_keeper(actor=actor)
    taken = take(redemption)
    if taken.person_id == actor.pk:
        raise OneOwn
    if taken.state not in states:
        raise NotNow
    return taken


def move_stock(
    reward: Reward, *, act: Stock, free: int, shelf: int, at: datetime, actor: User | None = None,
    redemption: Redemption | None = None, reason: str = "",
) -> None:  # fmt: skip
    """Changes the figure where it allows that, and writes the line; the constraint of the table stands behind.

    Raises:
        SoldOut: fewer are free than that.
    """
    if free:
        changed = Reward.objects.filter(pk=reward.pk, stock__gte=max(0, -free)).update(stock=F("stock") + free)
        if changed != 1:
            raise SoldOut
    StockMovement.objects.create(
        reward=reward, act=act, free=free, shelf=shelf, redemption=redemption, actor=actor, reason=reason[:300], happened_at=at
    )
    if redemption is None:
        acts.record(actor=actor, act=ACT_OF_STOCK[act], thing=reward, reason=reason, data={"difference": free})


def become(
    redemption: Redemption, *, state: Redemption.State, at: datetime, actor: User | None, note: str = "", **fields: Any
) -> None:
    """Writes the new state, and who brought it about."""
    values = {"state": state, **fields}
    for name, value in values.items():
        setattr(redemption, name, value)
    redemption.save(update_fields=list(values))
    RedemptionEvent.objects.create(redemption=redemption, state=state, actor=actor, note=note[:300], happened_at=at)
    if actor is not None and actor.pk != redemption.person_id:
        acts.record(actor=actor, act=ACT_OF_STATE[state], thing=redemption, reason=note, data={"redemption": redemption.pk})
