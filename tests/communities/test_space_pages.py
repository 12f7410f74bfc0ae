"""The pages of a space: who reads what, at which cost; and that the hidden leaves no trace at any address."""

import io
import json
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from communities import exports, frame, measures
from communities.actions.exporting import ExportRunning, ask_export, clear_old_exports, make_export
from communities.actions.joining import ask_to_join
from communities.actions.members import describe_self
from communities.models import Community, Export, Membership
from communities.urls import urlpatterns
from kmportal.taxonomy.models import PmqaCode
from tests.make.communities import open_space, roles
from tests.make.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def space(coordinator: Any, officer: Any, colleague: Any) -> Community:
    return open_space(
        coordinator, officer, colleague, name="วงเปิดอ่าน", domain="เรื่องร้องเรียน", goal="ลดเวลารอ", charter="<p>พูดจากของจริง</p>"
    )


def address(name: str, space: Community, *more: Any) -> str:
    return reverse(f"communities:{name}", args=[space.slug, *more])


def test_others_read_what_it_is_and_not_who_is_in_it(space: Community, colleague: Any, outsider: Any, as_: Any) -> None:
    describe_self(actor=colleague, community=space, offers="แบบฟอร์มลับเฉพาะวง", seeks="")
    page = as_(outsider).get(space.get_absolute_url()).content.decode()
    assert all(words in page for words in ("วงเปิดอ่าน", "เรื่องร้องเรียน", "ลดเวลารอ", "พูดจากของจริง", "2"))
    assert "แบบฟอร์มลับเฉพาะวง" not in page
    assert as_(outsider).get(address("members", space)).status_code == 403
    assert "แบบฟอร์มลับเฉพาะวง" in as_(colleague).get(address("members", space)).content.decode()


@pytest.mark.parametrize("name", ["health", "settings", "requests", "invitations", "hand_over", "end", "export", "new_part"])
def test_settings_are_the_facilitators(
    name: str, space: Community, officer: Any, colleague: Any, outsider: Any, as_: Any
) -> None:
    assert [as_(one).get(address(name, space)).status_code for one in (officer, colleague, outsider)] == [200, 403, 403]


def test_one_joins_asks_and_leaves_on_the_pages(space: Community, officer: Any, outsider: Any, as_: Any) -> None:
    client = as_(outsider)
    client.post(address("join", space))
    assert roles(space)["มานี"] == "practitioner"
    assert client.get(address("leave", space)).status_code == 200
    client.post(address("leave", space))
    assert "มานี" not in roles(space)
    Community.objects.filter(pk=space.pk).update(joining="request")
    client.post(address("ask", space), {"words": "ขอเข้าร่วม"})
    asked = outsider.join_requests.get()
    as_(officer).post(address("decide", space, asked.pk), {"decision": "approve", "words": "ยินดี"})
    assert roles(space)["มานี"] == "practitioner"


def test_the_words_and_the_way_in_are_one_form(space: Community, officer: Any, coordinator: Any, as_: Any) -> None:
    code = PmqaCode.objects.filter(category__edition__is_current=True).first()
    data = {
        "name": "วงใหม่",
        "way": "hidden",
        "goal": "เสร็จ",
        "goal_on": "30/9/2570",
        "charter": "ตกลงกัน",
        "codes": [code.pk] if code else [],
    }
    assert as_(coordinator).post(address("settings", space), data).status_code == 422
    assert as_(officer).post(address("settings", space), data).status_code == 302
    now = Community.objects.get(pk=space.pk)
    assert (now.name, now.is_hidden, now.joining, str(now.goal_on)) == ("วงใหม่", True, "invitation", "2027-09-30")
    assert now.charter == "<p>ตกลงกัน</p>"
    assert as_(officer).post(address("settings", space), {**data, "goal_on": "เมื่อไรก็ได้"}).status_code == 422


def test_newcomers_have_first_steps_that_facts_tick(space: Community, colleague: Any, as_: Any) -> None:
    client = as_(colleague)
    steps = next(
        words for shown, words in client.get(space.get_absolute_url()).context["panels"] if shown.name == "communities.steps"
    )
    assert [step["done"] for step in steps["steps"]][:2] == [False, False]
    client.post(address("step", space), {"what": "charter"})
    client.post(address("me", space), {"offers": "แบบประเมิน", "seeks": ""})
    mine = Membership.objects.get(community=space, user=colleague)
    assert (mine.charter_read_at is not None, mine.offers) == (True, "แบบประเมิน")
    client.post(address("step", space), {"what": "away"})
    assert all(shown.name != "communities.steps" for shown, _words in client.get(space.get_absolute_url()).context["panels"])
    assert client.post(address("step", space), {"what": "nonsense"}).status_code == 404


def test_health_names_nobody_and_small_numbers_not_at_all(space: Community, officer: Any, colleague: Any, as_: Any) -> None:
    page = as_(officer).get(address("health", space)).content.decode()
    assert colleague.first_name not in page
    assert [measures.number_of_people(number) for number in (0, 1, 4, 5)][0::3] == ["0", "5"]
    assert measures.number_of_people(1) == measures.number_of_people(4) != "4"


# --- Everything as a file --------------------------------------------------------------------------------------------------------
def test_everything_comes_as_a_file(
    space: Community, officer: Any, colleague: Any, as_: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        as_(officer).post(address("export", space))
    made = Export.objects.get(community=space)
    assert (made.state, made.done) == ("ready", len(exports.every()))
    response = as_(officer).get(address("export_file", space, made.pk))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    words = json.loads(archive.read("community/community.json"))
    assert words["name"] == "วงเปิดอ่าน"
    assert colleague.email not in archive.read("community/members.json").decode()
    assert [as_(one).get(address("export_file", space, made.pk)).status_code for one in (colleague,)] == [404]
    Export.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert as_(officer).get(address("export_file", space, made.pk)).status_code == 404
    clear_old_exports()
    assert not Export.objects.exists()


def test_one_file_at_a_time_for_facilitators_only(space: Community, officer: Any, coordinator: Any, monkeypatch: Any) -> None:
    with pytest.raises(PermissionDenied):
        ask_export(actor=coordinator, community=space)
    made = ask_export(actor=officer, community=space)
    with pytest.raises(ExportRunning):
        ask_export(actor=officer, community=space)

    def broken(community: Community) -> list[tuple[str, bytes]]:
        raise OSError("disk")

    monkeypatch.setattr(exports, "every", lambda: [("community", broken)])
    make_export.func(pk=made.pk, language="th")
    assert Export.objects.get(pk=made.pk).state == "failed"


# --- What the hidden tells -------------------------------------------------------------------------------------------------------
def test_a_hidden_space_is_at_no_address(community_c: Any, outsider: Any, coordinator: Any, admin: Any, as_: Any) -> None:
    for stranger in (outsider, coordinator, admin):
        for pattern in urlpatterns:
            if "slug" not in str(pattern.pattern):
                continue
            args = [community_c.slug, *([1] if "key:pk" in str(pattern.pattern) else [])]
            there = reverse(f"communities:{pattern.name}", args=args)
            nowhere = reverse(f"communities:{pattern.name}", args=["nowhere", *args[1:]])
            for method in ("get", "post"):
                client = as_(stranger)
                answers = [getattr(client, method)(one) for one in (there, nowhere)]
                assert answers[0].status_code == answers[1].status_code
                assert answers[0].status_code in {404, 405}


def test_a_hidden_space_changes_no_list_and_no_number(
    coordinator: Any, officer: Any, space: Community, outsider: Any, visitor: Any, as_: Any
) -> None:
    places = [
        "/communities/",
        "/communities/?q=%E0%B8%A5%E0%B8%B1%E0%B8%9A",
        "/search/?q=%E0%B8%A7%E0%B8%87",
        "/boards/?board=communities",
        "/sitemap.xml",
        "/qa/",
    ]
    before = [as_(outsider).get(place).content.decode() for place in places]
    open_space(coordinator, officer, hidden=True, name="วงลับที่สุด", domain="ร้องเรียนลับ")
    after = [as_(outsider).get(place).content.decode() for place in places]
    for place, was, now in zip(places, before, after, strict=True):
        assert "วงลับที่สุด" not in now, place
        assert now.count('class="row"') == was.count('class="row"'), place


def test_visitors_are_asked_to_sign_in(space: Community, client: Any) -> None:
    for place in ("/communities/", space.get_absolute_url(), address("members", space)):
        assert client.get(place).headers["Location"].startswith("/accounts/login/")


# --- Cost ------------------------------------------------------------------------------------------------------------------------
def test_the_list_costs_the_same_for_one_and_for_twenty(
    coordinator: Any, officer: Any, outsider: Any, as_: Any, queries: Any
) -> None:
    open_space(coordinator, officer, outsider)
    client = as_(outsider)
    one = queries(client, "/communities/")
    for _number in range(19):
        open_space(coordinator, officer, outsider)
    assert queries(client, "/communities/") == one
    assert len(client.get("/communities/").context["listing"].mine) == 20


def test_the_roster_costs_the_same_for_one_and_for_twenty(space: Community, officer: Any, as_: Any, queries: Any) -> None:
    client, place = as_(officer), address("members", space)
    few = queries(client, place)
    Membership.objects.bulk_create(
        [Membership(community=space, user=make_user(f"m{n}@agency-b.example", given=f"ก{n}")) for n in range(20)]
    )
    assert queries(client, place) == few
    assert len(client.get(place).context["roster"].rows) == 20


def test_panels_keep_to_what_they_said(space: Community, colleague: Any, as_: Any, queries: Any) -> None:
    assert queries(as_(colleague), space.get_absolute_url()) <= 24 + frame.queries()


def test_a_request_counts_in_the_menu(coordinator: Any, officer: Any, outsider: Any, as_: Any) -> None:
    asked = open_space(coordinator, officer, joining="request")
    ask_to_join(actor=outsider, community=asked)
    page = as_(officer).get(asked.get_absolute_url()).content.decode()
    assert '<span class="n">1</span>' in page


@pytest.mark.parametrize(
    ("path", "label"), [("invitations", "ตั้งค่า"), ("export", "ตั้งค่า"), ("me", "สมาชิก"), ("requests", "คำขอ"), ("", "หน้าแรก")]
)
def test_the_menu_marks_what_a_page_belongs_to(space: Community, officer: Any, as_: Any, path: str, label: str) -> None:
    page = as_(officer).get(f"{space.get_absolute_url()}{path}/" if path else space.get_absolute_url()).content.decode()
    menu = page.partition('class="room-menu"')[2].partition("</nav>")[0]
    marked = re.findall(r'aria-current="page"[^>]*>(.*?)</a>', menu, re.DOTALL)
    assert [label in one for one in marked] == [True]
