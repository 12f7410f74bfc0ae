"""An interview in a browser: clean for axe at both widths, answered on a phone without script, heard from a second with one."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from communities.interviews.actions import links, recording
from communities.interviews.actions.ground import worker
from communities.interviews.models import Interview
from communities.models import Community, Membership
from kmportal.people.models import User
from tests.browser.conftest import sideways, violations
from tests.browser.test_points import session
from tests.make.interviews import answered, make_interview, recorded, sent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def interview(officer: User, community_c: Community) -> Interview:
    Membership.objects.create(community=community_c, user=officer, role=Membership.Role.NOTE_TAKER)
    made = make_interview(officer, community_c, purpose="เก็บไว้ให้คนรุ่นต่อไป", due_on=timezone.localdate())
    answered(sent(officer, made))
    hand, heard = worker(user=officer, interview=made.pk), recorded(officer, made)
    recording.write_note(actor=hand, recording=heard.pk, at=0, text="เริ่มเล่า", field="context")
    return made


@pytest.mark.parametrize(("width", "scheme", "prefix"), [(360, "light", ""), (1280, "dark", "/en")])
def test_every_screen_is_clean(
    browser: Browser, live_server: Any, *, officer: User, interview: Interview, width: int, scheme: Any, prefix: str
) -> None:
    heard = interview.recordings.get().pk
    start, secret = f"/communities/{interview.community.slug}/interviews/", links.new_link(interview=interview, at=timezone.now())
    own, door = f"{start}{interview.pk}/", f"/interview/{secret}/"
    paths = [
        start,
        f"{start}new/",
        own,
        f"{own}plan/",
        f"{own}questions/",
        f"{own}answers/2/",
        f"{own}recordings/",
        f"{own}recordings/{heard}/",
    ]
    paths += [door, f"{door}answers/1/", f"{door}recordings/{heard}/", "/interviews/", f"/interview/{'x' * 43}/"]
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in session(officer).items()])
    page, found = context.new_page(), []
    for path in paths:
        page.goto(live_server.url + prefix + path)
        found += [f"{path}: {line}" for line in violations(page)]
        found += [f"{path}: {sideways(page)} px too wide"] if sideways(page) > 0 else []
    context.close()
    assert found == []


def test_answered_on_a_phone_without_script(open_page: Any, interview: Interview) -> None:
    secret = links.new_link(interview=interview, at=timezone.now())
    page = open_page(f"/interview/{secret}/", width=360, script=False)
    page.click("a.btn.go")
    page.fill("textarea[name=answer]", "เปิดบานก่อนสองชั่วโมง")
    page.click("button[value=next]")
    page.click("button[value=approve]")
    interview.refresh_from_db()
    assert interview.state == "approved"


def test_a_note_plays_from_its_second(open_page: Any, interview: Interview) -> None:
    heard = interview.recordings.get()
    secret = links.new_link(interview=interview, at=timezone.now())
    page = open_page(f"/interview/{secret}/recordings/{heard.pk}/")
    page.wait_for_function("document.querySelector('audio').readyState > 0")
    page.click("[data-by='10']")
    page.click("[data-take]")
    assert page.input_value("#id_at") == "0:00"
    page.click("a[data-at]")
    assert page.url.endswith(f"/recordings/{heard.pk}/")
