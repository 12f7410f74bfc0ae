"""Judging from the draw to the end: who may do what when, and what nobody gets to see."""

import io
import zipfile
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from pypdf import PdfReader, PdfWriter
from wagtail.snippets.models import get_snippet_models

from kmportal.contest import drawing, sheets, telltale
from kmportal.contest.actions import assigning, recusing, scoring
from kmportal.contest.actions.judging_ground import JudgingClosed
from kmportal.contest.actions.scoring import Marks
from kmportal.contest.models import Assignment, AuditAct, Contest, Entry, EntryFile, Judge, Recusal, Score, TeamMember
from kmportal.contest.presenting.panel import panel
from kmportal.inbox.models import Notice
from kmportal.people.models import User
from tests.contest.judging.conftest import OWNER, UNIT, add_file, add_picture, make_entry

pytestmark = pytest.mark.django_db


def _marks(contest: Contest, *points: int | None, note: str = "") -> Marks:
    keys = [one.pk for one in contest.criteria.all()]
    return Marks(dict(zip(keys, points, strict=True)), {keys[0]: "หมายเหตุ"}, note)


def _sheets(judge: User) -> list[Assignment]:
    return list(Assignment.objects.judged_by(judge).order_by("position"))


def _score_all(judged: SimpleNamespace, points: int = 4) -> None:
    for judge in judged.judges:
        for sheet in _sheets(judge):
            scoring.save_sheet(actor=judge, assignment=sheet.pk, marks=_marks(judged.contest, points, points), hand_in=True)


def test_the_draw_is_balanced_written_down_and_can_be_repeated(judged: SimpleNamespace) -> None:
    assigning.draw(actor=judged.organiser, contest=judged.contest.pk, seed="2569")
    assert Counter(Assignment.objects.values_list("entry__code", flat=True)) == {"1001": 2, "1002": 2, "1003": 2, "1004": 2}
    assert set(Counter(Assignment.objects.values_list("judge", flat=True)).values()) == {2}
    act = AuditAct.objects.get(act="judging.drawn").data
    given = drawing.Given(act["seed"], act["per_entry"], act["may"], act["judges"])
    assert [list(pair) for pair in drawing.draw(given).pairs] == act["pairs"]
    with pytest.raises(assigning.ReasonMissing):
        assigning.draw(actor=judged.organiser, contest=judged.contest.pk)
    assigning.draw(actor=judged.organiser, contest=judged.contest.pk, reason="เพิ่มกรรมการ")
    assert AuditAct.objects.filter(act="judging.drawn").count() == 2
    judge = judged.judges[0]
    scoring.save_sheet(actor=judge, assignment=_sheets(judge)[0].pk, marks=_marks(judged.contest, 1, None))
    before = set(Assignment.objects.values_list("pk", flat=True))
    with pytest.raises(assigning.BegunAlready):
        assigning.draw(actor=judged.organiser, contest=judged.contest.pk, reason="อีกครั้ง")
    assert set(Assignment.objects.values_list("pk", flat=True)) == before


def test_only_organisers_of_this_contest_run_the_panel(judged: SimpleNamespace, as_: Any, admin: User, coordinator: User) -> None:
    address = f"/contests/{judged.contest.slug}/panel/"
    assert [as_(who).get(address).status_code for who in (judged.organiser, judged.judges[0], admin, coordinator)] == [
        200,
        403,
        403,
        403,
    ]
    with pytest.raises(PermissionDenied):
        assigning.draw(actor=admin, contest=judged.contest.pk)
    with pytest.raises(assigning.TakesPart):
        assigning.appoint(actor=judged.organiser, contest=judged.contest.pk, person=judged.entries[0].owner.person)
    assert Judge.objects.count() == 4


def test_a_sheet_is_kept_handed_in_once_and_read_by_nobody_else(judged: SimpleNamespace, as_: Any) -> None:
    assigning.draw(actor=judged.organiser, contest=judged.contest.pk)
    judge, other = judged.judges[:2]
    sheet = _sheets(judge)[0]
    address = f"/contests/{judged.contest.slug}/judge/{sheet.position}/"
    client = as_(judge)
    assert client.post(address, {"c1": "3", "revision": "0", "save": "1"}).status_code == 302
    assert client.post(address, {"c1": "3", "revision": "1", "hand_in": "1"}).status_code == 422
    assert client.post(address, {"c1": "9", "c2": "2", "revision": "1", "hand_in": "1"}).status_code == 422
    assert client.post(address, {"c1": "5", "revision": "0", "save": "1"}).status_code == 422, "an older window wins nothing"
    whole = {"c1": "3", "c2": "2", "n1": "ความลับของกรรมการ", "note": "คำถึงเจ้าของ", "revision": "1", "hand_in": "1"}
    assert [client.post(address, whole).status_code for _twice in range(2)] == [302, 302]
    assert AuditAct.objects.filter(act="judging.sheet_done").count() == 1
    with pytest.raises(scoring.HandedIn):
        scoring.save_sheet(actor=judge, assignment=sheet.pk, marks=_marks(judged.contest, 5, 5))
    assert set(Score.objects.values_list("points", flat=True)) == {2, 3}
    for who in (other, judged.organiser, sheet.entry.owner):
        assert not Score.objects.visible_to(who).exists()
        with pytest.raises(Assignment.DoesNotExist):
            scoring.save_sheet(actor=who, assignment=sheet.pk, marks=_marks(judged.contest, 0, 0))
    shown = as_(judged.organiser).get(f"/contests/{judged.contest.slug}/panel/").content.decode()
    assert "ความลับ" not in shown and "คำถึงเจ้าของ" not in shown
    assert "note" in Assignment.objects.visible_to(judged.organiser).get(pk=sheet.pk).get_deferred_fields()
    with pytest.raises(sheets.StillJudged):
        sheets.totals_of(judged.contest)
    assert not any(model._meta.app_label == "contest" for model in get_snippet_models())
    scoring.give_back(actor=judged.organiser, assignment=sheet.pk, reason="กรรมการขอแก้")
    scoring.save_sheet(actor=judge, assignment=sheet.pk, marks=_marks(judged.contest, 5, 5), hand_in=True)
    assert set(Score.objects.values_list("points", flat=True)) == {5}


def test_closing_ends_everything_and_shows_the_totals(judged: SimpleNamespace, as_: Any) -> None:
    assigning.draw(actor=judged.organiser, contest=judged.contest.pk)
    with pytest.raises(scoring.Unjudged):
        scoring.close_judging(actor=judged.organiser, contest=judged.contest.pk, reason="รีบ")
    _score_all(judged)
    seed = Contest.objects.get(pk=judged.contest.pk).seed
    assert seed not in as_(judged.judges[0]).get(f"/contests/{judged.contest.slug}/draw/").content.decode()
    closed = scoring.close_judging(actor=judged.organiser, contest=judged.contest.pk)
    judge = judged.judges[0]
    with pytest.raises(JudgingClosed):
        scoring.save_sheet(actor=judge, assignment=_sheets(judge)[0].pk, marks=_marks(judged.contest, 4, 4), hand_in=True)
    with pytest.raises(JudgingClosed):
        recusing.step_aside(actor=judge, assignment=_sheets(judge)[0].pk, reason="รู้จัก")
    assert {one.normalised for one in sheets.totals_of(closed).values()} == {80}
    assert Score.objects.visible_to(judged.organiser).count() == 16
    assert "80.0000" in as_(judged.organiser).get(f"/contests/{judged.contest.slug}/panel/").content.decode()
    assert seed in as_(None).get(f"/contests/{judged.contest.slug}/draw/").content.decode()


def test_conflicts_are_found_declared_and_replaced(judged: SimpleNamespace) -> None:
    near, member, *_rest = judged.judges
    User.objects.filter(pk=near.pk).update(agency=judged.entries[0].owner.agency)
    TeamMember.objects.create(entry=judged.entries[2], user=member, printed="ก", asked_at=judged.day(0))
    assigning.draw(actor=judged.organiser, contest=judged.contest.pk)
    found = {(one.judge.user, one.entry.code, one.why) for one in Recusal.objects.all()}
    assert found == {(near, "1001", "agency"), (near, "1002", "agency"), (member, "1003", "agency"), (member, "1003", "team")}
    held = {(one.judge.user, one.entry.code) for one in Assignment.objects.all()}
    assert not held & {(who, code) for who, code, _why in found}
    sheet = _sheets(judged.judges[2])[0]
    scoring.save_sheet(actor=judged.judges[2], assignment=sheet.pk, marks=_marks(judged.contest, 1, 1), hand_in=True)
    recusing.step_aside(actor=judged.judges[2], assignment=sheet.pk, reason="เคยทำงานด้วยกัน")
    sheet.refresh_from_db()
    assert sheet.state == "recused"
    live = Assignment.objects.filter(entry=sheet.entry, state="open")
    assert live.count() == 2 and judged.rows[2].pk not in live.values_list("judge", flat=True)
    assert Notice.objects.filter(recipient=judged.organiser, kind="contest.judge_aside").count() == 1
    with pytest.raises(assigning.HasConflict):
        assigning.give(actor=judged.organiser, contest=judged.contest.pk, judge=judged.rows[2].pk, entry=sheet.entry_id)
    assigning.release(actor=judged.organiser, judge=judged.rows[3].pk, reason="ป่วย")
    assert not Assignment.objects.filter(judge=judged.rows[3], state="open").exists()


def test_calibration_comes_first_and_counts_for_nothing(judged: SimpleNamespace, as_: Any) -> None:
    assigning.choose_calibration(actor=judged.organiser, contest=judged.contest.pk, entry=judged.entries[3].pk)
    assigning.draw(actor=judged.organiser, contest=judged.contest.pk)
    judge = judged.judges[0]
    first, then = _sheets(judge)[:2]
    with pytest.raises(scoring.CalibrateFirst):
        scoring.save_sheet(actor=judge, assignment=then.pk, marks=_marks(judged.contest, 1, 1))
    scoring.save_sheet(actor=judge, assignment=first.pk, marks=_marks(judged.contest, 1, 1), hand_in=True)
    _score_all(judged, 1)
    address = f"/contests/{judged.contest.slug}/judge/calibration/"
    assert as_(judge).get(address).status_code == 404
    scoring.open_calibration(actor=judged.organiser, contest=judged.contest.pk)
    assert as_(judge).get(address).status_code == 200
    scoring.close_judging(actor=judged.organiser, contest=judged.contest.pk)
    judged.contest.refresh_from_db()
    assert set(sheets.totals_of(judged.contest)) == {one.pk for one in judged.entries[:3]}


def test_a_judge_meets_no_trace_of_the_entrant(judged: SimpleNamespace, as_: Any) -> None:
    owner = judged.entries[0].owner
    User.objects.filter(pk=owner.pk).update(first_name="สุรีย์พร", last_name="อ่อนละมัย")
    picture = add_picture(judged.entries[0])
    add_file(judged.entries[0], _docx(), "กรมตัวอย่างที่สอง-ฉบับจริง.docx")
    add_file(judged.entries[0], _pdf(), "secret.pdf")
    add_file(judged.entries[0], b"PK\x03\x04 no archive", "broken.zip")
    judge = judged.judges[0]
    assigning.give(actor=judged.organiser, contest=judged.contest.pk, judge=judged.rows[0].pk, entry=judged.entries[0].pk)
    base, client = f"/contests/{judged.contest.slug}/judge/", as_(judge)
    paths = ["", "1/", "1/aside/", "1/photos/1/", "1/photos/1/large/", "1/files/1/", "1/files/2/"]
    answers = {path: client.get(base + path) for path in paths}
    assert {answer.status_code for answer in answers.values()} == {200}
    whole = b"".join(b"".join(a.streaming_content) if a.streaming else a.content for a in answers.values())
    heads = "\n".join(f"{name}: {value}" for answer in answers.values() for name, value in answer.items())
    entry, agency = judged.entries[0], owner.agency
    secrets = [OWNER, "อ่อนละมัย", UNIT, "อาคารลับ", "โทร 1234", "video.example", "x.example", owner.email, agency.name, agency.name_en, agency.slug,
               agency.abbreviation, entry.code, entry.receipt, str(picture.uuid), picture.digest, "ฉบับจริง", "secret", "Secret"]  # fmt: skip
    assert [one for one in secrets if one.encode() in whole or one in heads] == []
    assert not any(name in answer for path, answer in answers.items() if "s/" in path for name in ("ETag", "Last-Modified"))
    assert "ดีขึ้น" in answers["1/"].content.decode()
    assert {client.get(base + path).status_code for path in ("1/files/3/", "2/", "1/photos/2/")} == {404}
    assert EntryFile.objects.get(name="broken.zip").blind.name == ""
    assert [as_(who).get(base + "1/photos/1/").status_code for who in (judged.judges[1], judged.organiser)] == [404, 404]


def _docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("docProps/core.xml", "<cp:coreProperties><dc:creator>Secret Author</dc:creator></cp:coreProperties>")
        made.writestr("word/comments.xml", '<w:comment w:author="Secret Author" w:initials="SA">Hello</w:comment>')
        made.writestr("word/document.xml", '<w:document><w:ins w:author="Secret Author"><w:t>Words</w:t></w:ins></w:document>')
    return out.getvalue()


def _pdf() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": "Secret Author", "/Title": "Secret"})
    writer.write(out)
    assert PdfReader(out).metadata is not None
    return out.getvalue()


def test_names_in_the_text_are_pointed_out(judged: SimpleNamespace, as_: Any) -> None:
    owner = judged.entries[0].owner
    agency = owner.agency
    told = make_entry(
        judged.contest,
        owner,
        "2001",
        judged.organiser,
        title=f"งานของ{agency.name}",
        summary=f"({agency.abbreviation}) เขียนถึง a@b.example",
    )
    assert {one.words for one in telltale.traces(told)} >= {agency.name, agency.abbreviation, "a@b.example"}
    assert telltale.traces(judged.entries[2]) == []
    assert agency.abbreviation in as_(judged.organiser).get(f"/contests/{judged.contest.slug}/panel/names/").content.decode()


def test_late_judges_are_reminded_once(judged: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    from kmportal.contest import clock

    assigning.draw(actor=judged.organiser, contest=judged.contest.pk)
    scoring.remind_judges()
    assert not Notice.objects.filter(kind="contest.judge_late").exists()
    for number, wanted in ((10, 4), (11, 4), (13, 8)):
        with clock.as_of(judged.day(number)):
            scoring.remind_judges()
            scoring.remind_judges()
        assert Notice.objects.filter(kind="contest.judge_late").count() == wanted


def test_the_panel_costs_the_same_for_many(judged: SimpleNamespace, as_: Any, queries: Any) -> None:
    Entry.objects.exclude(pk=judged.entries[0].pk).update(state="screened_out", screening_reason="ทดสอบ")
    assigning.draw(actor=judged.organiser, contest=judged.contest.pk)
    client, address = as_(judged.organiser), f"/contests/{judged.contest.slug}/panel/"
    one = queries(client, address)
    Entry.objects.update(state="accepted")
    assigning.fill_up(actor=judged.organiser, contest=judged.contest.pk)
    assert queries(client, address) == one
    assert len(panel(judged.contest, judged.organiser).entries) == 4
