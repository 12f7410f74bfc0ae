"""From the finder to a lesson: found, the superior's word from the link of a mail, asked, held, written down, confirmed, drafted."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from communities.experts.models import Consultation, Offer, Outcome
from kmportal.people.models import User
from tests.browser.conftest import OpenPage, sideways, violations
from tests.browser.test_rewards import session
from tests.make import experts as make

pytestmark = pytest.mark.django_db(transaction=True)


def _agreed(open_page: OpenPage, doctor: User, superior: User) -> None:
    """Without an account, on a phone, without a script."""
    made = make.offer(doctor, superior, agreed=False)
    (letter,) = [one for one in mail.outbox if "/agreements/" in str(one.body)]
    address = re.search(r"/agreements/[\w-]{43}/", str(letter.body))
    assert address is not None
    looked_at = open_page(address[0], width=360)
    assert (violations(looked_at), sideways(looked_at)) == ([], 0)
    page = open_page(address[0], width=360, script=False)
    page.fill("[name=until]", f"1/10/{make.today(200).year + 543}")
    page.locator("button[value=agree]").click()
    assert Offer.objects.get(pk=made.pk).state == "agreed"


def _asked(page: Page) -> Consultation:
    page.locator("a[href$='/consult/']").first.click()
    page.fill("[name=subject]", "ลดรอบเวลาอนุมัติ")
    page.fill("[name=need]", "ต้องเสนอแผนสิ้นเดือน")
    page.fill("[name=day]", f"{make.today():%d/%m}/{make.today().year + 543}")
    page.locator("main form button.go").last.click()
    page.wait_for_url("**/consultations/")
    page.get_by_role("link", name="ลดรอบเวลาอนุมัติ").click()
    page.wait_for_url(re.compile(r"/consultations/\d+/"))
    return Consultation.objects.get()


def test_from_the_finder_to_a_lesson_draft(
    open_page: OpenPage, officer: User, outsider: User, cop_member: User, reviewer: User
) -> None:
    asker, doctor, superior = officer, outsider, cop_member
    _agreed(open_page, doctor, superior)
    page = open_page("/experts/?q=ลดขั้นตอนงาน", cookies=session(asker))
    assert (violations(page), sideways(page)) == ([], 0)
    it = _asked(page)
    place = it.get_absolute_url()
    theirs = open_page(place, cookies=session(doctor))
    theirs.locator("form[action$='/accept/'] button.go").click()
    page.reload()
    page.locator("form[action$='/finish/'] button").click()
    page.locator("a[href$='/outcome/']").click()
    for name, text in {
        "title": "ลดรอบอนุมัติ",
        "context": "อนุมัติห้าชั้น",
        "advice": "รวมสองชั้นแรก",
        "lesson": "รวมชั้นที่ตรวจเรื่องเดียวกัน",
    }.items():
        page.fill(f"[name={name}]", text)
    page.locator("main form button.go").last.click()
    expect(page.locator("main")).to_contain_text("รวมสองชั้นแรก")
    assert page.locator("form[action$='/draft/']").count() == 0
    theirs.goto(theirs.url)
    theirs.locator("button[value=confirm]").click()
    expect(theirs.locator("form[action$='/draft/'] button")).to_be_visible()
    page.reload()
    page.locator("form[action$='/draft/'] button").click()
    expect(page.locator("a[href$='/lesson/']")).to_be_visible()
    lesson = Outcome.objects.get().page
    assert lesson is not None
    assert [(one.person.user, one.part) for one in lesson.credits.all()] == [(doctor, "teller"), (asker, "note_taker")]
