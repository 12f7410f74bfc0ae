"""A hidden space leaks nowhere: every address of the address book is opened, with the real keys, by those who are not in it.

Each row of the space has a number that occurs nowhere else (`FIRST` and what follows), and its words are those of tests.make.hidden;
none of them may stand in an answer, and pages are the same, letter for letter, as before there was the space.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, TestCase

from communities.actions.members import add_member
from communities.actions.spaces import CommunityDetails, open_part
from communities.models import Community
from communities.talk.models import Attachment
from kmportal import urls
from kmportal.inbox.models import Notice
from kmportal.library.models import LessonPage
from kmportal.people.models import User
from kmportal.pictures.models import Picture
from kmportal.retrieval import actions as search
from kmportal.retrieval import engine, readers
from tests.house.addresses import fill, names_in, routes
from tests.make import hidden, qa
from tests.make.communities import open_space
from tests.make.hidden import FRONT, INSIDE, LEADERS, PERSON, SLUG, SOUGHT, People
from tests.make.library import make_lesson
from tests.make.people import PERSONAS

pytestmark = pytest.mark.django_db
EMAILS = {persona.name: persona.email for persona in PERSONAS}
FIRST = 7_770_001
IDS = re.compile(rf"\b{FIRST // 1000}\d{{3}}\b")
# What differs from visit to visit.
NOISE = re.compile(
    r"csrfmiddlewaretoken\W+value=\W+\w+|(?i:csrf_?token)\W+\w{64}|T\d\d:\d\d:[\d.]+|\d\d\.\d\d น|\d+ (?:วินาที|นาที)ที่แล้ว|เมื่อสักครู่"
)
HEADERS = {"Content-Length", "Expires", "X-Request-ID"}
# Forms that are empty, Wagtail's own tables without a row of ours, and what is compared in its whole page already.
SAME = re.compile(
    r"/(?:new|add|create|draft)/$|^/(?:accounts|styleguide|preferences)/|^/cms/(?!api|communities|home|reports|users|pages)"
)
NOT_OURS = re.compile(
    r"^/cms/(?:.*(?:taxonomy|emaildomain|synonymgroup|workflows|redirects|images|sites|groups|collections|password_reset)/|choose-|sprite|jsi18n|login|.*/results/$)"
)
QUERIES = (
    "/search/?q={0}", "/search/suggest/?q={0}", "/api/v1/search?q={0}", "/ask/similar/?title={0}&text={0}", "/ask/people/?q=" + PERSON[:-1],
    "/library/?q={0}", "/qa/?q={0}", "/communities/?q={0}", "/experts/?q={0}", "/people/?q=" + PERSON[:-1], "/cabinet/?q={0}",
    "/cms/pages/search/?q={0}", "/cms/documents/chooser/results/?q={0}",
)  # fmt: skip


@dataclass
class Scene:
    who: People
    space: Community
    readers: dict[str, User | None]
    values: dict[str, Any]
    sibling: str
    before: dict[tuple[str, str], str] = field(default_factory=dict)
    mails: list[Any] = field(default_factory=list)


def client(user: User | None) -> Client:
    made = Client(raise_request_exception=False)
    if user is not None:
        made.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def told(by: Client, address: str) -> str:
    """All that an answer says: status, headers, body."""
    answer = by.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    heads = sorted((name, value) for name, value in answer.items() if name not in HEADERS)
    return NOISE.sub("", f"{answer.status_code} {heads}\n{body.decode(errors='replace')}")


def lists(*slugs: str) -> list[str]:
    """Addresses that name nothing, and those of these spaces."""
    found = {one for one in routes() if "(" not in one and not names_in(one) and not NOT_OURS.search(one)}
    for slug in slugs:
        found |= {fill(one, {"slug": slug}) for one in routes() if one.startswith("/communities/") and names_in(one) == ["slug"]}
    return sorted(found)


def number_from_here() -> None:
    """From now on every table counts on from FIRST: what follows is known by its number, whatever table it is in."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_sequence")
        for model in apps.get_models(include_auto_created=True):
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [model._meta.db_table, FIRST - 1])


def in_short(request: HttpRequest, exception: Exception) -> HttpResponse:
    """In place of a whole page, which is the same for all: what is not there is most of what these tests open."""
    return HttpResponse(f"{type(exception).__name__} {exception}", status=404 if isinstance(exception, Http404) else 403)


@pytest.fixture(scope="module")
def short_refusals() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for status in (403, 404):
            patch.setattr(urls, f"handler{status}", in_short, raising=False)
        # Nobody looks at the templates of these answers; keeping their contexts takes a tenth of the time.
        patch.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)
        yield


@pytest.fixture(scope="module")
def scene(ground: Any, short_refusals: None) -> Iterator[Scene]:
    logging.disable(logging.CRITICAL)
    with ground():
        who, coordinator = hidden.people(), User.objects.get(email=EMAILS["coordinator"])
        # Whoever has every role and is in the spaces beside it sees all that any outsider sees.
        outsider = User.objects.get(email=EMAILS["colleague"])
        outsider.groups.set(Group.objects.all())
        above = open_space(coordinator, who.leader, outsider)
        details = CommunityDetails(name="วงพี่น้อง", is_hidden=True, joining=Community.Joining.INVITATION)
        sibling = open_part(actor=who.leader, parent=above, details=details)
        add_member(actor=who.leader, community=sibling, user=outsider)
        make_lesson("เรื่องที่ทุกคนอ่านได้")
        qa.ask(coordinator, visibility="public")
        search.catch_up()
        found = Scene(who, above, {"visitor": None, "outsider": User.objects.get(pk=outsider.pk)}, {}, sibling.slug)
        opened = {name: client(user) for name, user in found.readers.items()}
        for address in lists(above.slug, sibling.slug):
            for name in ("outsider",) if address.startswith(("/cms/", "/communities/", "/me/")) else opened:
                if not SAME.search(address):
                    found.before[name, address] = told(opened[name], address)
        number_from_here()
        mail.outbox = []
        with TestCase.captureOnCommitCallbacks(execute=True):
            found.space = hidden.fill(above, who, EMAILS["officer"])
        search.catch_up()
        found.mails, found.values = list(mail.outbox), keys(found.space, who)
    yield found
    logging.disable(logging.NOTSET)


def keys(space: Community, who: People) -> dict[str, Any]:
    """What goes into the places of an address; everything else gets FIRST."""
    lesson, file = LessonPage.objects.get(pk=FIRST), Attachment.objects.get(pk=FIRST)
    return {
        "slug": SLUG, "handle": who.member.person.handle, "uuid": file.uuid, "name": file.name, "kind": "answer", "size": "large",
        "verb": "begin", "method": "aar", "why": "flag", "token": "x" * 43, "secret": "x" * 43, "key": "x", "uidb36": "1", "uidb64": "MQ",
        "app_label": "communities", "app_name": "communities", "content_type_app_name": "library", "model_name": "community",
        "content_type_model_name": "lessonpage", "action": "delete", "action_name": "approve", "filter_spec": "original", "word": "talk",
        "text": "x", "value": "open", "code": "answer", "block": "x", "revision_id_a": "earliest", "revision_id_b": "latest",
        "lesson": lesson.url_path.removeprefix("/home"), "picture": Picture.objects.get(pk=FIRST).uuid,
    }  # fmt: skip


def filled(scene: Scene) -> Iterator[str]:
    """Every address that names something, with what is in the space."""
    for route in routes():
        if "(?:" in route and not names_in(route):
            yield scene.values["lesson"]
        elif names_in(route) and not NOT_OURS.search(route):
            values = dict.fromkeys(names_in(route), FIRST) | scene.values
            if route.startswith(("/pmqa/", "/cabinet/", "/feeds/")):
                values |= {"number": "4", "code": "4.1", "kind": "lesson"}
            elif route.startswith("/pictures/"):
                values["uuid"] = scene.values["picture"]
            yield fill(route, values)


def leaks(answer: str, address: str, *words: str) -> list[str]:
    """Words and numbers of the space that stand in an answer, apart from those that the reader brought along."""
    for brought in (address, SLUG if SLUG in address else address, *IDS.findall(address)):
        answer = answer.replace(brought, "")
    low = answer.lower()
    # Coordinators look after accounts; the account says nothing of communities.
    words = words or (FRONT, INSIDE, LEADERS, *(() if address.endswith("/account/") else (PERSON,)))
    return [word for word in words if word.lower() in low] + IDS.findall(answer)[:3]


def test_pages_are_the_same_as_before_there_was_the_space(scene: Scene) -> None:
    opened = {name: client(user) for name, user in scene.readers.items()}
    answers = {(name, address): told(opened[name], address) for name, address in scene.before}
    assert [key for key, answer in answers.items() if answer != scene.before[key]] == []
    assert len(answers) > 150


def test_no_address_tells_anything_of_it(scene: Scene) -> None:
    found, number = [], 0
    for name, user in scene.readers.items():
        by = client(user)
        fresh = [one for one in lists(scene.sibling) if (name, one) not in scene.before and (user or not one.startswith("/cms/"))]
        asked = (one.format(SOUGHT) for one in QUERIES if user or not one.startswith("/cms/"))
        for address in [*fresh, *asked, *(filled(scene) if user else ())]:
            found += [(name, address, leak) for leak in leaks(told(by, address), address)]
            number += 1
    assert found == []
    assert number > 450


def test_who_was_in_it_meets_it_nowhere_now(scene: Scene) -> None:
    """They said something of everything while they were in it. The rest is closed to them as to everybody."""
    by = client(scene.who.gone)
    places = [
        one for one in [*lists(), *filled(scene)] if not SAME.search(one) and not one.startswith(("/cms/", "/communities/"))
    ]
    own = by.get("/me/points/").content.decode()
    found = [(one, leak) for one in places for leak in leaks(told(by, one), one, FRONT, INSIDE, LEADERS)]
    assert (found, own.count(FRONT)) == ([], 0)


def test_who_led_it_reads_nothing_of_those_who_lead(scene: Scene) -> None:
    by = client(scene.who.demoted)
    places = [one for one in lists(SLUG) if one.startswith((f"/communities/{SLUG}/", "/moderation/", "/inbox/", "/me/"))]
    assert [(one, told(by, one)[:3]) for one in places if LEADERS in told(by, one)] == []
    assert INSIDE in told(by, f"/communities/{SLUG}/channels/{FIRST}/")


def test_who_is_invited_sees_the_front_alone(scene: Scene) -> None:
    by = client(User.objects.get(email=EMAILS["officer"]))
    places = [one for one in [*lists(SLUG), *filled(scene)] if one.startswith("/communities/") and not SAME.search(one)]
    assert [(one, leak) for one in places for leak in leaks(told(by, one), one, INSIDE, LEADERS) if not IDS.match(leak)] == []
    assert FRONT in told(by, f"/communities/{SLUG}/")


def test_nobody_else_finds_it_or_is_told(scene: Scene) -> None:
    inside = {one.pk for one in scene.who.all()}
    for user in User.objects.exclude(pk__in=inside - {scene.who.gone.pk}):
        hits = engine.find(SOUGHT, readers.of(user), limit=50).hits
        assert [hit.url for hit in hits if hit.object_id >= FIRST] == [], user
    addresses = {one.email for one in scene.who.all()} | {"expert@xperson.example", EMAILS["officer"]}
    assert {to for letter in scene.mails for to in letter.to} <= addresses
    assert len(scene.mails) > 10
    told_to = set(Notice.objects.filter(pk__gte=FIRST).values_list("recipient__email", flat=True))
    assert told_to <= addresses


def test_members_meet_all_of_it(scene: Scene) -> None:
    """Or the tests above would say nothing."""
    by, inside = client(scene.who.leader), f"/communities/{SLUG}/"
    kinds = ("channels", "announcements", "calendar", "polls", "documents", "actions", "circles", "harvest", "interviews")
    for place in ("", "members/", *(f"{kind}/" for kind in kinds)):
        assert FRONT in told(by, inside + place), place
    for kind in kinds:
        assert INSIDE in told(by, f"{inside}{kind}/{FIRST}/"), kind
    elsewhere = ("/qa/", f"/qa/{FIRST}/", "/library/", scene.values["lesson"], f"/consultations/{FIRST}/", f"/search/?q={SOUGHT}")
    assert [place for place in elsewhere if INSIDE not in told(by, place)] == []
