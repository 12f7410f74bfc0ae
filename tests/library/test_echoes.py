"""Who else said this: across seminars, in the reader's circle, most alike first."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from kmportal.library import echoes
from kmportal.library.models import ItemBand
from tests.make.library import item, make_seminar, set_body, talk

pytestmark = pytest.mark.django_db
SAID = "ผู้บริหารเปลี่ยนบ่อย งานจึงไม่ต่อเนื่องและต้องเริ่มใหม่ทุกครั้ง"
ALIKE = "ผู้บริหารเปลี่ยนบ่อย งานไม่ต่อเนื่องและต้องเริ่มใหม่ทุกครั้ง"
OTHER = "ได้รับงบประมาณสำหรับจัดซื้อเครื่องคอมพิวเตอร์ครบทุกหน่วยงาน"


def _say(text: str, **fields: Any) -> Any:
    return make_seminar(talks=[talk("ก", items=[item("obstacle", text)])], **fields).items.get()


def test_the_same_said_elsewhere_is_found_most_alike_first() -> None:
    mine, alike, same, _other = _say(SAID), _say(ALIKE), _say(SAID), _say(OTHER)

    assert echoes.of_item(mine, AnonymousUser()) == [same, alike]
    assert echoes.of_page(mine.page, AnonymousUser()) == {mine.pk: {same.pk, alike.pk}}
    assert echoes.of_item(_other, AnonymousUser()) == []


def test_only_what_the_reader_may_see_counts(agency_a: Any, officer: Any, outsider: Any) -> None:
    mine, kept = _say(SAID), _say(SAID, visibility="agency", agency=agency_a)

    for user, found in ((AnonymousUser(), []), (outsider, []), (officer, [kept])):
        assert echoes.of_item(mine, user) == found
        assert echoes.of_page(mine.page, user) == ({mine.pk: {kept.pk}} if found else {})


def test_what_is_retired_or_unpublished_is_silent() -> None:
    mine, gone, hidden = _say(SAID), _say(SAID), _say(SAID)

    set_body(gone.page, [])
    hidden.page.unpublish()

    assert echoes.of_item(mine, AnonymousUser()) == []
    assert echoes.of_page(mine.page, AnonymousUser()) == {}


def test_the_same_talk_is_no_echo_but_another_talk_is() -> None:
    page = make_seminar(
        talks=[talk("ก", items=[item("obstacle", SAID), item("obstacle", SAID)]), talk("ข", items=[item("obstacle", SAID)])]
    )
    first, second, other = page.items.all()

    assert echoes.of_item(first, AnonymousUser()) == [other]
    assert echoes.of_page(page, AnonymousUser()) == {first.pk: {other.pk}, second.pk: {other.pk}, other.pk: {first.pk, second.pk}}


def test_rewording_moves_the_index() -> None:
    mine, there = _say(SAID), _say(OTHER)
    before = set(ItemBand.objects.filter(item=there).values_list("band", "value"))
    blocks = list(there.page.body.raw_data)
    blocks[1]["value"]["text"] = SAID

    set_body(there.page, blocks)

    assert set(ItemBand.objects.filter(item=there).values_list("band", "value")) != before
    assert echoes.of_item(mine, AnonymousUser()) == [there]


def test_the_page_of_a_statement_lists_them(as_: Callable[[Any], Client], visitor: Any) -> None:
    mine, alike = _say(SAID), _say(ALIKE)

    html = as_(visitor).get(reverse("library:item", args=[mine.pk])).content.decode()

    assert reverse("library:item", args=[alike.pk]) in html
    assert f"{mine.page.url}#{mine.anchor}" in html
    assert "อีก 1 แห่งพูดตรงกัน" in as_(visitor).get(mine.page.url).content.decode()


def test_what_several_agencies_said_stands_on_top(
    as_: Callable[[Any], Client], visitor: Any, agency_a: Any, agency_b: Any
) -> None:
    talks = [
        talk("ก", agency=agency_a, items=[item("obstacle", SAID), item("practice", OTHER)]),
        talk("ข", agency=agency_b, items=[item("obstacle", ALIKE)]),
    ]
    page = make_seminar(talks=talks)

    seminar = as_(visitor).get(page.url)

    html = seminar.content.decode()
    assert '<ol class="agree">' in html
    assert html.index('class="agree"') < html.index('id="' + page.talks.first().anchor)
