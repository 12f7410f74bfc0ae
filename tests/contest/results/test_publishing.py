"""From the last score to points, certificates and a correction: each once."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum

from kmportal.contest.actions import awarding, results, teaching, voting
from kmportal.contest.models import Certificate, Contest, Entry, PrizeAward, ResultVersion, Vote
from kmportal.people.models import User
from rewards.models import Transfer
from tests.contest.results import judged
from tests.make import contest as make

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).parents[3] / "docs" / "recompute_contest.py"


@pytest.fixture
def three(organiser: User, contest: Contest) -> list[Entry]:
    """A wins by points, B has the votes."""
    a, b, c = judged.entries(organiser, contest, 3)
    with make.at(make.DATES["vote_from"]):
        for number in (4, 5):
            voting.vote(actor=judged.member(number), entry=b.pk)
        voting.vote(actor=judged.member(6), entry=c.pk)
    judged.judge(
        contest, organiser, {"ก": {a: (5, 5), b: (3, 3), c: (1, 3)}, "ข": {a: (5, 3), b: (1, 1)}, "ค": {b: (1, 1), c: (1, 1)}}
    )
    return [a, b, c]


def _paid(entry: Entry) -> int:
    return PrizeAward.objects.filter(entry=entry, state="paid").aggregate(sum=Sum("points"))["sum"] or 0


def _ledger(user: User) -> int:
    return sum(
        one.legs.filter(account__owner=user, account__kind__in=["pending", "available"]).aggregate(s=Sum("amount"))["s"] or 0
        for one in Transfer.objects.filter(owner=user)
    )


def test_results_are_published_once_and_corrected_by_the_difference(
    as_: Any, organiser: User, contest: Contest, three: list[Entry], tmp_path: Path
) -> None:
    a, b, _c = three
    with make.at(judged.AFTER):
        version = results.compute(actor=organiser, contest=contest.pk)
        rows = {row.entry_id: row for row in version.rows.all()}
        assert [rows[a.pk].place, rows[b.pk].place, rows[b.pk].popular] == [1, 2, Decimal(100)]
        results.publish(actor=organiser, contest=contest.pk, version=1)
        with pytest.raises(results.AlreadyPublished):
            results.publish(actor=organiser, contest=contest.pk, version=1)
        results.publish_due()
        assert (_paid(a), _paid(b), _ledger(a.owner)) == (60, 0, 60)
        old = list(Certificate.objects.filter(entry=a))
        assert [one.printed for one in old] == ["กลุ่มที่ 1", "เจ้าของ ที่ 1"]

        with pytest.raises(results.ReasonMissing):
            results.compute(actor=organiser, contest=contest.pk, left_out={a.pk: "ผิดกติกา"})
        results.compute(actor=organiser, contest=contest.pk, reason="พบว่าผิดกติกา", left_out={a.pk: "ผิดกติกา"})
        results.publish(actor=organiser, contest=contest.pk, version=2)
        assert (_paid(a), _paid(b), _ledger(a.owner), _ledger(b.owner)) == (0, 60, 0, 60)
        assert not Certificate.objects.standing().filter(entry=a).exists()
        page = as_(b.owner).get(f"/contests/verify/{old[1].code}/").content.decode()
        assert "พบว่าผิดกติกา" in page
        assert "เจ้าของ ที่ 1" not in page
        assert as_(b.owner).get(f"/contests/{contest.slug}/results/1/").status_code == 200

        results.compute(actor=organiser, contest=contest.pk, reason="ตรวจแล้วไม่ผิด", left_out={})
        results.publish(actor=organiser, contest=contest.pk, version=3)
        assert (_paid(a), _paid(b), _ledger(a.owner), _ledger(b.owner)) == (60, 0, 60, 0)

        for number in (1, 2, 3):
            file = tmp_path / f"{number}.zip"
            file.write_bytes(as_(organiser).get(f"/contests/{contest.slug}/figures-{number}.zip").content)
            ran = subprocess.run([sys.executable, SCRIPT, file], capture_output=True, text=True, check=False)
            assert ran.stdout == "equal: 3 entries\n" if number == 3 else ran.stdout
        sheet = as_(a.owner).get(
            f"/contests/certificates/{Certificate.objects.standing().filter(entry=a, user=a.owner).get().code}.pdf"
        )
        assert b"".join(sheet.streaming_content).startswith(b"%PDF")


def test_a_set_time_publishes_by_itself(organiser: User, contest: Contest, three: list[Entry]) -> None:
    due = make.DATES["results_at"]
    with make.at(judged.AFTER):
        results.compute(actor=organiser, contest=contest.pk)
        results.schedule(actor=organiser, contest=contest.pk, version=1, at=due)
    with make.at(due - make.SECOND):
        results.publish_due()
        assert ResultVersion.objects.get().published_at is None
    with make.at(due):
        results.publish_due()
        results.publish_due()
        assert ResultVersion.objects.get().published_at == due
    assert PrizeAward.objects.filter(state="paid").count() == 1


def test_what_waits_is_paid_when_another_agency_applied_it(organiser: User, contest: Contest, three: list[Entry]) -> None:
    a = three[0]
    with make.at(judged.AFTER):
        results.compute(actor=organiser, contest=contest.pk)
        results.publish(actor=organiser, contest=contest.pk, version=1)
        with pytest.raises(awarding.OwnDepartment):
            awarding.tell_applied(actor=judged.member(1), entry=a.pk, words="ใช้เอง")
        for number in (7, 8):
            report = awarding.tell_applied(actor=judged.member(number), entry=a.pk, words="นำไปใช้หน้าห้อง")
            awarding.confirm_applied(actor=organiser, contest=contest.pk, report=report.pk)
        assert (_paid(a), _ledger(a.owner)) == (100, 100)
        lesson = teaching.make_lesson(actor=a.owner, entry=a.pk)
        assert teaching.make_lesson(actor=a.owner, entry=a.pk) == lesson
    assert (lesson.workflow_in_progress, lesson.credits.get().person.user) == (True, a.owner)


def test_only_its_people_read_scores_and_pages_open(as_: Any, organiser: User, contest: Contest, three: list[Entry]) -> None:
    a = three[0]
    slug = f"/contests/{contest.slug}/"
    with make.at(judged.AFTER):
        results.compute(actor=organiser, contest=contest.pk)
        assert as_(a.owner).get(f"{slug}results/").status_code == 404
        assert as_(a.owner).get(f"{slug}publishing/1/").status_code == 403
        results.publish(actor=organiser, contest=contest.pk, version=1)
        own = as_(a.owner).get(f"{slug}gallery/{a.pk}/").content.decode()
        other = as_(three[1].owner).get(f"{slug}gallery/{a.pk}/").content.decode()
        assert "คำของ ก" in own
        assert "คำของ ก" not in other
        found = as_(a.owner).get("/contests/gallery/", {"q": "มุมที่ 1", "contest": contest.pk, "agency": "x"})
        assert found.content.decode().count("<h2") == 1
        for page in ("publishing/", "publishing/1/", "votes/", "applied/", "press/", "press.csv", "press.txt", "book/"):
            assert as_(organiser).get(slug + page).status_code == 200, page
        assert as_(a.owner).get(f"{slug}results/").status_code == 200


def test_votes(organiser: User, contest: Contest) -> None:
    a, b = judged.entries(organiser, contest, 2)
    voter, end = judged.member(3), make.DATES["vote_until"]
    with make.at(end - make.SECOND):
        voting.vote(actor=voter, entry=a.pk)
        voting.vote(actor=voter, entry=b.pk)
        with pytest.raises(voting.OwnEntry):
            voting.vote(actor=judged.member(1), entry=a.pk)
        with pytest.raises(voting.NoVoter):
            voting.vote(actor=organiser, entry=a.pk)
    with make.at(end), pytest.raises(Entry.DoesNotExist):
        voting.vote(actor=voter, entry=a.pk)
    assert Vote.objects.get().entry == b
