"""A hidden space in the middle of the site, those who look at it, and what an answer may give away. For tests/house/test_canary.py."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client, TestCase

from communities.actions.members import add_member
from communities.actions.spaces import CommunityDetails, open_part
from communities.models import Community
from communities.talk.models import Attachment
from kmportal.library.models import LessonPage
from kmportal.people.models import User
from kmportal.pictures.models import Picture
from kmportal.retrieval import actions as search
from tests.house.addresses import fill, names_in, routes
from tests.make import hidden, qa
from tests.make.communities import open_space
from tests.make.hidden import FRONT, INSIDE, LEADERS, PERSON, SLUG, People
from tests.make.library import make_lesson
from tests.make.people import PERSONAS

EMAILS = {persona.name: persona.email for persona in PERSONAS}
FIRST = 7_770_001
IDS = re.compile(rf"\b{FIRST // 1000}\d{{3}}\b")
# What differs from visit to visit.
NOISE = re.compile(
    r"csrfmiddlewaretoken\W+value=\W+\w+|(?i:csrf_?token)\W+\w{64}|T\d\d:\d\d:[\d.]+|\d\d\.\d\d น|\s*(?:\d+\s*(?:วินาที|นาที)ที่แล้ว|เมื่อสักครู่)"
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
    answer: Any = by.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    heads = sorted((name, value) for name, value in answer.items() if name not in HEADERS)
    return NOISE.sub("", f"{answer.status_code} {heads}\n{body.decode(errors='replace')}")


def lists(*slugs: str) -> list[str]:
    """Addresses that name nothing, and those of these spaces."""
    found = {one for one in routes() if "(" not in one and not names_in(one) and not NOT_OURS.search(one)}
    for slug in slugs:
        found |= {fill(one, {"slug": slug}) for one in routes() if one.startswith("/communities/") and names_in(one) == ["slug"]}
    return sorted(found)


def built() -> Scene:
    """The scene, with the pages as they were before there was the space."""
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
    hidden.number_from(FIRST)
    mail.outbox = []
    with TestCase.captureOnCommitCallbacks(execute=True):
        found.space = hidden.fill(above, who, EMAILS["officer"])
    search.catch_up()
    found.mails, found.values = list(mail.outbox), keys(found.space, who)
    return found


def keys(space: Community, who: People) -> dict[str, Any]:
    """What goes into the places of an address; everything else gets FIRST."""
    lesson, file = LessonPage.objects.get(pk=FIRST), Attachment.objects.get(pk=FIRST)
    return {
        "slug": SLUG, "handle": who.member.person.handle, "uuid": file.uuid, "name": "x", "kind": "answer", "size": "large",
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
            elif "/files/" in route:
                values["name"] = f"{INSIDE}.txt"
            yield fill(route, values)


def leaks(answer: str, address: str, *words: str) -> list[str]:
    """Words and numbers of the space that stand in an answer, apart from those that the reader brought along."""
    for brought in (address, SLUG if SLUG in address else address, *IDS.findall(address)):
        answer = answer.replace(brought, "")
    low = answer.lower()
    # Coordinators look after accounts; the account says nothing of communities.
    words = words or (FRONT, INSIDE, LEADERS, *(() if address.endswith("/account/") else (PERSON,)))
    return [word for word in words if word.lower() in low] + IDS.findall(answer)[:3]
