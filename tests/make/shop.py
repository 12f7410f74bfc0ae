"""Rewards and redemptions for tests, through the real verbs."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from kmportal.people.models import User
from kmportal.people.roles import Role
from rewards.actions import catalogue, desk
from rewards.actions.catalogue import Offer
from rewards.actions.redeeming import redeem
from rewards.models import Redemption, Reward
from tests.make.people import make_user


def keeper(name: str = "keeper") -> User:
    """A rewards officer."""
    email = f"{name}@agency-b.example"
    return User.objects.filter(email=email).first() or make_user(email, given="รัชนี", family="ดูแลของ", role=Role.REWARDS_OFFICER)


def reward(*, stock: int | None = 10, state: str = "open", **fields: Any) -> Reward:
    """An open reward with that many of it."""
    by = keeper()
    said: dict[str, Any] = {"name": "กระเป๋าผ้า", "name_en": "Cloth bag", "price": 40, "counted": stock is not None}
    offer = Offer(**said | fields)
    made = catalogue.write_reward(actor=by, offer=offer)
    if stock and not made.is_voucher:
        catalogue.receive_stock(actor=by, reward=made, number=stock, at=timezone.now())
    return catalogue.set_state(actor=by, reward=made, state=Reward.State(state))


def voucher(*codes: str, **fields: Any) -> Reward:
    made = reward(kind="voucher", stock=0, **{"name": "บัตรกาแฟ", "name_en": "Coffee voucher"} | fields)
    if codes:
        catalogue.add_vouchers(actor=keeper(), reward=made, codes=codes, at=timezone.now())
    return Reward.objects.get(pk=made.pk)


def order(person: Any, wanted: Reward, **more: Any) -> Redemption:
    fields: dict[str, Any] = {"key": uuid4(), "price": wanted.price, "at": timezone.now()} | more
    return redeem(actor=person, reward=wanted, **fields)


def ready(person: Any, wanted: Reward) -> Redemption:
    return desk.make_ready(actor=keeper(), redemption=order(person, wanted), at=timezone.now())


def now(redemption: Redemption) -> Redemption:
    """As it is stored."""
    return Redemption.objects.select_related("reward").get(pk=redemption.pk)


def stock_of(wanted: Reward) -> int | None:
    return Reward.objects.get(pk=wanted.pk).stock


def book(wanted: Reward) -> list[tuple[str, int, int]]:
    return list(wanted.movements.order_by("pk").values_list("act", "free", "shelf"))


def now_by(pk: int) -> Redemption:
    """The same, by its number."""
    return Redemption.objects.select_related("reward").get(pk=pk)
