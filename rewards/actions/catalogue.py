"""What rewards officers do with the catalogue: rewards and their state, the book of stock, voucher codes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from kmportal.core import acts
from kmportal.people.models import User
from kmportal.people.pictures import read_face
from kmportal.pictures.actions import sweep
from rewards import sealing
from rewards.actions.ground import NoReason, ShopError, SoldOut, Stock, move_stock, require_keeper, take_reward
from rewards.models import Reward, StockMovement, Voucher
from rewards.staff_acts import SET_STATE, WROTE

LONGEST_CODE = 200
MOST_CODES = 2000


class CountingStays(ShopError):
    words = _("Kind and counting stay as they are once there was stock or a request: make a new reward instead.")


class NotSoMany(ShopError):
    words = _("Fewer than that are free. What people have asked for is declined at the desk first.")


class NotCounted(ShopError):
    words = _("The stock of this reward is not counted here.")


class NoCodes(ShopError):
    words = _("There is no new code in this: one on each line, none longer than 200 signs, at most 2,000 at once.")


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a reward says; the meaning of each field stands at Reward. `counted`: whether its stock is."""

    name: str
    price: int
    kind: str = Reward.Kind.THING
    counted: bool = True
    name_en: str = ""
    about: str = ""
    about_en: str = ""
    limit: int | None = None
    limit_span: str = Reward.Span.YEAR
    agency_budget: int | None = None
    audience: str = Reward.Audience.ALL
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    place: str = ""
    place_en: str = ""
    hours: str = ""
    hours_en: str = ""
    wait_days: int = 5
    keep_days: int = 30
    order: int = 100
    agencies: Iterable[Any] = field(default=())
    communities: Iterable[Any] = field(default=())

    def columns(self) -> dict[str, Any]:
        apart = {"counted", "agencies", "communities"}
        return {name: getattr(self, name) for name in self.__dataclass_fields__ if name not in apart}


@transaction.atomic
def write_reward(*, actor: User, offer: Offer, reward: Reward | None = None) -> Reward:
    """Writes a new reward, as a draft, or changes one. What people asked for before keeps its price.

    Raises:
        PermissionDenied
        CountingStays: another kind, or counted otherwise, after there was stock or a request.
    """
    require_keeper(actor=actor)
    counted = offer.counted or offer.kind == Reward.Kind.VOUCHER
    if reward is None:
        made = Reward.objects.create(**offer.columns(), stock=0 if counted else None)
    else:
        made = take_reward(reward.pk)
        changes = (made.kind, made.stock is not None) != (offer.kind, counted)
        if changes and (made.movements.exists() or made.redemptions.exists()):
            raise CountingStays
        values = offer.columns() | ({"stock": 0 if counted else None} if changes else {})
        for name, value in values.items():
            setattr(made, name, value)
        made.save(update_fields=[*values, "updated_at"])
    made.agencies.set(offer.agencies)
    # The actor chose among those they are told of; hidden ones that another officer chose stay.
    told = made.communities.model.objects.visible_to(actor).values("pk")
    made.communities.set([*offer.communities, *made.communities.exclude(pk__in=told)])
    acts.record(actor=actor, act=WROTE, thing=made, data={"price": made.price})
    return made


@transaction.atomic
def set_state(*, actor: User, reward: Reward, state: Reward.State) -> Reward:
    """Opens a reward to its people, or closes it; open requests go on.

    Raises:
        PermissionDenied
    """
    require_keeper(actor=actor)
    taken = take_reward(reward.pk)
    taken.state = state
    taken.save(update_fields=["state", "updated_at"])
    acts.record(actor=actor, act=SET_STATE, thing=taken, data={"state": str(state)})
    return taken


@transaction.atomic
def set_picture(*, actor: User, reward: Reward, upload: "UploadedFile[bytes]") -> None:
    """Draws the picture anew, square; nothing of the uploaded bytes is kept.

    Raises:
        PermissionDenied
        kmportal.people.pictures.BadPicture
    """
    require_keeper(actor=actor)
    drawn = read_face(upload, upload.size or 0)
    taken = take_reward(reward.pk)
    old, storage = taken.picture.name, taken.picture.storage
    taken.picture.save(f"{get_random_string(12).lower()}.webp", ContentFile(drawn.large), save=False)
    taken.save(update_fields=["picture", "updated_at"])
    if old:
        transaction.on_commit(lambda: storage.delete(old))


def clear_pictures(*, at: datetime) -> int:
    """Removes files of pictures that no reward has: their transaction did not end well. Once a night; answers how many."""
    return sweep(storage=Reward._meta.get_field("picture").storage, folder="rewards", known=_pictures, at=at)


def _pictures(folder: str) -> set[str]:
    return set(Reward.objects.exclude(picture="").values_list("picture", flat=True))


# --- Stock -----------------------------------------------------------------------------------------------------------------------
@transaction.atomic
def receive_stock(*, actor: User, reward: Reward, number: int, at: datetime, note: str = "") -> None:
    """More of it have come.

    Raises:
        PermissionDenied
        NotCounted: nothing is counted, or vouchers, which come as codes.
    """
    require_keeper(actor=actor)
    taken = _counted(reward)
    if number < 1:
        raise NotSoMany
    move_stock(taken, act=Stock.RECEIVED, free=number, shelf=number, at=at, actor=actor, reason=note.strip())


@transaction.atomic
def correct_stock(*, actor: User, reward: Reward, difference: int, reason: str, at: datetime) -> None:
    """Sets the book right after a count: some are missing, or there are more.

    Raises:
        PermissionDenied, NoReason, NotCounted
        NotSoMany: more would be missing than are free.
    """
    require_keeper(actor=actor)
    taken = _counted(reward)
    if not reason.strip():
        raise NoReason
    if not difference:
        raise NotSoMany
    try:
        move_stock(taken, act=Stock.CORRECTED, free=difference, shelf=difference, at=at, actor=actor, reason=reason.strip())
    except SoldOut as error:
        raise NotSoMany from error


def _counted(reward: Reward) -> Reward:
    taken = take_reward(reward.pk)
    if taken.stock is None or taken.is_voucher:
        raise NotCounted
    return taken


# --- Vouchers --------------------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_vouchers(*, actor: User, reward: Reward, codes: Iterable[str], at: datetime) -> int:
    """Takes codes in, sealed; those that are there already are left out. Answers how many were new.

    Raises:
        PermissionDenied
        NotCounted: no voucher.
        NoCodes: nothing new, one too long, or too many.
    """
    require_keeper(actor=actor)
    taken = take_reward(reward.pk)
    if not taken.is_voucher:
        raise NotCounted
    wanted = list(dict.fromkeys(filter(None, (code.strip() for code in codes))))
    if len(wanted) > MOST_CODES or any(len(code) > LONGEST_CODE for code in wanted):
        raise NoCodes
    known = set(taken.vouchers.values_list("digest", flat=True))
    new = [code for code in wanted if known.isdisjoint(sealing.digests(code))]
    if not new:
        raise NoCodes
    Voucher.objects.bulk_create(
        Voucher(
            reward=taken, sealed=sealing.seal(code), digest=sealing.digest(code), tail=code[-2:] if len(code) > 5 else "",
            added_by=actor, added_at=at,
        )
        for code in new
    )  # fmt: skip
    move_stock(taken, act=Stock.RECEIVED, free=len(new), shelf=len(new), at=at, actor=actor)
    return len(new)


@transaction.atomic
def withdraw_voucher(*, actor: User, voucher: Voucher, reason: str, at: datetime) -> StockMovement | None:
    """Takes a free code out: it was wrong, or is no longer good.

    Raises:
        PermissionDenied, NoReason
        NotSoMany: it is somebody's, or somebody waits for it.
    """
    require_keeper(actor=actor)
    taken = take_reward(voucher.reward_id)
    if not reason.strip():
        raise NoReason
    if not Voucher.objects.free().filter(pk=voucher.pk).exists():
        raise NotSoMany
    try:
        move_stock(
            taken, act=Stock.CORRECTED, free=-1, shelf=-1, at=at, actor=actor, reason=f"••••{voucher.tail} {reason.strip()}"
        )
    except SoldOut as error:
        raise NotSoMany from error
    voucher.delete()
    return taken.movements.first()
