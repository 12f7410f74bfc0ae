"""Directory, pages and pictures of people: hidden people are nowhere, not even in a number."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from PIL import Image

from kmportal.people.actions import PersonDetails, save_person, set_picture
from kmportal.people.models import Agency, AgencyAlias, Person, User
from kmportal.people.names import person_key
from kmportal.taxonomy.models import Topic
from tests.make.people import make_user

Sign = Callable[[Any], Client]


@pytest.fixture
def hidden(officer: User) -> Person:
    """The officer hid themselves from everybody."""
    Person.objects.filter(user=officer).update(is_listed=False, is_public=False)
    return Person.objects.get(user=officer)


def listed(client: Client, **filters: str) -> set[str]:
    html = client.get("/people/", filters).content.decode()
    return set(re.findall(r'<h3 class="h-s"><a href="[^"]+">([^<]+)</a>', html))


def test_a_visitor_sees_speakers_and_who_wants_it(as_: Sign, visitor: AnonymousUser, coordinator: User, officer: User) -> None:
    assert listed(as_(visitor)) == set()
    save_person(actor=coordinator, details=PersonDetails(given_name="ไพบูลย์", family_name="ใจดี"))
    Person.objects.filter(user=officer).update(is_public=True)
    assert listed(as_(visitor)) == {"ไพบูลย์ ใจดี", "สมใจ ใฝ่รู้"}


def test_a_hidden_person_is_nowhere(as_: Sign, hidden: Person, outsider: User, officer: User, visitor: AnonymousUser) -> None:
    for viewer in (outsider, visitor):
        client = as_(viewer)
        assert client.get(hidden.get_absolute_url()).status_code == 404
        for path in ("/people/", "/people/?q=สมใจ", "/people/?q=ใฝ่รู้", "/agencies/", "/agencies/agency-a/"):
            assert "สมใจ" not in client.get(path).content.decode().replace('value="สมใจ"', "")
    assert "สมใจ ใฝ่รู้" not in listed(as_(outsider))
    assert listed(as_(officer)) == listed(as_(outsider)) | {"สมใจ ใฝ่รู้"}
    assert as_(officer).get(hidden.get_absolute_url()).status_code == 200


def test_hidden_people_are_not_counted(as_: Sign, outsider: User, officer: User, agency_a: Agency) -> None:
    def counted() -> tuple[str, list[str]]:
        client = as_(outsider)
        directory = re.search(r'id="found">(\d+) คน', client.get("/people/").content.decode())
        tree = re.findall(r"· (\d+) คน", client.get("/agencies/").content.decode())
        assert directory is not None
        return directory[1], tree

    before = counted()
    Person.objects.filter(user=officer).update(is_listed=False)
    after = counted()
    assert (int(before[0]) - int(after[0])) == 1
    assert sum(map(int, before[1])) - sum(map(int, after[1])) == 2  # the department and its ministry


def test_topics_of_hidden_people_are_not_offered(as_: Sign, hidden: Person, outsider: User) -> None:
    topic = Topic.objects.create(slug="secret-topic", name_th="เรื่องลับเฉพาะ")
    hidden.topics.add(topic)
    assert "secret-topic" not in as_(outsider).get("/people/").content.decode()
    assert listed(as_(outsider), topic="secret-topic") == listed(as_(outsider))


def test_filters(as_: Sign, outsider: User, officer: User, colleague: User) -> None:
    client = as_(outsider)
    topic = Topic.objects.create(slug="flood-x", name_th="น้ำท่วม")
    Person.objects.get(user=colleague).topics.add(topic)
    Person.objects.filter(user=officer).update(position="นักวิเคราะห์นโยบาย")
    assert listed(client, q="สมใจ ใฝ่") == {"สมใจ ใฝ่รู้"}
    assert listed(client, q="วิเคราะห์") == {"สมใจ ใฝ่รู้"}
    assert listed(client, q="ไม่มีคนนี้") == set()
    assert listed(client, topic="flood-x") == {"วีระ ร่วมงาน"}
    assert listed(client, agency="agency-a") == {"สมใจ ใฝ่รู้", "วีระ ร่วมงาน", "พิมพ์ พัฒนาดี"}
    assert listed(client, agency="agency-a-group") == {"วีระ ร่วมงาน"}


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=999999999999", "page=x", "topic=none", "agency=%00", "q=" + "ก" * 500, "q=%", "q=.."]
)
def test_nonsense_filters_answer(as_: Sign, outsider: User, query: str) -> None:
    assert as_(outsider).get(f"/people/?{query}").status_code == 200


def test_names_are_escaped(as_: Sign, coordinator: User) -> None:
    bad = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    person = save_person(actor=coordinator, details=PersonDetails(given_name=bad[:70], about=bad, position=bad))
    for path in ("/people/", person.get_absolute_url()):
        html = as_(coordinator).get(path).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_pages_cost_the_same_for_one_and_for_twenty(
    as_: Sign, queries: Callable[..., int], outsider: User, agency_a: Agency
) -> None:
    client = as_(outsider)
    paths = ("/people/", "/agencies/", "/agencies/agency-a/")
    before = [queries(client, path) for path in paths]
    topics = list(Topic.objects.all()[:3])
    for number in range(20):
        user = make_user(f"p{number}@agency-a.example", agency=agency_a, given=f"คน{number}", family="ทดสอบ")
        Person.objects.get(user=user).topics.set(topics)
        Agency.objects.create(slug=f"g{number}", name=f"กลุ่ม {number}", key=f"กลุ่ม{number}", kind="group", parent=agency_a)
    assert [queries(client, path) for path in paths] == before
    assert max(before) <= 12  # two of them for what the agency asks and answers


def test_paging(as_: Sign, outsider: User, agency_a: Agency) -> None:
    for number in range(25):
        Person.objects.create(given_name=f"บุคคล{number:02}", key=person_key(f"บุคคล{number:02}", ""), agency=agency_a)
    client = as_(outsider)
    pages = [listed(client, q="บุคคล", page=str(page)) for page in (1, 2)]
    assert [len(page) for page in pages] == [20, 5]
    assert not pages[0] & pages[1]


# --- Pictures --------------------------------------------------------------------------------------------------------------------
@pytest.fixture
def pictured(officer: User) -> Person:
    out = io.BytesIO()
    Image.new("RGB", (600, 600), (10, 90, 40)).save(out, "PNG")
    person = Person.objects.get(user=officer)
    set_picture(actor=officer, person=person, upload=out, size=100)
    return person


def test_pictures_are_served_to_those_who_may_see_the_person(
    as_: Sign, pictured: Person, outsider: User, officer: User, visitor: AnonymousUser
) -> None:
    response = as_(outsider).get(pictured.photo)
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert response["Cache-Control"] == "private, max-age=86400"
    assert as_(visitor).get(pictured.photo).status_code == 404
    Person.objects.filter(pk=pictured.pk).update(is_listed=False)
    assert as_(outsider).get(pictured.photo).status_code == 404
    assert as_(officer).get(pictured.photo).status_code == 200
    assert as_(outsider).get(f"/media/{pictured.picture.name}").status_code == 404


def test_the_list_shows_the_small_picture(as_: Sign, pictured: Person, outsider: User) -> None:
    assert pictured.photo in as_(outsider).get("/people/").content.decode()


# --- Agencies --------------------------------------------------------------------------------------------------------------------
def test_tree_and_filters(as_: Sign, visitor: AnonymousUser) -> None:
    def names(**filters: str) -> list[str]:
        html = as_(visitor).get("/agencies/", filters).content.decode()
        return re.findall(r'<a href="/agencies/([\w-]+)/"', html)

    assert names() == ["ministry", "agency-b", "agency-a", "agency-a-group"]
    assert names(q="กตส") == ["ministry", "agency-b"]
    assert names(q="ตัวอย่าง สอง") == ["ministry", "agency-b"]
    assert names(kind="group") == ["ministry", "agency-a", "agency-a-group"]
    assert names(q="ไม่มี") == []


def test_agency_page(as_: Sign, visitor: AnonymousUser, outsider: User) -> None:
    html = as_(outsider).get("/agencies/agency-a/").content.decode()
    assert "กรมตัวอย่างแรก" in html
    assert "First Department" in html
    assert "/agencies/ministry/" in html
    assert "/agencies/agency-a-group/" in html
    assert "วีระ ร่วมงาน" in html
    assert "อารี" not in html
    english = as_(visitor).get("/en/agencies/agency-a/").content.decode()
    assert "<h1>First Department</h1>" in english
    assert "วีระ" not in english


# --- Order -----------------------------------------------------------------------------------------------------------------------
NAMES = [
    ("ก้อง", "ท้าย"),
    ("เกษม", "ก่อน"),
    ("นายขจร", "ใจดี"),
    ("เขมิกา", "ใจงาม"),
    ("นายิกา", "ดี"),
    ("พ.ต.อ. ปิติ", "สุข"),
    ("ไพลิน", "แก้ว"),
]


def test_people_stand_as_in_a_dictionary_whatever_they_are_titled(as_: Sign, coordinator: User) -> None:
    for given, family in reversed(NAMES):
        save_person(actor=coordinator, details=PersonDetails(given_name=given, family_name=family, position="ผู้เรียงลำดับ"))
    page = as_(coordinator).get("/people/?q=ผู้เรียงลำดับ")
    assert [(p.given_name, p.family_name) for p in page.context["page"]] == NAMES
    renamed = Person.objects.get(given_name="ก้อง")
    save_person(actor=coordinator, person=renamed, details=PersonDetails(given_name="แอน", position="ผู้เรียงลำดับ"))
    assert Person.objects.filter(position="ผู้เรียงลำดับ").last() == renamed


def test_agencies_stand_as_in_a_dictionary(as_: Sign, coordinator: User, agency_a: Agency) -> None:
    for number, name in enumerate(["กองไม้", "กองเมือง", "กองแผน", "กองปลา"]):
        Agency.objects.create(slug=f"o{number}", name=name, key=name, kind="bureau", parent=agency_a)
    AgencyAlias.objects.create(agency=Agency.objects.get(slug="o1"), name="ชื่ออื่นของส่วนย่อย", key="ชื่ออื่นของส่วนย่อย")
    AgencyAlias.objects.create(agency=agency_a, name="ชื่ออื่นของกรม", key="ชื่ออื่นของกรม")
    page = as_(coordinator).get(agency_a.get_absolute_url())
    assert [part.name for part in page.context["parts"] if part.kind == "bureau"] == ["กองปลา", "กองแผน", "กองเมือง", "กองไม้"]
    assert "ชื่ออื่นของกรม" in page.context["aliases"]
    assert "ชื่ออื่นของส่วนย่อย" not in page.context["aliases"]


@pytest.mark.parametrize(
    ("number", "shown"), [("", 1), ("0", 1), ("-3", 1), ("2", 2), ("9", 2), ("999999999999", 2), ("๒", 2), ("x", 1)]
)
def test_page_numbers(as_: Sign, outsider: User, number: str, shown: int) -> None:
    for count in range(22):
        Person.objects.create(given_name=f"เลข{count}", key=f"เลข{count}")
    page = as_(outsider).get(f"/people/?q=เลข&page={number}").context["page"]
    assert (page.number, page.paginator.count, len(page)) == (shown, 22, 20 if shown == 1 else 2)
