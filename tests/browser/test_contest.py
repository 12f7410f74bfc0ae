"""A whole contest: announced, entered to the second, judged without names, voted on, published, recomputed by the separate script."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kmportal.contest import clock
from kmportal.contest.actions import assigning, scoring, voting
from kmportal.contest.actions.scoring import Marks
from kmportal.contest.models import Assignment, Certificate, Contest, Entry, Judge, ResultRow, Vote
from kmportal.people.models import User
from tests.browser.conftest import OpenPage, sideways, violations
from tests.browser.test_rewards import session
from tests.contest.results import judged
from tests.make import contest as make
from tests.make.people import make_user

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = Path(__file__).parents[2] / "docs" / "recompute_contest.py"
SECOND = timedelta(seconds=1)
GIVEN = ((5, 5), (5, 3), (5, 3), (3, 3), (3, 1))


class Hands:
    """The clock of the contest for all threads: the server's too."""

    def __init__(self) -> None:
        self.at: datetime | None = None

    def get(self) -> datetime | None:
        return self.at

    def set(self, moment: datetime | None) -> datetime | None:
        before, self.at = self.at, moment
        return before

    def reset(self, token: datetime | None) -> None:
        self.at = token


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    made = Hands()
    monkeypatch.setattr(clock, "_set", made)
    yield made


def _clean(page: Page) -> None:
    assert violations(page) == []
    assert sideways(page) <= 0


def _entered(organiser: User, contest: Contest, hands: Hands, open_page: OpenPage) -> list[Entry]:
    """Five hand in by verbs; the sixth at the last second in the browser; a seventh one second later is refused and keeps the draft."""
    made = [
        make.make_entry(
            judged.member(at, "นงนุชผู้ลับ"), contest, title=f"มุมงานที่ {at}", unit=f"กลุ่มลับที่ {at}", when=make.DEADLINE - SECOND
        )
        for at in range(1, 6)
    ]
    drafts = [
        make.make_entry(judged.member(at, "นงนุชผู้ลับ"), contest, title=f"มุมงานที่ {at}", unit=f"กลุ่มลับที่ {at}", handed_in=False)
        for at in (6, 7)
    ]
    for draft, moment, words in zip(drafts, (make.DEADLINE - SECOND, make.DEADLINE), ("KM-", "ปิดรับผลงานแล้ว"), strict=True):
        hands.at = make.DEADLINE - SECOND
        page = open_page(f"/contests/{contest.slug}/entries/{draft.pk}/check/", cookies=session(draft.owner))
        hands.at = moment
        page.get_by_role("button", name="ส่งผลงาน").click()
        expect(page.locator("main")).to_contain_text(words)
    states = [Entry.objects.get(pk=one.pk).state for one in drafts]
    assert states == ["submitted", "draft"]
    return [make.admitted(organiser, Entry.objects.get(pk=one.pk)) for one in (*made, drafts[0])]


def _traces(entries: list[Entry]) -> list[str]:
    found = ["กลุ่มลับ", "นงนุชผู้ลับ", "unit.example", "ชั้น 2", "corner.jpg"]
    for one in entries:
        found += [str(one.agency), one.code, one.receipt, one.owner.person.handle, one.owner.email]
    return found


def _fetched(page: Page, start: str) -> list[str]:
    """The judge's list, and every page, picture and file that can be reached from it: addresses, headers and bodies."""
    waiting, done, found = [start], set(), []
    host = re.sub(r"(https?://[^/]+).*", r"\1", page.url)
    while waiting:
        address = waiting.pop()
        done.add(address)
        answer = page.context.request.get(host + address)
        assert answer.status == 200, address
        body = answer.body()
        found += [address + repr(answer.headers), body.decode("utf-8", "ignore"), body.decode("latin-1")]
        if "html" in answer.headers["content-type"]:
            near = set(re.findall(rf'(?:href|src)="({re.escape(start)}[^"#]+)"', body.decode()))
            waiting += sorted(near - done - set(waiting))
    assert len(done) >= 19, done
    return found


def _judge_in_the_browser(contest: Contest, judge: Judge, entries: list[Entry], open_page: OpenPage) -> None:
    """One entry is recognised and left, one is scored; nothing that arrives tells whose it is: pages, pictures, headers."""
    start = f"/contests/{contest.slug}/judge/"
    page = open_page(start, cookies=session(judge.user))
    host = page.url.removesuffix(start)
    _clean(page)
    for text in _fetched(page, start):
        assert not [trace for trace in _traces(entries) if trace in text]
    page.goto(f"{host}{start}{_of(judge, entries[5]).position}/aside/")
    page.locator("main textarea").fill("เคยทำงานด้วยกัน")
    page.locator("main form button").click()
    expect(page.locator("main")).not_to_contain_text("มุมงานที่ 6")
    page.goto(f"{host}{start}{_of(judge, entries[0]).position}/")
    _clean(page)
    for place, points in enumerate(GIVEN[0], 1):
        page.locator(f"input[name=c{place}][value='{points}']").check()
    page.locator("textarea[name=note]").fill("นำไปใช้ได้ทันที")
    page.locator("button[name=hand_in]").click()


def _of(judge: Judge, entry: Entry) -> Assignment:
    return Assignment.objects.get(judge=judge, entry=entry)


def _judged(contest: Contest, judges: list[Judge], entries: list[Entry]) -> None:
    """The other sheets, by the verb: entries 2 and 3 are equal in everything."""
    criteria = list(contest.criteria.all())
    for judge in judges:
        for entry, given in zip(entries, (*GIVEN, (1, 1)), strict=True):
            sheet = _of(judge, entry)
            if sheet.state == "open":
                marks = Marks(dict(zip([one.pk for one in criteria], given, strict=True)), {criteria[0].pk: "ชัด"}, "ขอบคุณ")
                scoring.save_sheet(actor=judge.user, assignment=sheet.pk, marks=marks, hand_in=True)


def _voted(contest: Contest, entries: list[Entry], open_page: OpenPage) -> None:
    voter = judged.member(8)
    page = open_page(f"/contests/{contest.slug}/vote/", cookies=session(voter), width=360)
    _clean(page)
    page.get_by_role("button", name="ลงคะแนนให้ มุมงานที่ 4").click()
    page.get_by_role("button", name="ลงคะแนนให้ มุมงานที่ 1", exact=True).click()
    expect(page.locator("main li", has_text="เสียงของคุณ")).to_contain_text("มุมงานที่ 1")
    voting.vote(actor=judged.member(9), entry=entries[3].pk)
    assert sorted(Vote.objects.values_list("entry", flat=True)) == [entries[0].pk, entries[3].pk]


def _published(contest: Contest, organiser: User, open_page: OpenPage, tmp_path: Path) -> Page:
    page = open_page(f"/contests/{contest.slug}/publishing/", cookies=session(organiser))
    _clean(page)
    page.get_by_role("button", name="คำนวณแล้วดูผล").click()
    expect(page.locator("main")).to_contain_text("ครองอันดับร่วมกัน")
    _clean(page)
    with page.expect_download() as got:
        page.get_by_role("link", name="ตัวเลขสำหรับคำนวณซ้ำ").click()
    got.value.save_as(tmp_path / "figures.zip")
    page.get_by_role("button", name="ประกาศทันที").click()
    expect(page.locator("h1")).to_contain_text("ผล")
    ran = subprocess.run([sys.executable, SCRIPT, tmp_path / "figures.zip"], capture_output=True, text=True, check=False)
    assert ran.stdout == "equal: 6 entries\n"
    return page


def _certified(contest: Contest, entry: Entry, open_page: OpenPage, host: str) -> None:
    """The entrant reads the judges' notes and gets a certificate; anybody can ask whether it holds."""
    owner = entry.owner
    page = open_page(f"/contests/{contest.slug}/gallery/{entry.pk}/", cookies=session(owner), width=360)
    expect(page.locator("main")).to_contain_text("นำไปใช้ได้ทันที")
    _clean(page)
    code = Certificate.objects.get(user=owner).code
    assert page.context.request.get(f"{host}/contests/certificates/{code}.pdf").body().startswith(b"%PDF")
    page = open_page(f"/contests/verify/?code={code.lower()}", script=True)
    expect(page.locator("main")).to_contain_text("ยังใช้ได้")
    expect(page.locator("main")).not_to_contain_text(owner.person.formal_name)
    _clean(page)
    page = open_page("/contests/gallery/?q=มุมงานที่+1", cookies=session(owner), width=360, script=False)
    expect(page.locator("main h2")).to_have_count(1)
    _clean(open_page("/contests/gallery/", cookies=session(owner)))


def test_from_the_announcement_to_the_certificate(
    hands: Hands, reviewer: User, open_page: OpenPage, live_server: Any, tmp_path: Path
) -> None:
    organiser = make.make_organiser(reviewer)
    contest = make.make_contest(organiser, announced=False)
    hands.at = make.START
    page = open_page(f"/contests/{contest.slug}/setup/", cookies=session(organiser))
    page.get_by_role("button", name=re.compile("ประกาศ")).first.click()
    contest.refresh_from_db()
    assert contest.state == "announced"

    entries = _entered(organiser, contest, hands, open_page)
    hands.at = make.DEADLINE + timedelta(days=2)
    people = [make_user(f"judge{at}@panel.example", given=f"กรรมการ{at}", family="คนกลาง") for at in (1, 2, 3)]
    judges = [assigning.appoint(actor=organiser, contest=contest.pk, person=one.person) for one in people]
    assigning.draw(actor=organiser, contest=contest.pk, seed="สลาก 1 กันยายน")
    hands.at = make.DATES["vote_from"]
    _judge_in_the_browser(contest, judges[0], entries, open_page)
    _voted(contest, entries, open_page)
    _judged(contest, judges, entries)
    hands.at = make.DATES["judge_until"] + SECOND
    scoring.close_judging(actor=organiser, contest=contest.pk)
    page = _published(contest, organiser, open_page, tmp_path)
    rows = {row.entry_id: row.place for row in ResultRow.objects.all()}
    assert [rows[one.pk] for one in entries] == [1, 3, 3, 2, 5, 6]
    _clean(page)
    for address in ("press/", "book/", f"gallery/{entries[0].pk}/", "votes/", "applied/"):
        page.goto(f"{live_server.url}/contests/{contest.slug}/{address}")
        _clean(page)
    _certified(contest, entries[0], open_page, live_server.url)
