"""What rewards officers do with redemptions: approve, make ready, decline, hand over by code."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from kmportal.people.models import User
from rewards import ledger, sealing
from rewards.actions.ground import NoReason, NotNow, ShopError, Stock, become, move_stock, require_keeper, take_for_keeper
from rewards.actions.redeeming import give_back
from rewards.actions.telling import tell_person
from rewards.models import Redemption, Voucher, WrongCode

State = Redemption.State
TRIES = 10
TRIES_WITHIN = timedelta(minutes=15)


class NoSuchCode(ShopError):
    words = _("No reward waits under this code. Look at the code on the person's page again.")


class TooManyTries(ShopError):
    words = _("Too many codes that lead nowhere. Try again in fifteen minutes.")


class NoVoucherLeft(ShopError):
    words = _("There is no voucher left: add codes first.")


@transaction.atomic
def approve(*, actor: User, redemption: Redemption, at: datetime) -> Redemption:
    """Says yes. A voucher is given and paid for with that: its code is the owner's from now on. Repeating it changes nothing.

    Raises:
        PermissionDenied, OneOwn
        NotNow: it has ended.
        NoVoucherLeft
    """
    taken = take_for_keeper(actor=actor, redemption=redemption, states=(State.REQUESTED, State.APPROVED, State.READY, State.DONE))
    if taken.state != State.REQUESTED:
        return taken
    become(taken, state=State.APPROVED, at=at, actor=actor, approved_at=at)
    if taken.reward.is_voucher:
        _give_voucher(taken)
        _settle(taken, at=at, actor=actor)
    tell_person(taken, actor=actor)
    return taken


@transaction.atomic
def make_ready(*, actor: User, redemption: Redemption, at: datetime) -> Redemption:
    """Lays it ready under a new code; approves it on the way where nobody has. Repeating it changes nothing.

    Raises:
        PermissionDenied, OneOwn, NoVoucherLeft
        NotNow: it has ended.
    """
    taken = take_for_keeper(actor=actor, redemption=redemption, states=(State.REQUESTED, State.APPROVED, State.READY))
    if taken.reward.is_voucher:
        return approve(actor=actor, redemption=taken, at=at)
    if taken.state == State.READY:
        return taken
    if taken.state == State.REQUESTED:
        become(taken, state=State.APPROVED, at=at, actor=actor, approved_at=at)
    code = sealing.new_code()
    become(
        taken, state=State.READY, at=at, actor=actor, ready_at=at, keep_until=at + timedelta(days=taken.reward.keep_days),
        code_sealed=sealing.seal(code), code_digest=sealing.digest(code),
    )  # fmt: skip
    tell_person(taken, actor=actor)
    return taken


@transaction.atomic
def decline(*, actor: User, redemption: Redemption, reason: str, at: datetime) -> Redemption:
    """Says no, with a reason that the person reads: points and stock are free again.

    Raises:
        PermissionDenied, OneOwn, NoReason
        NotNow: it has ended.
    """
    taken = take_for_keeper(actor=actor, redemption=redemption, states=Redemption.OPEN_STATES)
    said = " ".join(reason.split())
    if not said:
        raise NoReason
    give_back(taken, state=State.DECLINED, at=at, actor=actor, reason=said)
    tell_person(taken, actor=actor)
    return taken


# --- By code ---------------------------------------------------------------------------------------------------------------------
def find_by_code(*, actor: User, text: str, at: datetime, is_typed: bool = True) -> Redemption:
    """What waits under a code, however it was typed. Not in a transaction: a wrong one is counted and stays counted.

    Args:
        is_typed: an address that was opened is not counted: a foreign page could open many, and close the desk to the officer.

    Raises:
        PermissionDenied: no rewards officer.
        TooManyTries: ten wrong ones in fifteen minutes.
        NoSuchCode
    """
    require_keeper(actor=actor)
    if WrongCode.objects.filter(officer=actor, tried_at__gt=at - TRIES_WITHIN).count() >= TRIES:
        raise TooManyTries
    found = _waiting_under(text)
    if found is None:
        if is_typed:
            WrongCode.objects.create(officer=actor, tried_at=at)
        raise NoSuchCode
    return found


def _waiting_under(text: str) -> Redemption | None:
    code = sealing.normalise(text)
    digests = sealing.digests(code) if code else []
    found = Redemption.objects.filter(state=State.READY, code_digest__in=digests).select_related("reward", "person").first()
    if found is None or not constant_time_compare(sealing.unseal(found.code_sealed), code):
        return None
    return found


@transaction.atomic
def hand_over(*, actor: User, redemption: Redemption, code: str, at: datetime) -> Redemption:
    """Hands it over against its code: the points are spent, the stock leaves the shelf. Repeating it changes nothing.

    Raises:
        PermissionDenied, OneOwn
        NoSuchCode: not the code of this one.
        NotNow: not ready, or ended.
    """
    taken = take_for_keeper(actor=actor, redemption=redemption, states=(State.READY, State.DONE))
    if taken.state == State.DONE:
        return taken
    if not constant_time_compare(sealing.unseal(taken.code_sealed), sealing.normalise(code)):
        raise NoSuchCode
    _settle(taken, at=at, actor=actor)
    tell_person(taken, actor=actor)
    return taken


def _settle(taken: Redemption, *, at: datetime, actor: User) -> None:
    """The reward is the person's: points spent, stock gone, a receipt."""
    if taken.hold is None:
        raise NotNow
    ledger.spend(held=taken.hold, at=at, actor=actor)
    if taken.counted:
        move_stock(taken.reward, act=Stock.HANDED_OVER, free=0, shelf=-1, at=at, actor=actor, redemption=taken)
    become(taken, state=State.DONE, at=at, actor=actor, closed_at=at, handed_by=actor, code_sealed="", code_digest=None)


def _give_voucher(taken: Redemption) -> None:
    """The oldest that is free. The lock of the reward keeps two from taking the same; the table has one owner for each."""
    voucher = Voucher.objects.filter(reward=taken.reward).free().order_by("pk").first()
    if voucher is None:
        raise NoVoucherLeft
    voucher.redemption = taken
    voucher.save(update_fields=["redemption"])


# --- Many at once ----------------------------------------------------------------------------------------------------------------
@dataclass
class Outcome:
    """What came of many: how many it was done for, and which not, with the words of the refusal."""

    done: int = 0
    refused: list[tuple[Redemption, Any]] = field(default_factory=list)


def for_each(redemptions: Iterable[Redemption], *, verb: Callable[..., Any], **fields: Any) -> Outcome:
    """Does the verb for each in a transaction of its own: what fails keeps nothing else back."""
    outcome = Outcome()
    for redemption in redemptions:
        try:
            verb(redemption=redemption, **fields)
            outcome.done += 1
        except ShopError as error:
            outcome.refused.append((redemption, error.words))
    return outcome
