"""The screens: start in three clicks, join, move on by forms alone; strangers find nothing; queries do not grow."""

from typing import Any

import pytest
from django.urls import reverse

from communities.circles.actions import methods
from communities.circles.models import Circle, Part, Round, Template
from communities.models import Community
from communities.talk.models import Channel, Message
from kmportal.people.models import User
from tests.make import circles as make
from tests.make.circles import as_shown

pytestmark = pytest.mark.django_db


def _act(as_: Any, who: User, circle: Circle, verb: str, **words: Any) -> Any:
    return as_(who).post(reverse("circles:act", args=["community-c", circle.pk, verb]), words)


def test_started_in_three_clicks(as_: Any, channel: Channel, guide: User, malee: User) -> None:
    methods.load_templates()
    page = as_(guide)
    choose = reverse("circles:choose", args=["community-c"])
    assert choose in page.get(reverse("circles:list", args=["community-c"])).content.decode()
    start = reverse("circles:start", args=["community-c", "aar"])
    assert start in page.get(choose).content.decode()
    assert page.get(start).status_code == 200
    sent = page.post(
        start, {"title": "ซ้อมแผน", "reach": "network", "channel": channel.pk, "note_taker": malee.pk, "nameless": ["3"]}
    )
    circle = Circle.objects.get()
    assert (sent.status_code, sent.headers["Location"]) == (302, circle.get_absolute_url())
    assert (circle.title, circle.reach, circle.state) == ("ซ้อมแผน", "network", "lobby")
    assert list(circle.rounds.filter(anonymous=True).values_list("number", flat=True)) == [3]
    assert dict(circle.parts.values_list("user", "role")) == {guide.pk: "facilitator", malee.pk: "note_taker"}
    page.post(reverse("circles:act", args=["community-c", circle.pk, "begin"]))
    assert Circle.objects.get().round_number == 1


def test_consent_is_shown_and_recorded(as_: Any, channel: Channel, guide: User, malee: User) -> None:
    circle = make.open_circle(guide, channel, reach="agency")
    page = as_(malee).get(circle.get_absolute_url()).content.decode()
    assert "อ่านแล้วและยอมรับ" in page
    _act(as_, malee, circle, "join", reach="agency")
    assert not Part.objects.filter(user=malee).exists()
    _act(as_, malee, circle, "join", reach="members", agreed=1)
    assert not Part.objects.filter(user=malee).exists()
    _act(as_, malee, circle, "join", reach="agency", agreed=1)
    part = Part.objects.get(user=malee)
    assert (part.role, part.consent_version, part.is_in) == ("participant", 1, True)
    _act(as_, malee, circle, "leave")
    assert not Part.objects.get(user=malee).is_in


def test_moved_on_by_forms(as_: Any, channel: Channel, guide: User, malee: User) -> None:
    circle = make.open_circle(guide, channel)
    make.join(malee, circle)
    _act(as_, guide, circle, "begin")
    _act(as_, guide, circle, "next", seen=1)
    cid = make.say(malee, channel, "ยังไม่ให้ใครเห็น").client_id
    assert "ยังไม่ให้ใครเห็น" not in as_(guide).get(circle.get_absolute_url()).content.decode()
    assert "ยังไม่ให้ใครเห็น" in as_(malee).get(circle.get_absolute_url()).content.decode()
    _act(as_, malee, circle, "held", client_id=cid, body="คิดใหม่")
    assert Message.objects.get().text == "คิดใหม่"
    _act(as_, guide, circle, "reveal", seen=2)
    assert "คิดใหม่" in as_(guide).get(circle.get_absolute_url()).content.decode()
    _act(as_, guide, circle, "wrap-up", seen=2)
    _act(as_, guide, circle, "close")
    closed = Circle.objects.get()
    assert closed.state == "closed"
    assert "คิดใหม่" in as_(malee).get(circle.get_absolute_url()).content.decode()


def test_script_gets_words_where_it_is_refused(as_: Any, channel: Channel, guide: User) -> None:
    circle = make.open_circle(guide, channel)
    address = reverse("circles:act", args=["community-c", circle.pk, "close"])
    refused = as_(guide).post(address, headers={"X-Frame": "1"})
    assert (refused.status_code, bool(refused.json()["words"])) == (409, True)


def test_strangers_and_members(as_: Any, channel: Channel, guide: User, malee: User, outsider: User, coordinator: User) -> None:
    circle = make.open_circle(guide, channel)
    pages = [
        reverse("circles:list", args=["community-c"]), circle.get_absolute_url(), reverse("circles:frame", args=["community-c", circle.pk]),
        reverse("circles:choose", args=["community-c"]), reverse("circles:start", args=["community-c", "aar"]),
    ]  # fmt: skip
    for stranger in (outsider, coordinator):
        assert [as_(stranger).get(page).status_code for page in pages] == [404] * 5
        assert _act(as_, stranger, circle, "begin").status_code == 404
    assert [as_(malee).get(page).status_code for page in pages] == [200, 200, 200, 403, 403]
    for verb, words in {"begin": {}, "cancel": {}, "role": {"user": malee.pk, "role": "facilitator"}}.items():
        assert _act(as_, malee, circle, verb, **words).status_code == 403
    assert as_(malee).get(reverse("circles:act", args=["community-c", circle.pk, "begin"])).status_code == 405
    assert _act(as_, guide, circle, "no-such-verb").status_code == 404
    assert Circle.objects.get().state == "lobby"


@pytest.mark.parametrize("mode", ["blind", "turn", "inner", "small", "vote"])
def test_the_frame_asks_the_same_however_many_take_part(
    channel: Channel, community_c: Community, guide: User, malee: User, queries: Any, as_: Any, mode: str
) -> None:
    from communities.circles.actions import turns
    from tests.make.people import make_user

    methods.load_templates()
    circle = make.open_circle(guide, channel, {"small": "cafe", "inner": "fishbowl"}.get(mode, "aar"))
    make.join(malee, circle)
    number = circle.rounds.filter(mode=mode)[0].number
    make.at_round(guide, circle, number)
    address = reverse("circles:frame", args=["community-c", circle.pk])

    def more(who: User) -> None:
        if mode in {"turn", "inner"}:
            turns.raise_hand(actor=who, circle=circle.pk, seen=number)
        if mode == "blind":
            make.say(who, channel)

    more(malee)
    few = queries(as_(guide), address)
    for one in range(6):
        who = make.member(community_c, make_user(f"many{one}@agency-a.example", given=f"คน{one}"))
        make.join(who, circle)
        more(who)
    assert queries(as_(guide), address) == few <= 22


def test_methods_are_read_by_all_and_written_by_coordinators(as_: Any, officer: User, coordinator: User) -> None:
    methods.load_templates()
    aar = reverse("circles:template", args=["aar"])
    assert as_(officer).get(reverse("circles:templates")).content.decode().count("row-t") == 13
    assert as_(officer).get(aar).status_code == 200
    change = reverse("circles:change_template", args=["aar"])
    assert (as_(officer).get(change).status_code, as_(coordinator).get(change).status_code) == (403, 200)
    assert as_(officer).post(reverse("circles:copy_template", args=["aar"])).status_code == 403
    as_(coordinator).post(reverse("circles:copy_template", args=["aar"]))
    assert Template.objects.count() == 14


def test_a_change_is_a_new_version_and_circles_keep_theirs(as_: Any, channel: Channel, guide: User, coordinator: User) -> None:
    circle = make.open_circle(guide, channel, "jote")
    change = reverse("circles:change_template", args=["jote"])
    words = as_shown(as_(coordinator).get(change).context)
    words |= {"rules_th": "กติกาใหม่", "rules_en": "", "name": "โจทย์เดียว", "rounds-0-prompt_th": "โจทย์ใหม่"}
    words |= {"rounds-0-captures": ["lesson", "metric"], "rounds-0-note_en": "One each"}
    sent = as_(coordinator).post(change, words)
    assert sent.status_code == 302, sent.context["rounds"].errors
    template: Any = Template.objects.get(slug="jote")
    assert (template.current.number, template.current.name, template.current.rounds[0]["prompt_th"]) == (2, "โจทย์เดียว", "โจทย์ใหม่")
    assert len(template.current.rounds) == 4
    first_round = template.current.rounds[0]
    assert (first_round["captures"], first_round["note_en"]) == (["lesson", "metric"], "One each")
    assert (Circle.objects.get().version.number, Round.objects.get(circle=circle, number=1).prompt_th) == (1, "โจทย์: ซ้อมแผนน้ำท่วม")
    again = as_(coordinator).post(change, words)
    assert (again.status_code, template.versions.count()) == (400, 2)
    first = template.versions.get(number=1)
    as_(coordinator).post(reverse("circles:restore_template", args=["jote", first.pk]))
    template.refresh_from_db()
    assert (template.current.number, template.current.name) == (3, first.name)


def test_a_method_of_ones_own(as_: Any, coordinator: User, officer: User) -> None:
    new = reverse("circles:new_template")
    assert as_(officer).get(new).status_code == 403
    words = as_shown(as_(coordinator).get(new).context) | {"name": "วงสั้น", "name_en": "Short circle"}
    assert as_(coordinator).post(new, words).status_code == 400  # no round
    words |= {"rounds-0-mode": "open", "rounds-0-prompt_th": "คุยเรื่อง {title}", "rounds-0-minutes": "5"}
    words |= {"rounds-3-mode": "blind", "rounds-3-prompt_th": "เขียนก่อน", "rounds-3-position": "1", "rounds-3-anonymous": "on"}
    sent = as_(coordinator).post(new, words)
    made: Any = Template.objects.get(is_shipped=False)
    assert (sent.status_code, sent.headers["Location"]) == (302, made.get_absolute_url())
    assert made.slug.startswith("short-circle-")
    assert [(one["mode"], one["anonymous"], one["minutes"]) for one in made.current.rounds] == [
        ("blind", True, 0),
        ("open", False, 5),
    ]


def test_retired_methods_are_not_offered(as_: Any, channel: Channel, guide: User, coordinator: User) -> None:
    methods.load_templates()
    as_(coordinator).post(reverse("circles:offer_template", args=["aar"]))
    assert as_(guide).get(reverse("circles:start", args=["community-c", "aar"])).status_code == 404
