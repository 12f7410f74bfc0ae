"""The pages of rewards: what they show and to whom, forms that are sent twice, files, and the count of queries."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from rewards.actions import desk
from rewards.models import Redemption
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
