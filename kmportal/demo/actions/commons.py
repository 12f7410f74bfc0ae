"""What the members of one community share: announcements, events, a poll, a document, action items."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from communities.commons.actions import add_action, announcements, documents, events, items, polls
from communities.commons.models import ActionItem, Announcement, Event, Poll, PollOption, Rsvp, SpaceDocument
from communities.models import Community
from kmportal.demo.actions.people import account
from kmportal.demo.content import FILES, read, rich
from kmportal.people.models import User


def share_things(*, say: Callable[[str], None]) -> None:
    """Each with all that belongs to it, or not at all; nothing where the community or its people are gone."""
    words = read("commons")
    community = Community.objects.filter(slug=words["community"], archived_at=None).first()
    if community is None:
        return
    makers: dict[str, tuple[Any, str, Callable[[Community, dict[str, Any]], None]]] = {
        "announcements": (Announcement, "title", _announce),
        "events": (Event, "title", _call),
        "polls": (Poll, "title", _ask),
        "documents": (SpaceDocument, "title", _share),
        "actions": (ActionItem, "text", _give),
    }
    for kind, (model, name, make) in makers.items():
        known = set(model.objects.filter(community=community).values_list(name, flat=True))
        missing = [entry for entry in words[kind] if entry[name] not in known and _is_member(community, entry["by"])]
        if missing:
            say(f"{len(missing)} {kind} of a community")
        for entry in missing:
            with transaction.atomic():
                make(community, entry)


def _announce(community: Community, entry: dict[str, Any]) -> None:
    pinned = timezone.localdate() + timedelta(days=entry["pinned"]) if entry["pinned"] else None
    said = announcements.AnnouncementWords(
        title=entry["title"], body=_body(entry), pinned_until=pinned, must_read=entry["must_read"]
    )
    made = announcements.announce(actor=account(entry["by"]), community=community, words=said)
    Announcement.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=entry["days"]))
    for reader in _members(community, entry["read_by"]):
        announcements.mark_read(actor=reader, announcement=made, said=True)


def _call(community: Community, entry: dict[str, Any]) -> None:
    starts = _moment(entry["in_days"], time(entry["hour"], 30))
    said = events.EventWords(
        title=entry["title"], body=_body(entry), place=entry["place"], link=entry["link"], capacity=entry["capacity"],
        starts_at=starts, ends_at=starts + timedelta(hours=entry["hours"]),
    )  # fmt: skip
    made = events.call_event(actor=account(entry["by"]), community=community, words=said)
    for person in _members(community, entry["answers"]):
        events.answer_event(actor=person, event=made, answer=Rsvp.Answer(entry["answers"][person.email]))


def _ask(community: Community, entry: dict[str, Any]) -> None:
    said = polls.PollWords(
        title=entry["title"], body=_body(entry), anonymous=entry["anonymous"], closes_at=_moment(entry["in_days"], time(23, 59)),
        questions=[polls.Asked(**question) for question in entry["questions"]],
    )  # fmt: skip
    made = polls.open_poll(actor=account(entry["by"]), community=community, words=said)
    written = made.questions.filter(kind="text").values_list("pk", flat=True)
    for one in entry["votes"]:
        for person in _members(community, [one["by"]]):
            options = PollOption.objects.filter(question__poll=made, words__in=one["chosen"]).values_list("pk", flat=True)
            vote = polls.Vote(options=frozenset(options), texts=dict.fromkeys(written, one["text"]))
            polls.vote(actor=person, poll=made, said=vote)


def _share(community: Community, entry: dict[str, Any]) -> None:
    data = (FILES / entry["file"]).read_bytes()
    documents.share_document(
        actor=account(entry["by"]), community=community, data=data, filename=entry["file"], title=entry["title"],
        summary=entry["summary"],
    )  # fmt: skip


def _give(community: Community, entry: dict[str, Any]) -> None:
    """One that is overdue was given for today and has aged since."""
    for owner in _members(community, [entry["owner"]]):
        day = timezone.localdate() + timedelta(days=entry["in_days"])
        given = {"text": entry["text"], "owner": owner, "due": max(day, timezone.localdate())}
        made = add_action(actor=account(entry["by"]), community=community, **given)
        if entry["done"]:
            items.complete(actor=owner, item=made)
        if day < made.due:
            ActionItem.objects.filter(pk=made.pk).update(due=day, reminded=ActionItem.Reminded.LATE)


def _moment(days: int, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), hour))


def _body(entry: dict[str, Any]) -> str:
    return "".join(rich(line) for line in entry["body"])


def _is_member(community: Community, email: str) -> bool:
    return community.memberships.filter(user__email=email).exists()


def _members(community: Community, emails: Any) -> list[User]:
    """Those of them who are still members: the demonstration may have been played with."""
    return list(User.objects.filter(email__in=list(emails), memberships__community=community).order_by("pk"))
