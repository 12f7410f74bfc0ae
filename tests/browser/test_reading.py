"""The reading pages in a browser: no violation, nothing sideways, readable without script, whole on paper."""

from typing import Any

import pytest

from kmportal.people.models import Person
from tests.browser.conftest import OpenPage, sideways, violations
from tests.make.library import item, make_lesson, make_seminar, paragraph, section, session, table, talk

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "ผู้บริหารที่นี่เปลี่ยนบ่อย ฎุ ญู ปี่ งานจึงไม่ต่อเนื่องและต้องเริ่มต้นใหม่ทุกครั้งที่มีการโยกย้าย ซึ่งเกิดขึ้นทุกปีงบประมาณ"


@pytest.fixture
def addresses() -> list[str]:
    speaker = Person.objects.create(prefix="นาย", given_name="เล่า", family_name="เรื่องจริง", position="ผู้อำนวยการ", key="เล่า")
    said = [
        section("ปัญหาและอุปสรรค"),
        item("obstacle", LONG),
        item("practice", LONG, 1),
        paragraph(LONG),
        table([["ปัญหา", "ทางแก้"], [LONG, LONG]]),
    ]
    seminar = make_seminar(
        LONG,
        talks=[[session("ช่วงเช้า"), *talk(LONG, speakers=[speaker], categories=["6"], codes="PM1", items=said)]],
        venue=LONG[:80],
    )
    lesson = make_lesson(LONG, items=list(seminar.items.all()), tellers=[speaker], pitfalls=f"<p>{LONG}</p>", works_when=LONG)
    first = seminar.items.first()
    return [
        "/",
        "/library/",
        "/library/?kind=obstacle",
        "/pmqa/6/",
        seminar.url,
        lesson.url,
        first.get_absolute_url(),
        "/library/?q=zzz",
    ]


def test_axe_finds_nothing_on_a_phone_in_the_dark(open_page: OpenPage, addresses: list[str]) -> None:
    assert {address: found for address in addresses if (found := violations(open_page(address, width=360, scheme="dark")))} == {}


def test_axe_finds_nothing_on_a_desk_by_daylight(open_page: OpenPage, addresses: list[str]) -> None:
    wide = [addresses[0], addresses[1], addresses[4]]
    assert {address: found for address in wide if (found := violations(open_page(address, width=1280)))} == {}


def test_nothing_sticks_out(open_page: OpenPage, addresses: list[str]) -> None:
    """320 is 1280 at 400 %."""
    assert {address: wide for address in addresses if (wide := sideways(open_page(address, width=320))) > 0} == {}


def test_all_is_read_without_script(open_page: OpenPage, addresses: list[str]) -> None:
    page = open_page(addresses[4], script=False)

    assert page.get_by_role("heading", level=1).inner_text().replace("\u00a0", " ") == LONG
    assert page.get_by_role("columnheader").count() == 2


def test_the_page_is_whole_on_paper(open_page: OpenPage, addresses: list[str]) -> None:
    page: Any = open_page(addresses[5])
    page.emulate_media(media="print")

    assert page.locator(".top").is_visible() is False
    assert page.locator(".on-paper img").is_visible() is True
    assert page.locator(".gist").is_visible() is True
