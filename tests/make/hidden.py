"""A hidden space with one of everything, each thing with words that nobody outside it may meet. Built through the verbs.

space = fill(coordinator, people)       # People: who is in it, made before

What the words are for: `FRONT` is told to whoever is invited, `INSIDE` to members, `LEADERS` to facilitators. `SOUGHT` stands
beside them, so that a search can be asked without repeating the words in its answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import connection
from django.utils import timezone
from PIL import Image

from communities.actions.exporting import ask_export
from communities.actions.inviting import invite
from communities.actions.leading import offer_leadership
from communities.actions.members import add_member, change_role, describe_self, remove_member
from communities.actions.spaces import CommunityDetails, open_part
from communities.circles.actions import moving, voting
from communities.commons.actions import announcements, calendars, events, polls
from communities.commons.models import Rsvp
from communities.harvest.actions import asking, drafting, handing_in, words
from communities.harvest.actions.ground import digest_of
from communities.harvest.actions.marking import mark
from communities.harvest.actions.taken import free_pieces
from communities.interviews.actions import handing, recording
from communities.interviews.actions.ground import digest_of as digest_of_interview
from communities.interviews.actions.ground import worker
from communities.models import Community, Membership
from communities.talk.actions import changing, marking, reporting, threads
from communities.talk.actions.saying import Words
from communities.talk.actions.sending import send
from communities.talk.models import Channel, Message, Reaction
from kmportal.library.actions import review
from kmportal.people.models import Agency, Person, User
from kmportal.people.roles import Role
from qa.models import Report
from rewards.actions.thanking import thank
from tests.make import cases, circles, commons, experts, interviews, qa
from tests.make.documents import make_document
from tests.make.library import make_lesson
from tests.make.people import AGENCY_B, make_user

FRONT, INSIDE, LEADERS, PERSON = "XFRONT", "XINSIDE", "XLEADERS", "XPERSON"
SOUGHT = "กระเบื้องลายนกแก้ว"
SAID = f"{SOUGHT} {INSIDE}"
SLUG = "xfront-space"


@dataclass(frozen=True)
class People:
    """Who is in the space. They show their page to nobody, so that their names are nobody's to meet outside."""

    leader: User
    taker: User
    member: User
    reviewer: User
    gone: User
    """Took part in everything, and was taken out."""
    demoted: User
    """Led it, and is a member still."""

    def all(self) -> Iterator[User]:
        yield from vars(self).values()


def people() -> People:
    agency = Agency.objects.get(slug=AGENCY_B)
    roles = {"reviewer": Role.NETWORK_COORDINATOR}
    made = {
        name: make_user(f"x{name}@agency-b.example", agency=agency, given=name, family=PERSON, role=roles.get(name))
        for name in People.__annotations__
    }
    found = People(**made)
    User.objects.filter(pk=found.leader.pk).update(last_name="")
    found.leader.refresh_from_db()
    Person.objects.filter(user__in=[*found.all()]).update(is_listed=False)
    return found


def number_from(first: int) -> None:
    """From now on every table counts on from here: what follows is known by its number, whatever table it is in. SQLite alone."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_sequence")
        for model in apps.get_models(include_auto_created=True):
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [model._meta.db_table, first - 1])


def fill(parent: Community, who: People, invited: str) -> Community:
    """The space, a part of `parent`, which `who.leader` leads too."""
    details = CommunityDetails(
        name=f"{FRONT} วงที่ไม่มีใครรู้", name_en=f"{FRONT} circle", domain=f"{SOUGHT} {FRONT}", charter=f"<p>{FRONT}</p>",
        goal=FRONT, is_hidden=True, joining=Community.Joining.INVITATION,
    )  # fmt: skip
    space = open_part(actor=who.leader, parent=parent, details=details)
    # Its own address is drawn by lot; here it is to be known again.
    space.slug = SLUG
    space.save(update_fields=["slug"])
    for one, role in (
        (who.taker, "note_taker"),
        (who.demoted, "facilitator"),
        (who.member, ""),
        (who.reviewer, ""),
        (who.gone, ""),
    ):
        add_member(actor=who.leader, community=space, user=one, role=Membership.Role(role or "practitioner"))
    describe_self(actor=who.member, community=space, offers=SAID, seeks=SAID)
    channel = Channel.objects.get(community=space)
    _talk(who, channel)
    _circle(who, channel)
    _harvest(who, space, channel)
    _interviews(who, space)
    _commons(who, space)
    _library(who, space)
    _questions(who, space)
    experts.offer(who.leader, who.reviewer, helps_with="งานสารบรรณ")
    experts.done(who.member, who.leader, subject=SAID, need=SAID, tried=SAID)
    _leaders(who, space, invited)
    remove_member(actor=who.leader, membership=Membership.objects.get(community=space, user=who.gone))
    demoted = Membership.objects.get(community=space, user=who.demoted)
    change_role(actor=who.leader, membership=demoted, role=Membership.Role.PRACTITIONER)
    return space


def say(actor: User, channel: Channel, *uploads: Any, **more: Any) -> Message:
    sent = Words(client_id=uuid4(), body=f"<p>{SAID} {uuid4().hex[:6]}</p>", **more)
    return send(actor=actor, channel=channel.pk, words=sent, uploads=uploads)


def _picture() -> tuple[str, int, Any]:
    target = BytesIO()
    Image.new("RGB", (40, 30), "red").save(target, "PNG")
    return (f"{INSIDE}.png", len(target.getvalue()), BytesIO(target.getvalue()))


def _talk(who: People, channel: Channel) -> None:
    first = say(who.member, channel, _picture(), (f"{INSIDE}.txt", 30, BytesIO(f"{SAID} ในไฟล์".encode())))
    marking.react(actor=who.gone, message=first, kind=Reaction.Kind.THANKS, on=True)
    marking.pin(actor=who.leader, message=first, on=True)
    changing.edit(actor=who.member, message=first, body=f"{first.body}<p>{SAID}</p>")
    thread = threads.open_thread(actor=who.gone, channel=channel.pk, title=SAID, first=first.pk)
    say(who.gone, channel, thread=thread.pk, quote=first.pk)
    threads.resolve(actor=who.leader, thread=thread, conclusion=f"<p>{SAID}</p>")
    reporting.report(actor=who.gone, message=say(who.member, channel), reason=f"{LEADERS} ไม่เหมาะ")


def _circle(who: People, channel: Channel) -> None:
    """In its blind round, with words held back; another one is planned."""
    running = circles.open_circle(who.leader, channel, "jote", title=SAID, topic=SAID)
    for one in (who.member, who.gone, who.demoted):
        circles.join(one, running)
    circles.at_round(who.leader, running, 1)
    circles.say(who.gone, channel, SAID)
    circles.say(who.member, channel, SAID)
    moving.ask_more(actor=who.leader, circle=running.pk, seen=1, number=0)
    choosing = circles.channel_of(channel.community, f"{INSIDE} เลือก")
    held = circles.open_circle(who.leader, choosing, "jote", title=SAID, starts_at=timezone.now() + timedelta(days=1))
    circles.join(who.gone, held)
    circles.at_round(who.leader, held, 3)
    (choice,) = voting.offer(actor=who.leader, circle=held.pk, seen=3, words=SAID)
    voting.cast(actor=who.gone, circle=held.pk, choice=choice.pk)


def _harvest(who: People, space: Community, channel: Channel) -> None:
    """One lesson published for the space alone, one draft in review, one mark in the basket."""
    other = circles.channel_of(space, f"{INSIDE} เก็บ")
    for number in range(3):
        told = say(who.member, other)
        mark(actor=who.taker, message=told, field="lesson")
        if number == 2:
            return
        draft = drafting.draft_lesson(actor=who.taker, channel=other.pk, title=f"{SAID} {number}")
        for word in asking.ask_tellers(actor=who.taker, draft=draft):
            words.approve(word=word, read=digest_of(draft), at=timezone.now())
        handing_in.hand_in(actor=who.taker, draft=draft)
        if number == 0:
            review.approve(actor=who.reviewer, page=draft.lesson)


def _interviews(who: People, space: Community) -> None:
    plan: dict[str, Any] = {"title": SAID, "purpose": SAID, "name": PERSON, "email": "expert@xperson.example"}
    made = interviews.make_interview(who.taker, space, **plan)
    heard = interviews.recorded(who.taker, made)
    recording.write_note(actor=worker(user=who.taker, interview=made.pk), recording=heard.pk, at=5, text=SAID)
    hand = interviews.sent(who.taker, made)
    interviews.answered(hand, SAID)
    handing.approve(actor=hand, read=digest_of_interview(made))
    pieces = [piece.source for piece in free_pieces(user=who.taker, community=space)]
    drafting.draft_lesson(actor=who.taker, channel=Channel.objects.filter(community=space)[0].pk, pieces=pieces, title=SAID)
    interviews.answered(interviews.sent(who.taker, interviews.make_interview(who.taker, space, **plan)), SAID)


def _commons(who: People, space: Community) -> None:
    said = commons.announcement(who.leader, space, SAID, body=f"<p>{SAID}</p>", must_read=True)
    announcements.mark_read(actor=who.gone, announcement=said, said=True)
    meeting = commons.event(who.leader, space, SAID, place=SAID, capacity=3, starts_at=commons.moment(1))
    events.answer_event(actor=who.gone, event=meeting, answer=Rsvp.Answer.YES)
    asked = [polls.Asked(kind="single", words=SAID, options=[SAID, "ข"]), polls.Asked(kind="text", words=SAID)]
    poll = commons.poll(who.leader, space, SAID, questions=asked)
    single, text = poll.questions.order_by("position")
    chosen = single.options.order_by("position")[0]
    polls.vote(actor=who.gone, poll=poll, said=polls.Vote(options=frozenset({chosen.pk}), texts={text.pk: SAID}))
    commons.document(who.leader, space, SAID, summary=SAID)
    commons.item(who.leader, space, owner=who.gone, text=SAID)
    commons.item(who.leader, space, owner=who.member, text=SAID)
    calendars.make_key(actor=who.member)


def _library(who: People, space: Community) -> None:
    make_document(SAID, visibility="community", community=space, summary=SAID)
    kept: dict[str, Any] = {"visibility": "community", "community": space}
    make_lesson(SAID, lesson=SAID, tellers=[who.member.person], **kept)
    make_lesson(f"{SAID} ร่าง", lesson=SAID, publish=False, **kept)


def _questions(who: People, space: Community) -> None:
    asked = qa.ask(who.member, SAID, body=f"<p>{SAID}</p>", visibility="community", community=space)
    reply = qa.answer(asked, who.gone, f"<p>{SAID}</p>")
    thank(actor=who.member, kind=qa.ANSWERS, key=reply.pk, words=SAID)
    qa.comment(reply, who.leader, f"<p>{SAID}</p>")
    qa.ask(who.member, SAID + " ไม่บอกชื่อ", visibility="community", community=space, anonymous=True)
    cases.flagged(reply, who.demoted, reason=LEADERS, kind=Report.Kind.FLAG)


def _leaders(who: People, space: Community, invited: str) -> None:
    invite(actor=who.leader, community=space, email=invited, words=FRONT)
    offer_leadership(actor=who.leader, community=space, to=who.member, words=LEADERS)
    ask_export(actor=who.leader, community=space)
