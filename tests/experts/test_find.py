"""Who knows what: evidence before what people say of themselves, only what the viewer may read, at a fixed cost."""

import re
from datetime import timedelta
from typing import Any

import pytest

from communities.circles.actions.methods import load_templates
from communities.circles.models import Circle
from communities.experts import finder
from communities.experts.actions import skills as verbs
from communities.experts.models import Leaving, Skill
from communities.models import Membership
from kmportal.people import evidence
from kmportal.people.evidence import About
from kmportal.people.models import Person
from kmportal.taxonomy.models import Topic
from qa.actions.accepting import accept
from tests.make import experts as make
from tests.make import qa
from tests.make.circles import channel_of
from tests.make.library import make_lesson
from tests.make.people import make_user

pytestmark = pytest.mark.django_db


def names(viewer: Any, about: About) -> list[str]:
    return [one.person.given_name for one in finder.find(viewer, about).object_list]


def accepted(asker: Any, helper: Any, title: str, topics: Any = (), **words: Any) -> None:
    question = qa.ask(asker, title, **words)
    question.topics.set(topics)
    accept(actor=asker, answer=qa.answer(question, helper))


@pytest.fixture
def water(db: None) -> Topic:
    return Topic.objects.create(slug="water-x", name_th="การจัดการน้ำ", name_en="Water")


def test_evidence_comes_before_what_is_declared(officer: Any, colleague: Any, outsider: Any, cop_member: Any, water: Any) -> None:
    person = Person.objects.get(user=colleague)
    person.topics.add(water)
    accepted(officer, outsider, "เปิดบานระบายเมื่อใด", [water])
    make_lesson("บทเรียนน้ำท่วม", tellers=[Person.objects.get(user=cop_member)], topics=[water])

    assert names(officer, About(topic=water)) == ["ชุมพร", "มานี", "วีระ"]
    page = finder.find(officer, About(topic=water)).object_list
    assert [[(said.label, said.number) for said in one.evidence] for one in page] == [
        [("บทเรียนที่เล่า 1 เรื่อง", 1)],
        [("คำตอบที่ผู้ถามเลือก 1 ข้อ", 1)],
        [],
    ]
    assert names(officer, About(words=("บานระบาย",))) == ["มานี"]
    assert names(officer, About(words=("น้ำ", "ไม่มีใครพูดถึง"))) == []


def test_nothing_of_a_hidden_circle_and_nothing_without_a_name(
    officer: Any, outsider: Any, cop_member: Any, community_c: Any, as_: Any, water: Any
) -> None:
    Membership.objects.create(community=community_c, user=outsider)
    accepted(cop_member, outsider, "คานารีในชุมชน", [water], visibility="community", community=community_c)
    make_lesson(
        "คานารีบทเรียน", tellers=[Person.objects.get(user=outsider)], topics=[water], visibility="community", community=community_c
    )
    question = qa.ask(officer, "คานารีไม่มีชื่อ")
    reply = qa.answer(question, outsider)
    type(reply).objects.filter(pk=reply.pk).update(anonymous=True)
    accept(actor=officer, answer=qa.fresh(reply))

    assert evidence.of_people([Person.objects.get(user=outsider).pk], officer, About()) == {}
    assert names(officer, About(topic=water)) == names(officer, About(words=("คานารี",))) == []
    assert names(cop_member, About(topic=water)) == ["มานี"]
    page = as_(officer).get(f"/experts/?topic={water.slug}").content.decode()
    assert "มานี" not in page.partition('id="found"')[2]


def test_filters_of_the_address(officer: Any, outsider: Any, colleague: Any, as_: Any, agency_b: Any, water: Any) -> None:
    accepted(officer, outsider, "เปิดบานระบายเมื่อใด", [water])
    verbs.add_skill(actor=colleague, text="เปิดบานระบายในคืนฝนตก", level="does")
    found = as_(officer).get("/experts/?q=บานระบาย").content.decode()
    assert found.index("มานี ต่างกรม") < found.index("วีระ ร่วมงาน")
    assert "เปิดบานระบายในคืนฝนตก" in found
    only = as_(officer).get(f"/experts/?q=บานระบาย&agency={agency_b.slug}").content.decode()
    assert "มานี ต่างกรม" in only
    assert "วีระ ร่วมงาน" not in only
    for nonsense in ("?topic=none&pm=99&agency=x&page=zz", "?q=%00", "?page=999999999999", "?q=" + "ก" * 300, "?pm=6"):
        assert as_(officer).get(f"/experts/{nonsense}").status_code == 200
    assert as_(officer).post("/experts/").status_code == 405
    assert as_(None).get("/experts/").status_code == 200
    assert "มานี ต่างกรม" not in as_(None).get("/experts/").content.decode()


def test_the_same_cost_for_one_and_twenty(officer: Any, agency_b: Any, as_: Any, queries: Any, reviewer: Any) -> None:
    def one(number: int) -> None:
        user = make_user(f"knower-{number}@agency-b.example", agency=agency_b, given=f"ผู้รู้ {number}")
        accepted(officer, user, f"เรื่องเขื่อนที่ {number}")
        verbs.add_skill(actor=user, text=f"เขื่อน {number}", level="teaches")
        verbs.declare_leaving(actor=user, on=make.today(100))
        make.offer(user, reviewer)

    one(0)
    client = as_(officer)
    first = queries(client, "/experts/", q="เขื่อน")
    for number in range(1, 21):
        one(number)
    assert queries(client, "/experts/", q="เขื่อน") == first
    page = client.get("/experts/?q=เขื่อน").content.decode()
    assert page.count('class="person"') == 20
    assert "page=2" in page


def test_leaving_soon_is_for_members(officer: Any, outsider: Any, as_: Any) -> None:
    Person.objects.filter(user=outsider).update(is_public=True)
    verbs.declare_leaving(actor=outsider, on=make.today(30))
    verbs.add_skill(actor=outsider, text="วิทยุสื่อสาร", level="does", since=2010)
    page = f"/people/{outsider.person.handle}/"
    said = "ออกจากราชการ"
    assert said in as_(officer).get(page).content.decode()
    assert said not in as_(None).get(page).content.decode()
    assert "ตั้งแต่ปี 2553" in as_(officer).get(page).content.decode()
    verbs.declare_leaving(actor=outsider, on=make.today(600))
    assert said not in as_(officer).get(page).content.decode()
    verbs.declare_leaving(actor=outsider, on=None)
    verbs.declare_leaving(actor=outsider, on=None)
    assert not Leaving.objects.exists()
    with pytest.raises(verbs.NotThatDay):
        verbs.declare_leaving(actor=outsider, on=make.today() - timedelta(days=1))


def test_own_lines(officer: Any, outsider: Any, as_: Any) -> None:
    client = as_(officer)
    sent = {"add": "1", "text": "ร่างหนังสือ  เวียน", "level": "teaches", "since": "๒๕๖๐"}
    assert client.post("/me/skills/", sent).status_code == 302
    assert client.post("/me/skills/", sent | {"level": "tried"}).status_code == 302
    made = Skill.objects.get()
    assert (made.text, made.level, made.since) == ("ร่างหนังสือ เวียน", "tried", 2017)
    for wrong in ({"text": ""}, {"level": "5"}, {"since": "เก่า"}, {"since": "2600"}):
        assert client.post("/me/skills/", sent | wrong).status_code == 422
    assert as_(outsider).post(f"/me/skills/{made.pk}/remove/").status_code == 404
    with pytest.raises(Skill.DoesNotExist):
        verbs.remove_skill(actor=outsider, skill=made)
    assert as_(None).get("/me/skills/").status_code == 302
    for number in range(11):
        verbs.add_skill(actor=officer, text=f"เรื่องที่ {number}", level="does")
    with pytest.raises(verbs.EnoughSkills):
        verbs.add_skill(actor=officer, text="อีกเรื่อง", level="does")
    assert client.post(f"/me/skills/{made.pk}/remove/").status_code == 302
    assert client.post(f"/me/skills/{made.pk}/remove/").status_code == 404
    assert Skill.objects.count() == 11


def test_lines_of_hidden_people_show_nowhere(officer: Any, outsider: Any, as_: Any) -> None:
    verbs.add_skill(actor=outsider, text="คานารี", level="does")
    Person.objects.filter(user=outsider).update(is_listed=False)
    assert names(officer, About(words=("คานารี",))) == []
    assert not Skill.objects.visible_to(officer).exists()
    assert "คานารี" in as_(outsider).get("/me/").content.decode()


def test_the_strip_filters_by_category_and_keeps_the_rest(as_: Any, officer: Any) -> None:
    page = as_(officer).get("/experts/?q=น้ำ&pm=6&page=2")
    cells = {cell["number"]: cell for cell in page.context["strip"]}
    assert [number for number, cell in cells.items() if cell["on"]] == ["6"]
    assert (cells["6"]["url"], cells["2"]["url"]) == (
        "/experts/?q=%E0%B8%99%E0%B9%89%E0%B8%B3",
        "/experts/?q=%E0%B8%99%E0%B9%89%E0%B8%B3&pm=2",
    )
    assert page.context["form"]["pm"].value() == "6"


def test_from_the_finder_a_circle_is_opened_in_three_clicks(as_: Any, officer: Any, colleague: Any, community_c: Any) -> None:
    """A link in the finder, the form with what was looked for as its title, and its button."""
    load_templates()
    Membership.objects.create(community=community_c, user=officer, role="facilitator")
    Membership.objects.create(community=community_c, user=colleague)
    channel_of(community_c)
    assert "/circles/new/" not in as_(colleague).get("/experts/?q=น้ำ").content.decode()
    found = as_(officer).get("/experts/?q=น้ำ").content.decode()
    kit = as_(officer).get("/me/duties/kit/").content.decode()
    for method, page in (("peer-assist", found), ("handover", found), ("handover", kit)):
        links = re.findall(rf'href="([^"]*/circles/new/{method}/[^"]*)"', page)
        assert len(links) == 1, method
        form = as_(officer).get(links[0]).context["form"]
        words = {name: form[name].value() or "" for name in form.fields}
        assert words["title"] == ("น้ำ" if method == "peer-assist" else "")
        words = {name: value for name, value in words.items() if value} | {"title": "วงแรก"}
        opened = as_(officer).post(links[0], words)
        assert opened.status_code == 302, opened.context["form"].errors
    used = Circle.objects.order_by("pk").values_list("version__template__slug", flat=True)
    assert list(used) == ["peer-assist", "handover", "handover"]
