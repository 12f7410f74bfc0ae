"""A report's way in a browser: flagged, decided, both told, appealed, taken back by another moderator; and every screen through axe."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from kmportal.moderation.actions.audit import record
from kmportal.moderation.models import Case
from kmportal.people.models import User
from qa.acts import DELETED
from qa.models import Answer
from tests.browser.conftest import sideways, violations
from tests.browser.test_accounts import session
from tests.make import qa as make
from tests.make.cases import appealed, decided, flagged

OpenPage = Callable[..., Page]


@pytest.mark.parametrize(("width", "scheme", "prefix"), [(360, "light", ""), (1280, "dark", "/en")])
@pytest.mark.django_db(transaction=True)
def test_every_page_is_clean(
    browser: Browser, live_server: Any, *, officer: User, outsider: User, width: int, scheme: Any, prefix: str
) -> None:
    first, second = make.moderator(), make.moderator()
    nameless = make.ask(officer, anonymous=True)
    reply = make.answer(nameless, outsider)
    decided(flagged(make.comment(reply, outsider), officer), first, "fine", "ไม่ผิดข้อใด")
    waiting = flagged(reply, officer, "มีชื่อบุคคลและเบอร์โทรศัพท์ที่ไม่ควรเปิดเผย")
    told = decided(flagged(make.answer(make.ask(officer), outsider), officer), first)
    again = appealed(decided(flagged(make.answer(make.ask(officer), outsider), officer), first), outsider)
    record(actor=first, act=DELETED, thing=reply, reason="มีข้อมูลส่วนบุคคล")
    visits = {
        second: ["/moderation/", "/moderation/?show=decided", "/moderation/?show=mine", f"/moderation/cases/{waiting.pk}/",
                 f"/moderation/cases/{again.pk}/", "/moderation/log/", f"/qa/{nameless.pk}/who/"],
        outsider: [f"/moderation/told/{told.pk}/", f"/moderation/told/{again.pk}/"],
    }  # fmt: skip
    found: list[str] = []
    for person, paths in visits.items():
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in session(person).items()])
        page = context.new_page()
        for path in paths:
            page.goto(live_server.url + prefix + path)
            found += [f"{path}: {line}" for line in violations(page)]
            found += [f"{path}: {sideways(page)} px too wide"] if sideways(page) > 0 else []
        context.close()
    assert found == []


@pytest.mark.django_db(transaction=True)
def test_from_a_flag_to_a_granted_appeal(open_page: OpenPage, live_server: Any, officer: User, outsider: User) -> None:
    first, second = make.moderator(), make.moderator()
    reply = make.answer(make.ask(officer, "จะส่งมอบงานอย่างไร"), outsider)

    make.answer(reply.question, first, "<p>ยาว</p>" * 60)
    page = open_page(f"/qa/answer/{reply.pk}/report/flag/", script=False, cookies=session(officer))
    page.fill("[name=reason]", "พูดถึงตัวบุคคล")
    page.click("main form button.go")
    assert page.url.endswith(f"#a{reply.pk}")
    assert (page.locator(".note.ok").bounding_box() or {"y": -1})["y"] == 24
    case = Case.objects.get()

    page = open_page("/moderation/", script=False, cookies=session(first))
    page.click("main .rows a")
    page.check("[value=hidden]")
    page.select_option("[name=ready]", "hidden.polite")
    page.click("main form.panel button.go")
    page.wait_for_selector(".note.ok")
    assert not Answer.objects.visible_to(officer).filter(pk=reply.pk).exists()

    page = open_page("/inbox/", script=False, cookies=session(officer))
    assert "ผลการพิจารณาเรื่องที่คุณแจ้งเกี่ยวกับ “จะส่งมอบงานอย่างไร”" in page.inner_text("main")
    page = open_page("/inbox/", script=False, cookies=session(outsider))
    page.click("text=ผลการพิจารณาเรื่อง “จะส่งมอบงานอย่างไร”")
    page.wait_for_url(f"**/moderation/told/{case.pk}/")
    page.fill("[name=words]", "เป็นคำพูดที่ยกมาจากหนังสือเวียน")
    page.click("main form button.go")
    page.wait_for_selector(".note.ok")

    page = open_page(f"/moderation/cases/{case.pk}/", script=False, cookies=session(second))
    page.check("[value=yes]")
    page.fill("[name=reason]", "ยกคำพูดมาจริง")
    page.click("main form.panel button.go")
    page.wait_for_selector(".note.ok")
    assert Answer.objects.visible_to(officer).filter(pk=reply.pk).exists()
    page = open_page(f"/moderation/told/{case.pk}/", script=False, cookies=session(outsider))
    assert "ยกเลิกผลเดิม" in page.inner_text("main")
