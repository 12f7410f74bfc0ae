"""Rewards to look at: a catalogue, points that can be used already, and redemptions on their way."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from kmportal.demo.actions.people import account
from kmportal.demo.content import read
from kmportal.people.models import Agency
from rewards.actions import catalogue, desk, redeeming, ruling
from rewards.actions.ground import ShopError
from rewards.models import Redemption, Reward, RuleVersion

KEEPER = "somsri@opdc.example"
APART = ("codes", "stock", "agencies")
LESSONS = "lesson_published"


@contextmanager
def points_without_hold() -> Iterator[None]:
    """What lessons bring inside can be used at once: whoever tries the demonstration does not wait a week to order something.

    Afterwards the rule is what it was, so that the page about points tells the rule by which everybody earns. Both changes stand in
    the history of the rule, with their reason. Only the first loading does this.
    """
    before = _rule_of_lessons()
    if before.number > 1:
        yield
        return
    terms = ruling.Terms.of(before)
    _change(replace(terms, vest_days=0), "เตรียมข้อมูลสาธิต: แต้มของบทเรียนตัวอย่างใช้ได้ทันที")
    try:
        yield
    finally:
        _change(terms, "เตรียมข้อมูลสาธิตเสร็จแล้ว: กลับไปใช้ค่าตั้งต้น")


def _rule_of_lessons() -> RuleVersion:
    return RuleVersion.objects.filter(rule__code=LESSONS).holding_at(timezone.now()).select_related("rule").get()


def _change(terms: ruling.Terms, note: str) -> None:
    rule = _rule_of_lessons().rule
    ruling.change_rule(actor=account(KEEPER), rule=rule, terms=terms, effective_from=None, note=note, at=timezone.now())


def fill_shop(*, say: Callable[[str], None]) -> None:
    """Rewards of every kind, one kept to an agency; some asked for by those who have the points."""
    entries = read("rewards")
    known = set(Reward.objects.values_list("name", flat=True))
    missing = [entry for entry in entries["rewards"] if entry["name"] not in known]
    if missing:
        say(f"{len(missing)} rewards")
    for entry in missing:
        _reward(entry)
    for entry in entries["orders"] if missing else ():
        _order(entry)


@transaction.atomic
def _reward(entry: dict[str, Any]) -> None:
    keeper, now = account(KEEPER), timezone.now()
    fields = {name: value for name, value in entry.items() if name not in APART}
    agencies = list(Agency.objects.filter(slug__in=entry.get("agencies", [])))
    offer = catalogue.Offer(
        **fields, agencies=agencies, audience="agencies" if agencies else "all", counted="stock" in entry or "codes" in entry
    )
    made = catalogue.write_reward(actor=keeper, offer=offer)
    if "stock" in entry:
        catalogue.receive_stock(actor=keeper, reward=made, number=entry["stock"], at=now)
    if "codes" in entry:
        catalogue.add_vouchers(actor=keeper, reward=made, codes=entry["codes"], at=now)
    catalogue.set_state(actor=keeper, reward=made, state=Reward.State.OPEN)


@transaction.atomic
def _order(entry: dict[str, Any]) -> None:
    """Left out where somebody's points do not reach: rules and lessons may have been changed since."""
    person, now = account(entry["email"]), timezone.now()
    reward = Reward.objects.get(name=entry["reward"])
    key = uuid5(NAMESPACE_URL, f"demo {entry['email']} {entry['reward']}")
    try:
        with transaction.atomic():
            made = redeeming.redeem(actor=person, reward=reward, key=key, price=reward.price, at=now, wish=entry["wish"])
            if entry["state"] != Redemption.State.REQUESTED:
                desk.make_ready(actor=account(KEEPER), redemption=made, at=now)
    except ShopError:
        return
