"""Bounties, thanks, badges and boards in a browser: clean for axe at both widths, and usable without script."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from kmportal.people.models import User
from qa.actions.accepting import accept
from qa.actions.bounty import give, offer
from rewards.actions.awarding import award
from rewards.actions.badging import check_badges
from rewards.actions.thanking import thank
from rewards.models import Reason, Thanks
from tests.browser.conftest import sideways, violations
from tests.browser.test_points import session
from tests.make import points
from tests.make import qa as make
from tests.make.people import make_agency, make_user

OpenPage = Callable[..., Page]


def _old(asker: User, **more: Any) -> Any:
    question = make.ask(asker, **more)
    make.asked_on(question, timezone.now() - timedelta(days=2))
    return question


def _lively(officer: User, outsider: User) -> dict[str, Any]:
    """A question of every look, a board with two lines, a badge."""
    points.give(officer, 700, reputation=60)
    asked, given = _old(officer, title="จะเล่าบทเรียนให้คนนอกวงการเข้าใจได้อย่างไร"), _old(officer)
    far = [
        make_user(f"far{at}@far.example", agency=make_agency(f"far-{at}", f"กรมไกล {at}"), given=f"ไกล{at}") for at in range(5)
    ]
    reply, other = make.answer(asked, outsider), make.answer(given, outsider)
    offer(actor=officer, question=asked, points=150), offer(actor=officer, question=given, points=50)
    give(actor=officer, answer=other), accept(actor=officer, answer=other)
    for person in (officer, *far):
        thank(actor=person, kind=make.ANSWERS, key=reply.pk)
    for payer in far:
        for earner in (officer, outsider):
            award(reason=Reason.USEFUL_VOTE, earner=earner, payer=payer, source=asked, key=str(payer.pk), at=timezone.now())
    check_badges(people=[officer.pk, outsider.pk], at=timezone.now())
    return {"asked": asked, "given": given, "reply": reply, "young": _old(outsider)}


@pytest.mark.parametrize(("width", "scheme", "prefix"), [(360, "light", ""), (1280, "dark", "/en")])
@pytest.mark.django_db(transaction=True)
def test_every_page_is_clean(
    browser: Browser, live_server: Any, *, officer: User, outsider: User, width: int, scheme: Any, prefix: str
) -> None:
    made = _lively(officer, outsider)
    paths = [
        "/badges/", "/boards/", "/boards/?board=agencies", f"/qa/{made['asked'].pk}/", f"/qa/{made['given'].pk}/",
        f"/qa/{made['young'].pk}/bounty/", f"/qa/answer/{made['reply'].pk}/bounty/", "/qa/?show=bounty", "/me/points/",
        outsider.person.get_absolute_url(),
    ]  # fmt: skip
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in session(officer).items()])
    page, found = context.new_page(), []
    for path in paths:
        page.goto(live_server.url + prefix + path)
        found += [f"{path}: {line}" for line in violations(page)]
        found += [f"{path}: {sideways(page)} px too wide"] if sideways(page) > 0 else []
    context.close()

    assert found == []


@pytest.mark.django_db(transaction=True)
def test_thanks_without_script(open_page: OpenPage, officer: User, outsider: User) -> None:
    question = make.ask(officer)
    make.answer(question, outsider)
    page = open_page(f"/qa/{question.pk}/", script=False, cookies=session(officer))

    page.click(".thanked summary")
    page.fill(".thanked input[name=words]", "ช่วยได้มาก")
    page.click(".thanked form button")

    assert Thanks.objects.get().words == "ช่วยได้มาก"
    assert page.get_attribute(".thanked button", "aria-pressed") == "true"


@pytest.mark.django_db(transaction=True)
def test_a_board_prints(open_page: OpenPage, officer: User, outsider: User) -> None:
    _lively(officer, outsider)
    page = open_page("/boards/", cookies=session(officer))

    page.emulate_media(media="print")

    assert (page.is_visible(".board"), page.is_visible("main form"), page.is_visible(".nav")) == (True, False, False)
