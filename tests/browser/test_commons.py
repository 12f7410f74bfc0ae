"""What members share, in a browser: every page clean for axe and no wider than the screen; forms work without script."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from communities.commons.actions import announcements, events, polls
from communities.commons.models import Event, Poll, Rsvp
from kmportal.people.models import User
from tests.browser.conftest import sideways, violations
from tests.browser.test_rewards import session
from tests.make import commons as make

KINDS = ("announcements", "calendar", "polls", "documents", "actions")


def _scene(officer: User, colleague: User, outsider: User) -> list[str]:
    """Something of every look; the addresses of a facilitator."""
    circle = make.community(officer, colleague, outsider)
    base = f"/communities/{circle.slug}/"
    strict = make.announcement(officer, circle, must_read=True, pinned_until=make.day(3), body="<p>อ่านก่อนวันศุกร์</p>")
    changed = announcements.AnnouncementWords(title="นัดใหม่", body="<p>ย้ายวัน</p>", must_read=True)
    announcements.change_announcement(actor=officer, announcement=strict, words=changed)
    full = make.event(officer, circle, capacity=1, place="ห้องประชุม 3 อาคารรัฐประศาสนภักดี", link="https://meet.example/a")
    for person in (colleague, officer):
        events.answer_event(actor=person, event=full, answer=Rsvp.Answer.YES)
    gone = make.event(officer, circle, "ยกเลิก")
    events.cancel_event(actor=officer, event=gone, reason="วิทยากรป่วย")
    asked = [
        polls.Asked(kind=kind, words=f"คำถาม {kind}", options=["ก", "ข"]) for kind in ("single", "multiple", "scale", "text")
    ]
    poll, named = make.poll(officer, circle, questions=asked), make.poll(officer, circle, anonymous=False)
    option = named.questions.get().options.first()
    assert option is not None
    polls.vote(actor=officer, poll=named, said=polls.Vote(options=frozenset({option.pk})))
    document, item = make.document(officer, circle, summary="ใช้ทุกสัปดาห์"), make.item(officer, circle, owner=officer)
    things: list[Any] = [strict, full, gone, poll, named, document, item]
    forms = [f"{base}{kind}/new/" for kind in KINDS]
    forms += [f"{thing.get_absolute_url()}edit/" for thing in (strict, full, document)]
    forms += [f"{full.get_absolute_url()}cancel/", f"{document.get_absolute_url()}version/", f"{item.get_absolute_url()}move/"]
    lists = [base, *(f"{base}{kind}/" for kind in KINDS), "/me/actions/", "/me/calendar/"]
    return [*(thing.get_absolute_url() for thing in things), *lists, *forms]


@pytest.mark.parametrize(("width", "scheme", "prefix"), [(360, "light", ""), (1280, "dark", "/en")])
@pytest.mark.django_db(transaction=True)
def test_every_page_is_clean(
    browser: Browser, live_server: Any, officer: User, colleague: User, outsider: User, width: int, scheme: Any, prefix: str
) -> None:
    addresses, found = _scene(officer, colleague, outsider), []
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in session(officer).items()])
    page = context.new_page()
    # Forms are the same at every width but the smallest.
    for path in addresses if width < 400 else addresses[:15]:
        answer = page.goto(live_server.url + prefix + path)
        assert answer is not None
        assert answer.status == 200, path
        found += [f"{path}: {problem}" for problem in violations(page)]
        found += [f"{path}: {sideways(page)} px too wide"] if sideways(page) > 0 else []
    page.close()
    assert found == []


@pytest.mark.django_db(transaction=True)
def test_voting_and_answering_need_no_script(browser: Browser, live_server: Any, officer: User, colleague: User) -> None:
    circle = make.community(officer, colleague)
    event, poll = make.event(officer, circle), make.poll(officer, circle)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in session(colleague).items()])
    page = context.new_page()
    page.goto(live_server.url + event.get_absolute_url())
    page.locator("button[value=yes]").click()
    page.goto(live_server.url + poll.get_absolute_url())
    page.get_by_label("อังคาร").check()
    page.locator("form.panel button.go").click()
    assert page.locator("form.panel.stack.g5").count() == 0
    page.close()
    assert Event.objects.get().rsvps.get().user_id == colleague.pk
    assert list(Poll.objects.get().questions.get().options.values_list("words", "votes")) == [("จันทร์", 0), ("อังคาร", 1)]
