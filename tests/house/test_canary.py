"""A hidden space leaks nowhere: every address of the address book is opened, with the real keys, by those who are not in it.

Each row of the space has a number that occurs nowhere else (`FIRST` and what follows), and its words are those of tests.make.hidden;
none of them may stand in an answer, and pages are the same, letter for letter, as before there was the space.
"""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse

from communities.circles.views.acts import ACTS
from communities.models import Membership
from communities.talk.models import Channel
from kmportal import urls
from kmportal.inbox.models import Notice
from kmportal.people.models import User
from kmportal.retrieval import engine, readers
from tests.house.addresses import fill, names_in, routes
from tests.house.hidden_scene import EMAILS, FIRST, IDS, QUERIES, SAME, Scene, built, client, filled, leaks, lists, told
from tests.make.hidden import FRONT, INSIDE, LEADERS, SLUG, SOUGHT

pytestmark = pytest.mark.django_db


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
        found = built()
    yield found
    logging.disable(logging.NOTSET)


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
    """They said something of everything while they were in it. That they were taken out they are told, with its name."""
    by = client(scene.who.gone)
    places = [
        one for one in [*lists(), *filled(scene)] if not SAME.search(one) and not one.startswith(("/cms/", "/communities/"))
    ]
    kept = {one: (INSIDE, LEADERS) if one.startswith("/inbox/") else (FRONT, INSIDE, LEADERS) for one in places}
    found = [(one, leak) for one, words in kept.items() for leak in leaks(told(by, one), one, *words)]
    assert [(one, leak) for one, leak in found if not (one == "/inbox/" and IDS.match(leak))] == []


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


# --- Writing ---------------------------------------------------------------------------------------------------------------------
WHOLE_NUMBERS = (
    "message", "quote", "thread", "choice", "turn", "part", "channel", "community", "statement", "mark", "option", "circle", "file", "subject",
    "original", "question", "order", "offered", "chosen", "area", "messages", "user", "seen", "number", "revision", "points", "seq", "piece",
)  # fmt: skip
SAYS = {
    "title": "ก", "name": "ก", "text": "ก", "words": "ก", "reason": "ก", "why": "ก", "body": "<p>ก</p>", "conclusion": "<p>ก</p>", "purpose": "ก",
    "answer": "yes", "do": "send", "act": "take", "what": "charter", "on": "1", "kind": "thanks", "level": "all", "field": "lesson",
    "role": "practitioner", "outcome": "hidden", "says": "ก", "note": "ก", "cid": "6f0f8e0a-7b59-4d3c-9f7e-2f2f0f6f0f6f", "at": "5", "way": "open",
    "template": "jote", "reach": "network", "visibility": "network", "state": "done", "agreed": "on", "email": "x@agency-b.example",
}  # fmt: skip


LABELS = {
    "communities",
    "talk",
    "circles",
    "harvest",
    "interviews",
    "commons",
    "experts",
    "qa",
    "library",
    "pictures",
    "moderation",
}


ELSEWHERE = ("/cms/", "/accounts/", "/people/", "/imports/", "/preferences/", "/communities/new/")


def rows() -> dict[tuple[str, Any], dict[str, Any]]:
    """Every row of what people write, by its table and number."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in LABELS]
    return {
        (model._meta.label, row[model._meta.pk.attname]): row
        for model in models
        for row in model._default_manager.values(*(one.attname for one in model._meta.concrete_fields))
    }


def posted(scene: Scene, own: int) -> Iterator[str]:
    """Every address, by the name of the hidden space, of one's own space, and in one's own channel; and every verb of circles."""
    for route in routes():
        names = names_in(route)
        if "(" in route or route.startswith(ELSEWHERE) or route.endswith(("/leave/", "/archive/")):
            continue
        values = dict.fromkeys(names, FIRST) | scene.values
        if "<slug:slug>" not in route or not route.startswith("/communities/"):
            yield fill(route, values)
            continue
        for verb in ACTS if "verb" in names else ("x",):
            yield fill(route, values | {"verb": verb})
            yield fill(route, values | {"verb": verb, "slug": scene.sibling})
        if "/channels/<key:pk>/" in route:
            yield fill(route, values | {"slug": scene.sibling, "pk": own})


def test_who_leads_another_space_changes_nothing_by_its_numbers(scene: Scene) -> None:
    """Every address that takes a form, with the numbers of the hidden space in it, under its own name and under that of one's own."""
    intruder = scene.readers["outsider"]
    assert intruder is not None
    Membership.objects.filter(user=intruder).update(role=Membership.Role.FACILITATOR)
    by, own = client(intruder), Channel.objects.get(community__slug=scene.sibling)
    member = scene.who.member.pk
    people = dict.fromkeys(("owner", "to", "person", "deputy", "member", "facilitator"), member)
    form, before, taken = dict.fromkeys(WHOLE_NUMBERS, FIRST) | SAYS | people, rows(), []
    for address in posted(scene, own.pk):
        if scene.sibling in address:
            by.post(address, SAYS | people)
        status = by.post(address, form).status_code
        if status not in {403, 404, 405} and (str(FIRST) in address or SLUG in address):
            taken.append((status, address))
    after = rows()
    assert taken == []
    assert [key for key, row in before.items() if str(key[1]).startswith("777") and after.get(key) != row] == []
    made = [(key[0], row) for key, row in after.items() if key not in before]
    crossing = [(table, name) for table, row in made for name, value in row.items() if value in (FIRST, member) and name != "id"]
    assert crossing == []
    assert len(made) > 3
