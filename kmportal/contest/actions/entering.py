"""Entering: an entry is begun, filled step by step, given photographs and files, and handed in."""

from collections.abc import Mapping
from functools import partial
from typing import IO, Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from kmportal.contest import clock, deeds
from kmportal.contest.actions.entry_ground import (
    SIMPLE,
    TooLate,
    WrittenMeanwhile,
    changed,
    receive,
    require_whole,
    take_changeable,
    take_entry,
)
from kmportal.contest.actions.ground import ContestError, write
from kmportal.contest.kinds import RECEIPT
from kmportal.contest.models import Contest, Entry, EntryFile, EntryPicture, TeamMember
from kmportal.contest.models.entries import PLAIN_FIELDS, RICH_FIELDS
from kmportal.contest.permissions import can_enter, can_hand_in
from kmportal.core import clean
from kmportal.inbox.actions import tell
from kmportal.library.files import inspect
from kmportal.library.models import LessonPage
from kmportal.people.models import User
from kmportal.pictures.actions import upload
from kmportal.pictures.models import Picture

MOST_PICTURES, MOST_FILES = 12, 5
FIELDS = frozenset((*SIMPLE, *RICH_FIELDS, *PLAIN_FIELDS, "category"))


class EnoughEntries(ContestError):
    words = _("You have entered this contest as often as one person may. Go on with the entry that you have begun.")


class KindNotOpen(ContestError):
    words = _("This contest is not open to this kind of entrant.")


class WrongCategory(ContestError):
    words = _("This category belongs to another contest.")


class TooManyPictures(ContestError):
    words = _("An entry shows at most twelve photographs. Take one out first.")


class TooManyFiles(ContestError):
    words = _("An entry holds at most five files. Take one out first.")


class SameFile(ContestError):
    words = _("This file is here already.")


@transaction.atomic
def begin(*, actor: User, contest: Contest, kind: str) -> Entry:
    """An empty draft that its owner alone sees.

    Raises:
        Contest.DoesNotExist: not theirs to see.
        PermissionDenied: entries are not open, or not to this person.
        EnoughEntries, KindNotOpen
    """
    found = Contest.objects.visible_to(actor).select_for_update(no_key=True).get(pk=contest.pk)
    if not can_enter(actor, found):
        raise PermissionDenied
    kinds = {Entry.Kind.PERSON: found.for_persons, Entry.Kind.TEAM: found.for_teams, Entry.Kind.UNIT: found.for_units}
    if not kinds.get(kind):  # type: ignore[call-overload]  # any word may come; what is no kind is not open
        raise KindNotOpen
    if found.entries.filter(owner=actor).exclude(state=Entry.State.WITHDRAWN).count() >= found.most_entries:
        raise EnoughEntries
    now = clock.now()
    only = list(found.categories.all()[:2])
    entry = Entry.objects.create(
        contest=found, category=only[0] if len(only) == 1 else None, kind=kind, owner=actor, agency=actor.agency,
        created_at=now, changed_at=now,
    )  # fmt: skip
    write(contest=found, actor=actor, act=deeds.BEGUN, entry=entry)
    return entry


@transaction.atomic
def change(*, actor: User, entry: int, values: Mapping[str, Any], revision: int | None = None) -> Entry:
    """Keeps some of FIELDS; those of the lesson that hold HTML are given as plain text. What was handed in is handed in anew.

    Args:
        revision: what the actor had before them; None saves in any case.

    Raises:
        Entry.DoesNotExist, PermissionDenied
        WrittenMeanwhile, Settled, WrongCategory, KindNotOpen, Incomplete, TooLate
    """
    found = take_changeable(actor=actor, entry=entry)
    if revision is not None and revision != found.revision:
        raise WrittenMeanwhile
    wanted = {name: _as_kept(name, value) for name, value in values.items() if name in FIELDS}
    category = wanted.get("category")
    if category is not None and category.contest_id != found.contest_id:
        raise WrongCategory
    if all(getattr(found, name) == value for name, value in wanted.items()):
        return found
    for name, value in wanted.items():
        setattr(found, name, value)
    if found.state == Entry.State.SUBMITTED:
        require_whole(found)
    _touch(found, [*wanted])
    changed(actor=actor, entry=found)
    return found


def _as_kept(name: str, value: Any) -> Any:
    return str(clean.plain(value)) if name in RICH_FIELDS else value


def _touch(entry: Entry, names: list[str]) -> None:
    entry.revision += 1
    entry.changed_at = clock.now()
    entry.save(update_fields=[*names, "revision", "changed_at"])


@transaction.atomic
def fill_from(*, actor: User, entry: int, lesson: LessonPage) -> Entry:
    """Takes the words of a lesson that the actor may read into the empty fields.

    Raises:
        Entry.DoesNotExist, LessonPage.DoesNotExist, PermissionDenied
        Settled, Incomplete, TooLate
    """
    found = take_changeable(actor=actor, entry=entry)
    source = LessonPage.objects.live().visible_to(actor).get(pk=lesson.pk)
    filled = []
    for name in (*RICH_FIELDS, *PLAIN_FIELDS):
        if not getattr(found, name) and getattr(source, name):
            setattr(found, name, str(clean.html(getattr(source, name))) if name in RICH_FIELDS else getattr(source, name))
            filled.append(name)
    if not found.title:
        found.title = source.title[:160]
    if not found.summary:
        found.summary = source.summary[:600]
    found.taken_from = source
    _touch(found, [*filled, "title", "summary", "taken_from"])
    changed(actor=actor, entry=found)
    return found


@transaction.atomic
def add_picture(*, actor: User, entry: int, file: IO[bytes], size: int, alt: str = "") -> EntryPicture:
    """Puts a photograph in, drawn anew: nothing of the uploaded bytes is kept. In what was handed in it has words at once.

    Raises:
        Entry.DoesNotExist, PermissionDenied
        BadPicture, TooManyPictures (also of kmportal.pictures), Settled, Incomplete, TooLate
    """
    found = take_changeable(actor=actor, entry=entry)
    if found.pictures.count() >= MOST_PICTURES:
        raise TooManyPictures
    picture = upload(actor=actor, file=file, size=size)
    place = {"thing_type": ContentType.objects.get_for_model(Entry), "thing_id": found.pk}
    Picture.objects.filter(pk=picture.pk).update(**place)
    last = found.pictures.aggregate(last=Max("position"))["last"] or 0
    made = EntryPicture.objects.create(entry=found, picture=picture, position=last + 1, alt=_line(alt))
    _touch(found, [])
    changed(actor=actor, entry=found)
    return made


@transaction.atomic
def describe_picture(*, actor: User, entry: int, pk: int, alt: str, first: bool = False) -> EntryPicture:
    """Says what a photograph shows; `first` puts it before the others.

    Raises:
        Entry.DoesNotExist, EntryPicture.DoesNotExist, PermissionDenied
        Settled, Incomplete, TooLate
    """
    found = take_changeable(actor=actor, entry=entry)
    photo: EntryPicture = found.pictures.get(pk=pk)
    photo.alt = _line(alt)
    photo.save(update_fields=["alt"])
    if first:
        order = [photo, *found.pictures.exclude(pk=photo.pk)]
        for position, one in enumerate(order, 1):
            EntryPicture.objects.filter(pk=one.pk).update(position=position)
    _touch(found, [])
    changed(actor=actor, entry=found)
    return photo


@transaction.atomic
def remove_picture(*, actor: User, entry: int, pk: int) -> None:
    """Takes a photograph out; its files go with it.

    Raises:
        Entry.DoesNotExist, EntryPicture.DoesNotExist, PermissionDenied
        Settled, Incomplete, TooLate
    """
    found = take_changeable(actor=actor, entry=entry)
    photo = found.pictures.select_related("picture").get(pk=pk)
    # Belonging to nothing, it is cleared by the chore of kmportal.pictures, files and all.
    Picture.objects.filter(pk=photo.picture_id).update(thing_type=None, thing_id=None)
    photo.delete()
    _touch(found, [])
    changed(actor=actor, entry=found)


@transaction.atomic
def add_file(*, actor: User, entry: int, data: bytes, filename: str, title: str = "") -> EntryFile:
    """Puts a document in.

    Raises:
        Entry.DoesNotExist, PermissionDenied
        RefusedFile: in words for the person.
        TooManyFiles, SameFile, Settled, Incomplete, TooLate
    """
    found = take_changeable(actor=actor, entry=entry)
    seen = inspect(data, filename)
    if found.files.count() >= MOST_FILES:
        raise TooManyFiles
    if found.files.filter(sha256=seen.sha256).exists():
        raise SameFile
    last = found.files.aggregate(last=Max("position"))["last"] or 0
    made = EntryFile(
        entry=found, position=last + 1, title=_line(title)[:160] or seen.name.rsplit(".", 1)[0].replace("_", " "), name=seen.name,
        extension=seen.extension, size=len(data), sha256=seen.sha256, added_by=actor, created_at=clock.now(),
    )  # fmt: skip
    made.file.save(seen.name, ContentFile(data), save=False)
    try:
        with transaction.atomic():
            made.save()
            _touch(found, [])
            changed(actor=actor, entry=found)
    except Exception:
        made.file.delete(save=False)
        raise
    return made


@transaction.atomic
def remove_file(*, actor: User, entry: int, pk: int) -> None:
    """Takes a document out.

    Raises:
        Entry.DoesNotExist, EntryFile.DoesNotExist, PermissionDenied
        Settled, Incomplete, TooLate
    """
    found = take_changeable(actor=actor, entry=entry)
    file = found.files.get(pk=pk)
    storage, names = file.file.storage, [name for name in (file.file.name, file.blind.name) if name]
    file.delete()
    _touch(found, [])
    changed(actor=actor, entry=found)
    for name in names:
        transaction.on_commit(partial(storage.delete, name))


def hand_in(*, actor: User, entry: int) -> Entry:
    """Hands the entry in; the owner and the team are told with code and time. Coming late changes nothing, and the book says so.

    Raises:
        Entry.DoesNotExist, PermissionDenied
        Incomplete, TooLate, NotOpenYet, Settled
    """
    try:
        return _hand_in(actor, entry)
    except TooLate:
        found = Entry.objects.visible_to(actor).select_related("contest").get(pk=entry)
        write(contest=found.contest, actor=actor, act=deeds.LATE, entry=found)
        raise


@transaction.atomic
def _hand_in(actor: User, entry: int) -> Entry:
    found = take_entry(actor=actor, entry=entry)
    if not can_hand_in(actor, found):
        raise PermissionDenied
    version = receive(actor=actor, entry=found)
    agreed = User.objects.filter(contest_teams__entry=found, contest_teams__consent=TeamMember.Consent.GIVEN)
    told = {found.owner.pk: found.owner, **{one.pk: one for one in agreed}}
    # No actor: whoever hands in is told too, with the receipt in the mail.
    tell(
        kind=RECEIPT, recipients=told.values(), thing=found, key=f"entry:{found.pk}:{version.number}",
        data={"receipt": found.receipt, "at": version.at.isoformat(), "contest": str(found.contest), "version": version.number},
    )  # fmt: skip
    return found


def _line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:300]
