"""What rewards officers do with redemptions: states, refusals, codes, vouchers, many at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kmportal.inbox.models import Notice
from kmportal.moderation.models import StaffAct
from rewards import sealing
from rewards.actions import desk
from rewards.actions.ground import NoReason, NotNow, OneOwn, ShopError
from rewards.actions.redeeming import cancel
from rewards.checking import differences
from rewards.models import Redemption, Voucher, WrongCode
from tests.make import points, shop

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def asked(officer: Any) -> Redemption:
    points.give(officer, 100)
    return shop.order(officer, shop.reward(stock=3))


def _told(person: Any) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def test_the_whole_way(asked: Redemption, officer: Any) -> None:
    by = shop.keeper()
    desk.approve(actor=by, redemption=asked, at=NOW)
    ready = desk.make_ready(actor=by, redemption=asked, at=NOW)
    typed = ready.code.lower().replace("0", "o").replace("1", "l").replace("-", " – ")
    found = desk.find_by_code(actor=by, text=typed, at=NOW)
    for _again in range(2):
        done = desk.hand_over(actor=by, redemption=found, code=typed, at=NOW)

    assert (found, done.state, done.handed_by, done.code) == (asked, "done", by, "")
    assert points.figures(officer) == {"available": 60}
    assert shop.book(asked.reward) == [("received", 3, 3), ("reserved", -1, 0), ("handed_over", 0, -1)]
    assert [(event.state, event.actor) for event in done.events.all()] == [
        ("requested", officer),
        ("approved", by),
        ("ready", by),
        ("done", by),
    ]
    assert _told(officer) == ["rewards.approved", "rewards.ready", "rewards.done"]
    assert (Notice.objects.filter(kind="rewards.waits", read_at=None).exists(), differences()) == (False, [])


def test_repeating_changes_nothing(asked: Redemption) -> None:
    by = shop.keeper()
    first = desk.make_ready(actor=by, redemption=asked, at=NOW).code
    desk.approve(actor=by, redemption=asked, at=NOW)
    assert desk.make_ready(actor=by, redemption=asked, at=NOW).code == first
    assert asked.events.count() == 3


def test_declining_needs_a_reason_and_gives_everything_back(asked: Redemption, officer: Any) -> None:
    by = shop.keeper()
    with pytest.raises(NoReason):
        desk.decline(actor=by, redemption=asked, reason="  ", at=NOW)
    assert shop.now(asked).state == "requested"

    desk.decline(actor=by, redemption=asked, reason="ของชำรุด", at=NOW)

    assert (shop.now(asked).state, shop.now(asked).reason, shop.stock_of(asked.reward)) == ("declined", "ของชำรุด", 3)
    assert (points.figures(officer), _told(officer), differences()) == ({"available": 100}, ["rewards.declined"], [])


@pytest.mark.parametrize("state", ["cancelled", "declined"])
def test_what_has_ended_stays_ended(asked: Redemption, officer: Any, state: str) -> None:
    by = shop.keeper()
    if state == "cancelled":
        cancel(actor=officer, redemption=asked, at=NOW)
    else:
        desk.decline(actor=by, redemption=asked, reason="x", at=NOW)
    before = points.rows()
    steps: list[Callable[[], object]] = [
        lambda: desk.approve(actor=by, redemption=asked, at=NOW),
        lambda: desk.make_ready(actor=by, redemption=asked, at=NOW),
        lambda: desk.decline(actor=by, redemption=asked, reason="x", at=NOW),
        lambda: desk.hand_over(actor=by, redemption=asked, code="0" * 10, at=NOW),
    ]
    for act in steps:
        with pytest.raises(NotNow):
            act()
    assert (points.rows(), shop.now(asked).state, differences()) == (before, state, [])


def test_others_have_no_desk(asked: Redemption, officer: Any, coordinator: Any, admin: Any) -> None:
    for somebody in (officer, coordinator, admin):
        steps: list[Callable[[], object]] = [
            lambda: desk.approve(actor=somebody, redemption=asked, at=NOW),  # noqa: B023 - called at once
            lambda: desk.make_ready(actor=somebody, redemption=asked, at=NOW),  # noqa: B023 - the same
            lambda: desk.decline(actor=somebody, redemption=asked, reason="x", at=NOW),  # noqa: B023 - the same
            lambda: desk.find_by_code(actor=somebody, text="x", at=NOW),  # noqa: B023 - the same
            lambda: desk.hand_over(actor=somebody, redemption=asked, code="x", at=NOW),  # noqa: B023 - the same
        ]
        for act in steps:
            with pytest.raises(PermissionDenied):
                act()
    assert (shop.now(asked).state, asked.events.count(), WrongCode.objects.count()) == ("requested", 1, 0)


def test_nobody_serves_themselves() -> None:
    by = shop.keeper()
    points.give(by, 100)
    own = shop.order(by, shop.reward())
    with pytest.raises(OneOwn):
        desk.approve(actor=by, redemption=own, at=NOW)
    code = desk.make_ready(actor=shop.keeper("second"), redemption=own, at=NOW).code
    with pytest.raises(OneOwn):
        desk.hand_over(actor=by, redemption=own, code=code, at=NOW)
    assert shop.now(own).state == "ready"


def test_codes_are_hard_to_guess_and_easy_to_type() -> None:
    codes = {sealing.new_code() for _code in range(200)}
    assert (len(codes), {len(code) for code in codes}) == (200, {10})
    assert not set("".join(codes)) & set("OILU")
    assert sealing.normalise(" oil23-456 7a ") == "01123456" + "7A"
    assert [sealing.normalise(text) for text in ("", "123", "12345678901", "ก23456789๐", "1234*67890")] == [""] * 5


def test_ten_wrong_codes_close_the_desk_for_a_while(asked: Redemption) -> None:
    by = shop.keeper()
    code = desk.make_ready(actor=by, redemption=asked, at=NOW).code
    for _try in range(10):
        with pytest.raises(desk.NoSuchCode):
            desk.find_by_code(actor=by, text="ABCDE-FGHJK", at=NOW)
    with pytest.raises(desk.TooManyTries):
        desk.find_by_code(actor=by, text=code, at=NOW)
    assert desk.find_by_code(actor=shop.keeper("second"), text=code, at=NOW) == asked
    assert desk.find_by_code(actor=by, text=code, at=NOW + timedelta(minutes=16)) == asked


def test_a_code_opens_its_own_redemption_alone(asked: Redemption, outsider: Any) -> None:
    points.give(outsider, 100)
    by = shop.keeper()
    other = shop.ready(outsider, asked.reward)
    desk.make_ready(actor=by, redemption=asked, at=NOW)
    with pytest.raises(desk.NoSuchCode):
        desk.hand_over(actor=by, redemption=asked, code=other.code, at=NOW)
    assert shop.now(asked).state == "ready"


def test_codes_and_vouchers_stand_nowhere_in_the_database(officer: Any) -> None:
    points.give(officer, 100)
    ready = shop.ready(officer, shop.reward())
    sold = shop.voucher("COFFEE-123456")
    stored = str(list(Redemption.objects.values())) + str(list(Voucher.objects.values()))
    assert ready.code.replace("-", "") not in stored
    assert ("COFFEE" in stored, sold.vouchers.get().tail) == (False, "56")


def test_a_code_outlives_a_change_of_the_secret_key(asked: Redemption, settings: Any) -> None:
    code = desk.make_ready(actor=shop.keeper(), redemption=asked, at=NOW).code
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-key-of-the-tests"
    assert desk.find_by_code(actor=shop.keeper(), text=code, at=NOW) == asked
    assert shop.now(asked).code == code


def test_a_voucher_is_given_with_the_approval(officer: Any) -> None:
    points.give(officer, 100)
    wanted = shop.voucher("FIRST-CODE", "SECOND-CODE")
    asked = shop.order(officer, wanted)
    assert Voucher.objects.free().count() == 2

    done = desk.make_ready(actor=shop.keeper(), redemption=asked, at=NOW)

    assert (done.state, sealing.unseal(shop.now(done).voucher.sealed)) == ("done", "FIRST-CODE")
    assert points.figures(officer) == {"available": 60}
    assert [event.state for event in done.events.all()] == ["requested", "approved", "done"]
    assert (_told(officer), differences()) == (["rewards.done"], [])
    with pytest.raises(NotNow):
        cancel(actor=officer, redemption=asked, at=NOW)


def test_many_at_once_and_what_failed(officer: Any, outsider: Any) -> None:
    by = shop.keeper()
    wanted = shop.reward()
    for person in (officer, outsider, by):
        points.give(person, 100)
    first, second, own = (shop.order(person, wanted) for person in (officer, outsider, by))
    cancel(actor=outsider, redemption=second, at=NOW)

    outcome = desk.for_each([first, second, own], verb=desk.approve, actor=by, at=NOW)

    assert (outcome.done, outcome.refused) == (1, [(second, NotNow.words), (own, OneOwn.words)])
    assert [shop.now(one).state for one in (first, second, own)] == ["approved", "cancelled", "requested"]
    assert issubclass(NotNow, ShopError)


def test_staff_acts_stand_in_their_book(asked: Redemption, officer: Any) -> None:
    by = shop.keeper()
    desk.make_ready(actor=by, redemption=asked, at=NOW)
    desk.decline(actor=by, redemption=asked, reason="ของชำรุด", at=NOW)
    acts = StaffAct.objects.order_by("pk").values_list("act", "actor", "reason")
    assert list(acts) == [
        ("rewards.reward_written", by.pk, ""),
        ("rewards.stock_received", by.pk, ""),
        ("rewards.reward_state", by.pk, ""),
        ("rewards.approved", by.pk, ""),
        ("rewards.laid_ready", by.pk, ""),
        ("rewards.declined", by.pk, "ของชำรุด"),
    ]
