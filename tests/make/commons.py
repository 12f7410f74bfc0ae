"""Communities with members, and what they share, through the verbs.

c = community(officer, colleague); item = add_action(actor=officer, community=c, ...)
"""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from communities.commons.actions.announcements import AnnouncementWords, announce
from communities.commons.actions.documents import share_document
from communities.commons.actions.events import EventWords, call_event
from communities.commons.actions.items import add_action
from communities.commons.actions.polls import Asked, PollWords, open_poll
from communities.commons.models import ActionItem, Announcement, Event, Poll, SpaceDocument
from communities.models import Community, Membership
from kmportal.inbox.models import Notice
from tests.make.documents import pdf

_numbers = count(1)


def community(facilitator: Any, *members: Any, note_taker: Any = None, hidden: bool = False) -> Community:
    number = next(_numbers)
    way = Community.Joining.INVITATION if hidden else Community.Joining.OPEN
    made = Community.objects.create(slug=f"circle-{number}", name=f"วงทดลอง {number}", is_hidden=hidden, joining=way)
    Membership.objects.create(community=made, user=facilitator, role=Membership.Role.FACILITATOR)
    if note_taker is not None:
        Membership.objects.create(community=made, user=note_taker, role=Membership.Role.NOTE_TAKER)
    for person in members:
        Membership.objects.create(community=made, user=person)
    return made


def leave(person: Any, community: Community) -> None:
    Membership.objects.filter(community=community, user=person).delete()


def day(ahead: int = 7) -> date:
    return timezone.localdate() + timedelta(days=ahead)


def moment(days: float = 7) -> datetime:
    return timezone.now() + timedelta(days=days)


def item(actor: Any, community: Community, owner: Any = None, text: str = "ร่างคู่มือฉบับย่อ", **words: Any) -> ActionItem:
    return add_action(actor=actor, community=community, text=text, owner=owner or actor, due=words.pop("due", day()), **words)


def announcement(actor: Any, community: Community, title: str = "นัดคุยครั้งหน้า", **words: Any) -> Announcement:
    said = AnnouncementWords(title=title, **{"body": "<p>เชิญทุกคน</p>", **words})
    return announce(actor=actor, community=community, words=said)


def event_words(title: str = "วงคุยประจำเดือน", **words: Any) -> EventWords:
    starts = words.pop("starts_at", moment(7))
    return EventWords(title=title, starts_at=starts, ends_at=words.pop("ends_at", starts + timedelta(hours=2)), **words)


def event(actor: Any, community: Community, title: str = "วงคุยประจำเดือน", **words: Any) -> Event:
    return call_event(actor=actor, community=community, words=event_words(title, **words))


def poll(actor: Any, community: Community, title: str = "วันไหนสะดวก", **words: Any) -> Poll:
    asked = words.pop("questions", [Asked(kind="single", words="วันไหน", options=["จันทร์", "อังคาร"])])
    said = PollWords(title=title, questions=asked, closes_at=words.pop("closes_at", moment(7)), **words)
    return open_poll(actor=actor, community=community, words=said)


def document(actor: Any, community: Community, title: str = "แบบฟอร์ม", **words: Any) -> SpaceDocument:
    data = words.pop("data", None) or pdf(f"commons {next(_numbers)}")
    return share_document(actor=actor, community=community, data=data, filename="form.pdf", title=title, **words)


def told(person: Any, kind: str) -> int:
    """How many notices of that kind stand in somebody's inbox now."""
    return Notice.objects.visible_to(person).filter(kind=kind).count()


def fresh(thing: Any) -> Any:
    return type(thing).objects.get(pk=thing.pk)
