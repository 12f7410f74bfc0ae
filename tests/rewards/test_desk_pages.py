"""The pages of the rewards desk: the queue, codes, files, the catalogue and its stock."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from rewards.actions import catalogue
from rewards.models import Reward, Voucher, WrongCode
from tests.make import points, shop

pytestmark = pytest.mark.django_db


def _see(client: Any, name: str, *args: Any, **data: Any) -> str:
    answer = client.get(reverse(f"rewards:{name}", args=args), data)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return str(answer.content.decode())


def _post(client: Any, name: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"rewards:{name}", args=args), data)


# --- The desk --------------------------------------------------------------------------------------------------------------------
def test_others_find_no_desk(as_: Any, officer: Any, coordinator: Any, admin: Any) -> None:
    points.give(officer, 100)
    made, wanted = shop.ready(officer, shop.reward()), shop.reward()
    gets: dict[str, list[Any]] = {
        "desk": [], "desk_csv": [], "desk_code": [], "desk_scan": [made.code], "desk_redemption": [made.pk], "desk_rewards": [],
        "desk_new_reward": [], "desk_reward": [wanted.pk], "desk_stock": [wanted.pk], "desk_stock_csv": [wanted.pk],
    }  # fmt: skip
    posts: dict[str, list[Any]] = {
        "desk_many": [], "desk_approve": [made.pk], "desk_ready": [made.pk], "desk_decline": [made.pk], "desk_hand_over": [made.pk],
        "desk_state": [wanted.pk, "closed"], "desk_receive": [wanted.pk], "desk_correct": [wanted.pk], "desk_vouchers": [wanted.pk],
    }  # fmt: skip
    for person in (officer, coordinator, admin):
        for name, args in gets.items():
            assert as_(person).get(reverse(f"rewards:{name}", args=args)).status_code == 403
        for name, args in posts.items():
            data = {"number": 5, "difference": 5, "reason": "x", "code": made.code, "chosen": made.pk, "act": "approve"}
            assert _post(as_(person), name, *args, **data).status_code == 403
    assert (shop.now(made).state, shop.stock_of(wanted), WrongCode.objects.count()) == ("ready", 10, 0)


def test_filters_of_the_queue(as_: Any, officer: Any, outsider: Any) -> None:
    for person in (officer, outsider):
        points.give(person, 200)
    bag, cup = shop.reward(), shop.reward(name="แก้ว")
    first, second, third = shop.order(officer, bag), shop.order(outsider, cup), shop.ready(outsider, bag)
    client = as_(shop.keeper())

    def shown(**asked: Any) -> list[int]:
        return [one.pk for one in client.get(reverse("rewards:desk"), asked).context["page"]]

    assert (shown(), shown(state="ready"), shown(state="all")) == (
        [first.pk, second.pk],
        [third.pk],
        [third.pk, second.pk, first.pk],
    )
    assert (shown(reward=cup.pk), shown(q="มานี"), shown(q=str(first.pk))) == ([second.pk], [second.pk], [first.pk])
    assert (shown(reward="x", state="nowhere"), shown(q="มานี สมใจ")) == ([first.pk, second.pk], [])


def test_bulk_approval_says_what_failed(as_: Any, officer: Any) -> None:
    by = shop.keeper()
    for person in (officer, by):
        points.give(person, 100)
    wanted = shop.reward()
    good, own = shop.order(officer, wanted), shop.order(by, wanted)
    answer = as_(by).post(reverse("rewards:desk_many"), {"chosen": [good.pk, own.pk], "act": "approve"}, follow=True)

    assert [shop.now(one).state for one in (good, own)] == ["approved", "requested"]
    assert [message.level_tag for message in answer.context["messages"]] == ["success", "error"]


def test_handing_over_by_typed_and_scanned_code(as_: Any, officer: Any) -> None:
    points.give(officer, 200)
    wanted, client = shop.reward(), as_(shop.keeper())
    typed, scanned = shop.ready(officer, wanted), shop.ready(officer, wanted)

    assert client.post(reverse("rewards:desk_code"), {"code": typed.code.lower()}).context["redemption"] == typed
    assert client.get(reverse("rewards:desk_scan", args=[scanned.code])).context["redemption"] == scanned
    assert client.get(reverse("rewards:desk_scan", args=["0" * 10])).context["form"].errors.keys() == {"code"}
    assert shop.now(scanned).state == "ready"
    assert _post(client, "desk_hand_over", typed.pk, code=typed.code).url == reverse("rewards:receipt", args=[typed.pk])
    assert "รหัส" in client.post(reverse("rewards:desk_code"), {"code": typed.code}).content.decode()
    assert (shop.now(typed).state, WrongCode.objects.count()) == ("done", 1)


def test_the_files_run_no_formula(as_: Any, officer: Any) -> None:
    points.give(officer, 100)
    shop.order(officer, shop.reward(name="=1+1"), wish="@SUM(A1)")
    text = as_(shop.keeper()).get(reverse("rewards:desk_csv")).content.decode("utf-8-sig")
    row = list(csv.reader(io.StringIO(text)))[1]
    assert (row[3], row[8]) == ("'=1+1", "'@SUM(A1)")


# --- The catalogue ---------------------------------------------------------------------------------------------------------------
def _picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return SimpleUploadedFile("x.png", out.getvalue(), "image/png")


FIELDS: dict[str, Any] = {
    "name": "หนังสือ", "kind": "thing", "price": 200, "counted": "on", "limit": "", "limit_span": "year", "audience": "all", "wait_days": 5,
    "keep_days": 30, "order": 10, "opens_on": "1 ตุลาคม 2569", "closes_on": "30/9/2570",
}  # fmt: skip


def test_a_reward_is_written_opened_filled_and_closed(as_: Any, officer: Any, django_capture_on_commit_callbacks: Any) -> None:
    client = as_(shop.keeper())
    assert client.post(reverse("rewards:desk_new_reward"), FIELDS | {"picture": _picture()}).status_code == 302
    made = Reward.objects.get()
    assert (made.state, made.stock, made.price, timezone.localtime(made.opens_at).year) == ("draft", 0, 200, 2026)
    assert as_(officer).get(made.photo).status_code == 404

    _post(client, "desk_receive", made.pk, number=5)
    _post(client, "desk_correct", made.pk, difference=-2, reason="หาย")
    _post(client, "desk_state", made.pk, "open")
    assert (shop.stock_of(made), Reward.objects.get().state) == (3, "open")
    assert as_(officer).get(made.photo).headers["Content-Type"] == "image/webp"
    assert "หาย" in client.get(reverse("rewards:desk_stock_csv", args=[made.pk])).content.decode()
    page = client.post(reverse("rewards:desk_correct", args=[made.pk]), {"difference": -4, "reason": "x"})
    assert (page.status_code, shop.stock_of(made)) == (200, 3)


@pytest.mark.parametrize(
    "change",
    [
        {"closes_on": "1/9/2569"},
        {"audience": "agencies"},
        {"audience": "communities"},
        {"price": 0},
        {"opens_on": "เมื่อวาน"},
        {"name": ""},
    ],
)
def test_a_wrong_form_writes_no_reward(as_: Any, change: Any) -> None:
    assert as_(shop.keeper()).post(reverse("rewards:desk_new_reward"), FIELDS | change).status_code == 200
    assert Reward.objects.count() == 0


def test_a_bad_picture_writes_nothing(as_: Any) -> None:
    bad = SimpleUploadedFile("x.png", b"<svg onload=alert(1)>", "image/png")
    assert as_(shop.keeper()).post(reverse("rewards:desk_new_reward"), FIELDS | {"picture": bad}).status_code == 200
    assert Reward.objects.count() == 0


def test_counting_stays_once_something_happened(as_: Any) -> None:
    made, by = shop.reward(stock=2), shop.keeper()
    for change in ({"counted": False}, {"kind": "voucher"}):
        with pytest.raises(catalogue.CountingStays):
            said: dict[str, Any] = {"name": "x", "price": 1, **change}
            catalogue.write_reward(actor=by, reward=made, offer=catalogue.Offer(**said))
    assert shop.stock_of(made) == 2


def test_vouchers_are_taken_in_once_and_shown_masked(as_: Any) -> None:
    made, client = shop.voucher(), as_(shop.keeper())
    upload = SimpleUploadedFile("codes.txt", "CODE-0003\nCODE-0001\n".encode("utf-8-sig"), "text/plain")
    _post(client, "desk_vouchers", made.pk, codes="CODE-0001\n\n CODE-0002 \nCODE-0001", file=upload)
    assert (shop.stock_of(made), made.vouchers.count()) == (3, 3)
    page = client.post(reverse("rewards:desk_vouchers", args=[made.pk]), {"codes": "CODE-0002"})
    assert (page.status_code, shop.stock_of(made)) == (200, 3)
    seen = _see(client, "desk_stock", made.pk)
    assert ("CODE-" in seen, "••01" in seen) == (False, True)

    _post(client, "desk_withdraw", Voucher.objects.get(tail="01").pk, reason="หมดอายุ")
    assert (shop.stock_of(made), made.vouchers.count(), shop.book(made)[-1]) == (2, 2, ("corrected", -1, -1))


def test_hidden_communities_are_named_to_no_officer_outside_and_stay_chosen(community_c: Any, as_: Any) -> None:
    kept, desk = shop.reward(audience="communities", communities=[community_c]), as_(shop.keeper())
    for name, args in (("desk_new_reward", []), ("desk_reward", [kept.pk])):
        assert community_c.name not in _see(desk, name, *args)
    page = desk.get(reverse("rewards:desk_reward", args=[kept.pk])).context["form"]
    said = {name: page[name].value() for name in page.fields if page[name].value() is not None} | {"name": "แก้ว"}
    desk.post(reverse("rewards:desk_new_reward"), said | {"communities": [community_c.pk]})
    assert Reward.objects.count() == 1
    desk.post(reverse("rewards:desk_reward", args=[kept.pk]), said | {"communities": []})
    assert (Reward.objects.get().name, list(kept.communities.all())) == ("แก้ว", [community_c])
