"""Action items: given, done, opened again, moved, handed over. Every step is kept."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.commons.actions.ground import CommonsError, TooLong, take, today
from communities.commons.kinds import ITEM_DONE, ITEM_GIVEN, ITEM_MOVED
from communities.commons.models import ActionItem, ActionStep
from communities.commons.models.items import LONGEST_ITEM
from communities.commons.permissions import can_change_item
from communities.models import Community
from communities.permissions import can_take_part, is_member
from kmportal.inbox.actions import settle, tell
from kmportal.people.models import User

LONGEST_WAIT = timedelta(days=3 * 366)
What = ActionStep.What


class NoWords(CommonsError):
    words = _("Say what is to be done.")


class NotAMember(CommonsError):
    words = _("The owner must be a member of this community.")


class NotThatDay(CommonsError):
    words = _("Choose a day from today on, at most three years ahead.")


class AlreadyDone(CommonsError):
    words = _("This is done already. Open it again first.")


class NotDone(CommonsError):
    words = _("This is open already.")


@transaction.atomic
def add_action(
    *, actor: User, community: Community, text: str, owner: User, due: date, source: Model | None = None
) -> ActionItem:
    """Give somebody something to do, and tell them.

    Args:
        source: what it came from, anything with an address of its own: a circle, a message, a lesson.

    Raises:
        PermissionDenied: the actor may not take part in the community.
        NoWords, TooLong, NotAMember, NotThatDay
    """
    if not can_take_part(actor, community):
        raise PermissionDenied
    words = " ".join(text.replace("\x00", "").split())
    if not words:
        raise NoWords
    if len(words) > LONGEST_ITEM:
        raise TooLong
    _require_member(owner, community)
    _require_day(due)
    now = timezone.now()
    item = ActionItem.objects.create(
        community=community, author=actor, text=words, owner=owner, due=due, created_at=now, **_pointer(source)
    )
    _step(item, What.GIVEN, actor, now)
    tell(kind=ITEM_GIVEN, recipients=[owner], actor=actor, thing=item, key=f"item:{item.pk}")
    return item


@transaction.atomic
def complete(*, actor: User, item: ActionItem, note: str = "") -> ActionItem:
    """Say that it is done. Whoever gave it hears of it.

    Raises:
        ActionItem.DoesNotExist, PermissionDenied
        AlreadyDone
    """
    item = _changeable(actor, item)
    if item.done_at is not None:
        raise AlreadyDone
    now = item.done_at = timezone.now()
    item.save(update_fields=["done_at"])
    step = _step(item, What.DONE, actor, now, note)
    settle(kind=ITEM_GIVEN, thing=item)
    if item.author is not None:
        tell(kind=ITEM_DONE, recipients=[item.author], actor=actor, thing=item, key=f"step:{step.pk}")
    return item


@transaction.atomic
def reopen(*, actor: User, item: ActionItem, note: str = "") -> ActionItem:
    """It was not done after all.

    Raises:
        ActionItem.DoesNotExist, PermissionDenied
        NotDone
    """
    item = _changeable(actor, item)
    if item.done_at is None:
        raise NotDone
    item.done_at, item.reminded = None, ActionItem.Reminded.NONE
    item.save(update_fields=["done_at", "reminded"])
    step = _step(item, What.REOPENED, actor, timezone.now(), note)
    if item.owner is not None:
        tell(kind=ITEM_GIVEN, recipients=[item.owner], actor=actor, thing=item, key=f"step:{step.pk}")
    return item


@transaction.atomic
def move(*, actor: User, item: ActionItem, due: date, note: str = "") -> ActionItem:
    """Give it another day. The owner hears of it, and so does whoever gave it.

    Raises:
        ActionItem.DoesNotExist, PermissionDenied
        AlreadyDone, NotThatDay
    """
    item = _changeable(actor, item)
    if item.done_at is not None:
        raise AlreadyDone
    if due == item.due:
        return item
    _require_day(due)
    item.due, item.reminded = due, ActionItem.Reminded.NONE
    item.save(update_fields=["due", "reminded"])
    step = _step(item, What.MOVED, actor, timezone.now(), note)
    told = [person for person in (item.owner, item.author) if person is not None]
    tell(kind=ITEM_MOVED, recipients=told, actor=actor, thing=item, key=f"step:{step.pk}", data={"due": due.isoformat()})
    return item


@transaction.atomic
def hand_over(*, actor: User, item: ActionItem, owner: User, note: str = "") -> ActionItem:
    """Give it to another member.

    Raises:
        ActionItem.DoesNotExist, PermissionDenied
        AlreadyDone, NotAMember
    """
    item = _changeable(actor, item)
    if item.done_at is not None:
        raise AlreadyDone
    if owner.pk == item.owner_id:
        return item
    _require_member(owner, item.community)
    settle(kind=ITEM_GIVEN, thing=item)
    item.owner, item.reminded = owner, ActionItem.Reminded.NONE
    item.save(update_fields=["owner", "reminded"])
    step = _step(item, What.HANDED, actor, timezone.now(), note)
    tell(kind=ITEM_GIVEN, recipients=[owner], actor=actor, thing=item, key=f"step:{step.pk}")
    return item


def _changeable(actor: User, item: ActionItem) -> ActionItem:
    found = take(actor=actor, thing=item)
    if not can_change_item(actor, found):
        raise PermissionDenied
    return found


def _require_member(owner: User, community: Community) -> None:
    if not is_member(owner, community):
        raise NotAMember


def _require_day(due: date) -> None:
    if not today() <= due <= today() + LONGEST_WAIT:
        raise NotThatDay


def _pointer(source: Model | None) -> dict[str, Any]:
    if source is None:
        return {}
    return {"source_type": ContentType.objects.get_for_model(source), "source_id": source.pk}


def _step(item: ActionItem, what: str, actor: User, at: datetime, note: str = "") -> ActionStep:
    return ActionStep.objects.create(
        item=item, what=what, actor=actor, owner=item.owner, due=item.due, created_at=at,
        note=" ".join(note.replace("\x00", "").split())[:300],
    )  # fmt: skip
