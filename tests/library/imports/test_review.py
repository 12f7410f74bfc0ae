"""The pages of the importer: what they show, to whom, and at what cost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kmportal.library.importing.work import Work
from kmportal.library.models import ImportJob
from kmportal.people.models import Agency, User
from tests.make.imports import SUMMARY, make_import

UNCLEAR = "ทุกคนเดินทางมาถึงแต่เช้าแล้วนั่งล้อมวงคุยกันอยู่นานพอสมควรก่อนที่จะได้ฟังเรื่องเล่าของแต่ละแห่งอย่างตั้งใจ\n\n"
DETAILS = {
    "title": "ชื่อที่แก้แล้ว", "start": "๓ มี.ค. ๖๕", "end": "04/03/2565", "venue": "หอประชุม", "province": "นครปฐม", "organiser": "",
    "visibility": "network", "agency": "", "edition": "", "categories": ["4", "6"],
}  # fmt: skip


def test_the_source_stands_beside_what_was_read(coordinator: User, as_: Callable[..., Client]) -> None:
    job = make_import(coordinator)
    page = as_(coordinator).get(f"/imports/{job.pk}/").text
    for block in Work.of(job).draft.blocks:
        assert f'id="b-{block.id}"' in page
    numbers = [line["no"] for line in (job.source or {})["lines"]]
    assert all(f'id="l-{number}"' in page for number in numbers)
    assert 'class="was-front"' in page
    assert 'class="was-item"' in page
    assert "<script>" not in page
    assert "style=" not in page


def test_a_block_opens_without_script(coordinator: User, as_: Callable[..., Client]) -> None:
    job = make_import(coordinator)
    block = Work.of(job).draft.blocks[4]
    client = as_(coordinator)
    assert client.get(f"/imports/{job.pk}/").text.count("data-moves") == 0
    assert client.get(f"/imports/{job.pk}/?at={block.id}").text.count("data-moves") == 1
    assert "data-moves" in client.get(f"/imports/{job.pk}/blocks/{block.id}/").text
    assert "data-moves" not in client.get(f"/imports/{job.pk}/blocks/{block.id}/?closed=1").text
    assert client.get(f"/imports/{job.pk}/blocks/L0/").status_code == 404


def test_only_doubts_are_shown_on_demand(coordinator: User, as_: Callable[..., Client]) -> None:
    job = make_import(coordinator, SUMMARY.replace("Session 1", UNCLEAR + "Session 1"))
    all_rows = as_(coordinator).get(f"/imports/{job.pk}/").text
    doubts = as_(coordinator).get(f"/imports/{job.pk}/?show=doubts").text
    assert all_rows.count("data-block=") > doubts.count("data-block=") == doubts.count(" doubt") == 1


def test_the_review_costs_the_same_for_any_length(
    coordinator: User, as_: Callable[..., Client], queries: Callable[..., int]
) -> None:
    short = make_import(coordinator, SUMMARY)
    items = "\n".join(f"- ข้อที่ {n} ของการทดสอบความยาว" for n in range(300))
    long = make_import(coordinator, f"{SUMMARY}\n3. ข้อเสนอแนะ\n{items}\n")
    client = as_(coordinator)
    counts = [queries(client, f"/imports/{job.pk}/") for job in (short, long)]
    assert counts[0] == counts[1]
    assert counts[0] <= 20
    page = client.get(f"/imports/{long.pk}/")
    assert len(page.content) < 600_000


def test_the_list_costs_the_same_for_any_length(
    coordinator: User, as_: Callable[..., Client], queries: Callable[..., int]
) -> None:
    make_import(coordinator)
    client = as_(coordinator)
    one = queries(client, "/imports/")
    ImportJob.objects.bulk_create(
        [ImportJob(owner=coordinator, filename=f"{n}.txt", sha256="0" * 64, state="review") for n in range(19)]
    )
    assert queries(client, "/imports/") == one


def test_the_list_shows_own_imports_and_all_to_the_network(
    coordinator: User, agency_coordinator: User, as_: Callable[..., Client]
) -> None:
    make_import(coordinator, name="network.txt")
    make_import(agency_coordinator, name="agency.txt")
    own, whole = as_(agency_coordinator).get("/imports/").text, as_(coordinator).get("/imports/").text
    assert ("agency.txt" in own, "network.txt" in own) == (True, False)
    assert ("agency.txt" in whole, "network.txt" in whole) == (True, True)


def test_the_list_is_empty_at_first_and_has_pages_later(coordinator: User, as_: Callable[..., Client]) -> None:
    client = as_(coordinator)
    assert 'class="empty"' in client.get("/imports/").text
    ImportJob.objects.bulk_create(
        [ImportJob(owner=coordinator, filename=f"{n}.txt", sha256="0" * 64, state="review") for n in range(21)]
    )
    assert client.get("/imports/").text.count('class="row wide"') == 20
    assert client.get("/imports/?page=2").text.count('class="row wide"') == 1
    for page in ("0", "-1", "999999999999", "x", ""):
        assert client.get("/imports/", {"page": page}).status_code == 200
    assert client.get("/imports/?state=review&page=2").text.count('class="row wide"') == 1
    assert client.get("/imports/?state=nonsense").status_code == 200


def test_details_are_written_in_both_eras(coordinator: User, as_: Callable[..., Client]) -> None:
    job = make_import(coordinator)
    answer = as_(coordinator).post(f"/imports/{job.pk}/details/", {**DETAILS, "version": 1})
    assert answer.status_code == 302
    work = Work.of(ImportJob.objects.get())
    assert (work.draft.title.value, work.draft.start.value, work.draft.end.value) == ("ชื่อที่แก้แล้ว", "2022-03-03", "2022-03-04")
    assert (work.draft.title.rule, work.choices.categories, work.choices.agency) == ("edited", ("4", "6"), None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("start", "32 มกราคม 2565"),
        ("end", "1 ม.ค. 2560"),
        ("visibility", "community"),
        ("visibility", "agency"),
        ("agency", "9999"),
    ],
)
def test_details_that_cannot_be_are_told_at_their_field(
    field: str, value: str, coordinator: User, as_: Callable[..., Client]
) -> None:
    job = make_import(coordinator)
    answer = as_(coordinator).post(f"/imports/{job.pk}/details/", {**DETAILS, field: value, "version": 1})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert ImportJob.objects.get().version == 1


def test_an_agency_coordinator_stays_within_the_agency(
    agency_coordinator: User, agency_a: Agency, agency_b: Agency, as_: Callable[..., Client]
) -> None:
    job = make_import(agency_coordinator)
    assert Work.of(job).choices.agency == agency_a.pk
    client = as_(agency_coordinator)
    for agency in (agency_b.pk, ""):
        assert client.post(f"/imports/{job.pk}/details/", {**DETAILS, "agency": agency, "version": 1}).status_code == 422
    assert ImportJob.objects.get().version == 1
    own = {**DETAILS, "agency": agency_a.pk, "visibility": "agency", "version": 1}
    assert client.post(f"/imports/{job.pk}/details/", own).status_code == 302
    assert Work.of(ImportJob.objects.get()).choices.visibility == "agency"


def test_strange_names_and_texts_are_shown_as_text(coordinator: User, as_: Callable[..., Client]) -> None:
    evil = "<img src=x onerror=alert(1)>"
    job = make_import(coordinator, f"{SUMMARY}\n- {evil} ทดสอบ\n", f"{evil}.txt")
    page: Any = as_(coordinator).get(f"/imports/{job.pk}/")
    assert "<img" not in page.text
    assert "&lt;img src=x" in page.text
    assert "<img" not in as_(coordinator).get("/imports/").text


def test_each_line_says_how_sure_its_reading_is_and_why(coordinator: User, as_: Callable[..., Client]) -> None:
    job = make_import(coordinator, SUMMARY.replace("Session 1", UNCLEAR + "Session 1"))
    client = as_(coordinator)
    page = client.get(f"/imports/{job.pk}/").text
    blocks = Work.of(job).draft.blocks
    assert page.count('title="แน่ใจ: ') + page.count('title="น่าจะใช่: ') + page.count('title="ไม่แน่ใจ: ') == len(blocks)
    doubt = next(block for block in blocks if block.flagged)
    assert page.count('title="ไม่แน่ใจ: ') == page.count(" doubt") == 1
    assert "ไม่แน่ใจ: ยังไม่ชัดว่าบรรทัดนี้คืออะไร" in page
    move = {"verb": "confirm", "block": doubt.id, "version": job.version}
    client.post(f"/imports/{job.pk}/edit/", move)
    assert "แน่ใจ: แก้โดยผู้ตรวจทาน · 100 %" in client.get(f"/imports/{job.pk}/blocks/{doubt.id}/").text
