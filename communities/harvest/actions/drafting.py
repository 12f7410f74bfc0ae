"""From the basket to a lesson: every statement stands in the draft beside its message and its speaker, who are credited."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from communities.circles.models import Part
from communities.harvest.actions.ground import HarvestError, newest, take
from communities.harvest.actions.taken import Taken, of_mark, of_pieces, paragraphs
from communities.harvest.actions.withdrawing import let_go
from communities.harvest.fields import IN_LESSON, PLAIN, WORDS, Field
from communities.harvest.models import Mark, Statement, TalkDraft
from communities.harvest.permissions import can_harvest
from communities.harvest.rules import may_reach
from communities.talk.actions import ground as talk
from communities.talk.models import Channel, Event
from kmportal.core import clean
from kmportal.core.text import shorten
from kmportal.library.actions.lessons import SLUG_LETTERS, add_draft
from kmportal.library.models import Credit, LessonPage
from kmportal.library.visibility import Visibility
from kmportal.people.models import Person, User
from kmportal.taxonomy.models import PmqaEdition

TITLE_LENGTH = 110
NOTE_TAKER, FACILITATOR = Part.Role.NOTE_TAKER, Part.Role.FACILITATOR
MOST = 60
"""Statements in one lesson: it tells one event."""


class EmptyBasket(HarvestError):
    words = _("Nothing is in the basket. Mark what is worth keeping, and confirm it.")


class TooMuch(HarvestError):
    words = _("Take at most 60 statements. A lesson tells one event; make several lessons from more.")


class TooWide(HarvestError):
    words = _("Those who spoke were promised a narrower circle of readers. Choose that, or ask them anew.")


class NoTitle(HarvestError):
    words = _("Give the lesson a title.")


@transaction.atomic
def draft_lesson(
    *, actor: User, channel: int, marks: Collection[int] | None = None, pieces: Collection[str] = (), title: str = ""
) -> TalkDraft:
    """A lesson draft, kept to the community, from these confirmed marks or from all that lie in the basket of the channel; and from
    pieces of what the community told elsewhere, by their names (harvest.sources).

    A mark or a piece goes into one draft only, so a double press finds an empty basket and makes no second lesson.

    Raises:
        Channel.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied: neither note-taker nor facilitator of the space.
        EmptyBasket, TooMuch
        LessonError: the library has no place for lessons.
    """
    place = talk.take(actor=actor, channel=channel)
    if not can_harvest(actor, place):
        raise PermissionDenied
    chosen = _chosen(place, actor, marks)
    told = [*map(of_mark, chosen), *of_pieces(actor=actor, community=place.community, names=pieces)]
    if not told:
        raise EmptyBasket
    if len(told) > MOST:
        raise TooMuch
    lesson = _lesson(actor, place, told, title.strip())
    lesson.credits = _credits(actor, told)
    add_draft(actor=actor, lesson=lesson)
    made = TalkDraft.objects.create(channel=place, lesson=lesson, by=actor, created_at=timezone.now())
    _keep(made, told)
    Mark.objects.filter(pk__in=[mark.pk for mark in chosen]).update(taken_into=made)
    if chosen:
        # One is enough: baskets that are open look anew.
        talk.happened(channel=place, kind=Event.Kind.CHANGED, at=made.created_at, message=chosen[0].message)
    return made


@transaction.atomic
def rewrite(*, actor: User, draft: TalkDraft, words: dict[str, str]) -> LessonPage:
    """Writes the lesson anew; fields that are not named stay. The same words make no version.

    Raises:
        TalkDraft.DoesNotExist, PermissionDenied, NoTitle
    """
    lesson = newest(take(actor=actor, draft=draft).lesson)
    if lesson.live:
        raise PermissionDenied
    before = [getattr(lesson, name) for name in WORDS]
    for name in set(WORDS) & set(words):
        setattr(lesson, name, _clean(name, words[name]))
    if not lesson.title:
        raise NoTitle
    if before != [getattr(lesson, name) for name in WORDS]:
        lesson.save_revision(user=actor)
        let_go(draft=draft, lesson=lesson)
    return lesson


@transaction.atomic
def set_reach(*, actor: User, draft: TalkDraft, visibility: str) -> TalkDraft:
    """Says who may read the lesson once it is out. Words that tellers gave for another circle do not count any more.

    Raises:
        TalkDraft.DoesNotExist, TooWide
        PermissionDenied: or the lesson is published.
    """
    found = take(actor=actor, draft=draft)
    if found.lesson.live:
        raise PermissionDenied
    if not may_reach(found, visibility):
        raise TooWide
    found.reach = visibility
    found.save(update_fields=["reach"])
    return found


@transaction.atomic
def drop(*, actor: User, draft: TalkDraft) -> None:
    """Throws a draft away that is not published; its marks lie in the basket again.

    Raises:
        TalkDraft.DoesNotExist
        PermissionDenied: or the lesson is published.
    """
    found = take(actor=actor, draft=draft)
    if found.lesson.live:
        raise PermissionDenied
    Mark.objects.filter(taken_into=found).update(taken_into=None)
    found.dropped_at = timezone.now()
    found.save(update_fields=["dropped_at"])
    page: Any = newest(found.lesson)
    if page.current_workflow_state is not None:
        page.current_workflow_state.cancel(user=actor)


def _keep(draft: TalkDraft, told: list[Taken]) -> None:
    Statement.objects.bulk_create(
        Statement(
            draft=draft,
            message=one.message,
            field=one.field,
            text=one.text,
            teller=one.teller,
            person=one.person,
            source=one.source,
            position=order,
        )
        for order, one in enumerate(told)
    )


def _chosen(channel: Channel, actor: User, marks: Collection[int] | None) -> list[Mark]:
    basket = Mark.objects.visible_to(actor).in_basket().filter(message__channel=channel)
    if marks is not None:
        basket = basket.filter(pk__in=marks)
    return list(basket.select_related("message__author").order_by("message__seq", "pk")[: MOST + 1])


def _lesson(actor: User, channel: Channel, told: list[Taken], title: str) -> LessonPage:
    lesson = LessonPage(
        title=(title or _title(told))[:255], slug=f"lesson-{get_random_string(8, SLUG_LETTERS)}", live=False,
        has_unpublished_changes=True, owner=actor, edition=PmqaEdition.objects.filter(is_current=True).first(),
        visibility=Visibility.COMMUNITY, community=channel.community, agency=actor.agency,
    )  # fmt: skip
    for field in Field:
        said = [one for one in told if one.field == field]
        name = IN_LESSON[field]
        if name in PLAIN:
            setattr(lesson, name, shorten(" ".join(one.text for one in said), PLAIN[name] - 1)[: PLAIN[name]])
        else:
            setattr(lesson, name, "".join(one.html for one in said))
    return lesson


def _title(told: list[Taken]) -> str:
    return shorten(next((one for one in told if one.field == Field.LESSON), told[0]).text, TITLE_LENGTH)


def _credits(actor: User, told: list[Taken]) -> list[Credit]:
    """Those who told, in the order in which they first spoke; who wrote it down; who led the circle it was said in."""
    tellers = list(dict.fromkeys(one.teller.pk for one in told if one.teller is not None))
    messages = [one.message.pk for one in told if one.message is not None]
    led = Part.objects.filter(circle__said__message__in=messages).joined().order_by("pk")
    by_role = {role: list(led.filter(role=role).values_list("user", flat=True).distinct()) for role in (NOTE_TAKER, FACILITATOR)}
    parts = [
        *((key, Credit.Part.TELLER) for key in tellers),
        *((key, Credit.Part.NOTE_TAKER) for key in dict.fromkeys([actor.pk, *by_role[NOTE_TAKER]])),
        *((key, Credit.Part.FACILITATOR) for key in by_role[FACILITATOR] if key != actor.pk),
    ]
    people = {one.user_id: one for one in Person.objects.filter(user__in=[key for key, _part in parts])}
    without_account = dict.fromkeys(one.person for one in told if one.person is not None)
    named = [(one, Credit.Part.TELLER) for one in without_account]
    named += [(people[key], part) for key, part in dict.fromkeys(parts) if key in people]
    return [Credit(person=one, part=part, sort_order=order) for order, (one, part) in enumerate(named)]


def _clean(name: str, text: str) -> str:
    words = text.replace("\x00", "").strip()
    if name in {"title", "summary"} or name in PLAIN:
        return words[: PLAIN.get(name, 255 if name == "title" else 500)]
    return str(clean.html(words)) if words.startswith("<") or not words else paragraphs(words)
