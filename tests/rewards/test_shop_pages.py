"""The pages of rewards: what they show and to whom, forms that are sent twice, files, and the count of queries."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from rewards.actions import catalogue, desk
from rewards.models import Redemption, Reward, Voucher, WrongCode
from tests.make import points, shop

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def _see(client: Any, name: str, *args: Any, **data: Any) -> str:
    answer = client.get(reverse(f"rewards:{name}", args=args), data)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return str(answer.content.decode())


def _post(client: Any, name: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"rewards:{name}", args=args), data)


# --- The shop --------------------------------------------------------------------------------------------------------------------
def test_visitors_sign_in_first(as_: Any, visitor: Any) -> None:
    wanted = shop.reward()
    for name, args in (("shop", []), ("reward", [wanted.pk]), ("redemptions", []), ("desk", []), ("desk_code", [])):
        answer = as_(visitor).get(reverse(f"rewards:{name}", args=args))
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))


def test_the_page_says_what_it_costs_and_leaves(as_: Any, officer: Any) -> None:
    points.give(officer, 100)
    wanted = shop.reward(stock=3, place="ห้อง 412", hours="9.00–16.00 น.", limit=2, agency_budget=90)
    page = _see(as_(officer), "reward", wanted.pk)

    for words in ("ห้อง 412", "9.00–16.00 น.", "<dd>100</dd>", "<dd>−40</dd>", "<dd>60</dd>", "<dd>3</dd>"):
        assert words in page


def test_a_form_that_is_sent_twice_is_one_request(as_: Any, officer: Any) -> None:
    points.give(officer, 100)
    wanted, client = shop.reward(), as_(officer)
    page = client.get(wanted.get_absolute_url())
    first = page.context["form"].initial
    assert isinstance(first["key"], UUID)
    assert client.get(wanted.get_absolute_url()).context["form"].initial["key"] != first["key"]

    answers = [_post(client, "reward", wanted.pk, **first, wish="เล่มแดง") for _again in range(3)]

    made = Redemption.objects.get()
    assert {answer.url for answer in answers} == {made.get_absolute_url()}
    assert (made.wish, points.figures(officer)["available"]) == ("เล่มแดง", 60)


def test_a_refusal_is_said_on_the_page(as_: Any, officer: Any) -> None:
    points.give(officer, 10)
    wanted = shop.reward()
    answer = _post(as_(officer), "reward", wanted.pk, key=uuid4(), price=40)
    assert (answer.status_code, Redemption.objects.count()) == (200, 0)
    assert "ขาด" in answer.content.decode()


@pytest.mark.parametrize(
    "data", [{}, {"key": "x", "price": "40"}, {"key": uuid4(), "price": "9" * 40}, {"key": uuid4(), "price": "-1"}]
)
def test_a_broken_form_does_nothing(as_: Any, officer: Any, data: Any) -> None:
    points.give(officer, 100)
    assert _post(as_(officer), "reward", shop.reward().pk, **data).status_code == 200
    assert Redemption.objects.count() == 0


def test_a_reward_kept_to_some_is_nowhere_for_others(as_: Any, officer: Any, outsider: Any, agency_a: Any) -> None:
    kept = shop.reward(name="นกขมิ้นลับเฉพาะ", kind="experience", stock=None, audience="agencies", agencies=[agency_a])
    shop.reward(name="ของทุกคน")
    name = "นกขมิ้นลับเฉพาะ"
    for person, there in ((officer, True), (outsider, False)):
        client = as_(person)
        assert (name in _see(client, "shop"), name in _see(client, "shop", kind="experience")) == (there, there)
        assert len(client.get(reverse("rewards:shop")).context["cards"]) == 1 + there
        assert client.get(kept.get_absolute_url()).status_code == (200 if there else 404)
        assert client.get(reverse("rewards:picture", args=[kept.pk])).status_code == 404
        assert name not in client.get(reverse("search:page"), {"q": "นกขมิ้น"}).content.decode().replace('value="นกขมิ้น"', "")
    assert _post(as_(outsider), "reward", kept.pk, key=uuid4(), price=40).status_code == 404


def test_drafts_show_to_keepers_alone(as_: Any, officer: Any) -> None:
    draft = shop.reward(name="ร่างเท่านั้น", state="draft")
    assert as_(officer).get(draft.get_absolute_url()).status_code == 404
    assert "ร่างเท่านั้น" in _see(as_(shop.keeper()), "reward", draft.pk)
    assert "ร่างเท่านั้น" not in _see(as_(shop.keeper()), "shop")


# --- One's own -------------------------------------------------------------------------------------------------------------------
def test_code_and_voucher_show_to_their_owner_alone(as_: Any, officer: Any, colleague: Any) -> None:
    points.give(officer, 200)
    ready = shop.ready(officer, shop.reward())
    given = desk.approve(actor=shop.keeper(), redemption=shop.order(officer, shop.voucher("SECRET-77")), at=NOW)

    assert ready.code in _see(as_(officer), "redemption", ready.pk)
    assert "SECRET-77" in _see(as_(officer), "redemption", given.pk)
    for person in (colleague, shop.keeper()):
        for one in (ready, given):
            assert as_(person).get(one.get_absolute_url()).status_code == 404
            assert _post(as_(person), "cancel", one.pk).status_code == 404
    keeper = as_(shop.keeper())
    seen = (
        _see(keeper, "desk", state="all") + _see(keeper, "desk_redemption", ready.pk) + _see(keeper, "desk_redemption", given.pk)
    )
    seen += _see(keeper, "desk_stock", given.reward_id) + _see(keeper, "receipt", given.pk)
    assert (ready.code in seen, ready.code.replace("-", "") in seen, "SECRET" in seen) == (False, False, False)


def test_before_the_approval_there_is_no_voucher(as_: Any, officer: Any) -> None:
    points.give(officer, 100)
    asked = shop.order(officer, shop.voucher("SECRET-77"))
    assert "SECRET" not in _see(as_(officer), "redemption", asked.pk)


def test_the_statement_leads_to_the_redemption(as_: Any, officer: Any) -> None:
    points.give(officer, 100)
    made = shop.order(officer, shop.reward())
    assert f'href="{made.get_absolute_url()}"' in _see(as_(officer), "statement")


def test_cancelling_by_the_page(as_: Any, officer: Any) -> None:
    points.give(officer, 100)
    made = shop.order(officer, shop.reward())
    assert as_(officer).get(reverse("rewards:cancel", args=[made.pk])).status_code == 405
    assert _post(as_(officer), "cancel", made.pk).url == made.get_absolute_url()
    assert shop.now(made).state == "cancelled"
    assert made.get_absolute_url() in _see(as_(officer), "redemptions")


def test_the_receipt_is_for_those_two(as_: Any, officer: Any, colleague: Any) -> None:
    points.give(officer, 100)
    ready = shop.ready(officer, shop.reward())
    assert as_(officer).get(reverse("rewards:receipt", args=[ready.pk])).status_code == 404
    desk.hand_over(actor=shop.keeper(), redemption=ready, code=ready.code, at=NOW)
    for person in (officer, shop.keeper()):
        assert str(officer) in _see(as_(person), "receipt", ready.pk)
    assert as_(colleague).get(reverse("rewards:receipt", args=[ready.pk])).status_code == 404


# --- The desk --------------------------------------------------------------------------------------------------------------------
def test_others_find_no_desk(as_: Any, officer: Any, coordinator: Any, admin: Any) -> None:
    points.give(officer, 100)
    made, wanted = shop.ready(officer, shop.reward()), shop.reward()
    gets = {
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
            catalogue.write_reward(actor=by, reward=made, offer=catalogue.Offer(**{"name": "x", "price": 1} | change))
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


# --- Queries ---------------------------------------------------------------------------------------------------------------------
def test_twenty_rows_ask_as_much_as_one(as_: Any, officer: Any, queries: Any) -> None:
    points.give(officer, 5000)
    mine, by = as_(officer), as_(shop.keeper())
    pages = [
        (mine, reverse("rewards:shop")), (mine, reverse("rewards:redemptions")), (by, reverse("rewards:desk")),
        (by, reverse("rewards:desk_rewards")),
    ]  # fmt: skip
    first = shop.reward(name="ชิ้นที่ 0")
    shop.order(officer, first)
    for client, address in pages:
        client.get(address)
    few = [queries(client, address) for client, address in pages]
    for number in range(19):
        shop.order(officer, shop.reward(name=f"ชิ้นที่ {number + 1}"), at=NOW - timedelta(days=number))
    assert [queries(client, address) for client, address in pages] == few
