"""An after-action review of five people in five browsers: started, written blind, shown together, one of them cut off meanwhile;
harvested, approved from the link of a mail, reviewed, published, credited and paid.
"""

import re

import pytest
from django.core import mail
from django.db.models import Sum
from playwright.sync_api import Page, expect

from communities.models import Community, Membership
from communities.talk.models import Channel, Message
from kmportal.library.actions import review
from kmportal.library.models import LessonPage
from kmportal.people.models import User
from rewards.models import Leg
from tests.browser.conftest import OpenPage, violations
from tests.browser.test_rewards import session
from tests.make.people import make_user
from tests.make.talk import make_channel

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = "เปิดบานระบายก่อนน้ำมาสองชั่วโมง"


@pytest.fixture
def people(officer: User, outsider: User, colleague: User, agency_coordinator: User, reviewer: User) -> list[User]:
    """Facilitator, note-taker, three who were there; the reviewer of the library belongs to the community too."""
    community = Community.objects.create(name="ชุมชนจัดการน้ำ", slug="water")
    make_channel(community)
    roles = {officer: "facilitator", outsider: "note_taker"}
    five = [officer, outsider, colleague, agency_coordinator, make_user("kitti@agency-b.example")]
    for person in [*five, reviewer]:
        Membership.objects.create(community=community, user=person, role=roles.get(person, "practitioner"))
    return five


def opened(page: Page) -> str:
    """Three clicks and a title."""
    page.locator("a[href$='/circles/new/']").first.click()
    page.locator("a[href*='/circles/new/aar/']").click()
    page.fill("[name=title]", "ทบทวนการรับน้ำท่วม")
    page.locator("form button.btn.go").last.click()
    page.wait_for_url(re.compile(r"/circles/\d+/$"))
    return page.url


def do(page: Page, verb: str) -> None:
    page.locator(f"form[action$='/do/{verb}/'] button").first.click()


def joined(page: Page, circle: str) -> None:
    page.goto(circle)
    page.check("[name=agreed][type=checkbox]")
    page.locator("form[action$='/do/join/'] button.go").click()
    page.wait_for_load_state("networkidle")


def write(page: Page, text: str) -> None:
    page.fill("#say-body", text)
    page.press("#say-body", "Control+Enter")
    expect(page.locator("#say-body")).to_have_value("")


def harvested(keeper: Page, beside: Page, message: Message) -> None:
    """Kept, which somebody else sees in the basket beside their talk; taken from it, drafted, and the teller asked."""
    keeper.locator(f"#{message.anchor} a[href*='/keep/']").click()
    keeper.locator("button[name=field][value=what_happened]").click()
    keeper.wait_for_url("**/channels/**")
    expect(beside.locator(".harvest")).to_contain_text(message.text, timeout=20_000)
    keeper.locator(".harvest a[href$='/basket/']").click()
    keeper.fill("#title", "เปิดบานก่อนน้ำมา")
    keeper.locator("form#to-lesson button").click()
    keeper.wait_for_url(re.compile(r"/harvest/\d+/$"))
    keeper.locator("form[action$='/ask/'] button").click()
    keeper.wait_for_load_state("networkidle")


def gathered(pages: list[Page]) -> None:
    """The circle is opened, joined and begun; all stand in its channel, in the round that is written blind."""
    circle = opened(pages[0])
    for page in pages[1:]:
        joined(page, circle)
    pages[0].goto(circle)
    do(pages[0], "begin")
    channel = Channel.objects.get(community__slug="water").get_absolute_url()
    for page in pages:
        page.goto(circle.split("/communities/")[0] + channel)
        page.wait_for_load_state("networkidle")
    do(pages[0], "next")
    for page in pages[2:]:
        page.locator("[data-circle-body][data-round='2']").wait_for()


def shown_together(pages: list[Page]) -> None:
    """One line is cut before all is shown, and is whole again when it comes back."""
    *there, cut = pages
    cut.context.set_offline(True)
    do(pages[0], "reveal")
    for page in there:
        expect(page.locator(".msgs .msg")).to_have_count(3)
    write(pages[2], "น้ำมาถึงตีสอง")
    expect(pages[3].locator(".msgs .msg")).to_have_count(4)
    cut.context.set_offline(False)
    expect(cut.locator(".msgs .msg")).to_have_count(4, timeout=40_000)
    assert violations(cut) == []


def approved(open_page: OpenPage, teller: User) -> None:
    """By the link of the mail, without an account."""
    (letter,) = [one for one in mail.outbox if "/word/" in str(one.body)]
    address = re.search(r"/word/[\w-]{43}/", str(letter.body))
    assert address is not None
    assert letter.to == [teller.email]
    page = open_page(address[0])
    assert violations(page) == []
    page.locator("button[name=answer][value=approve]").click()
    page.wait_for_load_state("networkidle")


def test_from_a_circle_to_a_lesson(open_page: OpenPage, people: list[User], reviewer: User) -> None:
    pages = [open_page("/communities/water/circles/", cookies=session(person)) for person in people]
    keeper = pages[1]
    gathered(pages)
    for number, page in enumerate(pages[2:]):
        write(page, TOLD if number == 0 else f"ตั้งใจว่าบ้านไม่ท่วม {number}")
    expect(keeper.locator(".msgs .msg")).to_have_count(0)
    shown_together(pages)

    harvested(keeper, pages[0], Message.objects.get(text=TOLD))
    approved(open_page, people[2])
    keeper.reload()
    keeper.locator("form[action$='/hand-in/'] button").click()
    keeper.wait_for_load_state("networkidle")
    review.approve(actor=reviewer, page=LessonPage.objects.get())

    assert LessonPage.objects.get().live
    paid = Leg.objects.filter(transfer__rule_version__rule__code="lesson_published", amount__gt=0)
    of = dict(paid.values_list("transfer__owner").annotate(Sum("amount")))
    assert of[people[2].pk] > of[people[1].pk] > of[people[0].pk] > 0
