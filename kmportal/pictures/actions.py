"""Putting pictures in, giving them to the post they were put into, and clearing what was never sent."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import IO, Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kmportal.core import clean
from kmportal.people.models import User
from kmportal.pictures.drawing import Drawn, draw
from kmportal.pictures.models import Picture

PICTURES_A_DAY = 60
BYTES_A_DAY = 60 * 1024 * 1024
KEPT = timedelta(days=2)
ROWS_A_ROUND = 100


class TooManyPictures(ValidationError):
    """The day's share is used up."""


def upload(*, actor: User, file: IO[bytes], size: int) -> Picture:
    """Stores a picture drawn anew. Until it is sent with a post, nobody but its owner sees it.

    Raises:
        PermissionDenied: no active member.
        BadPicture: the file is no picture that we take.
        TooManyPictures
    """
    if not (actor.is_authenticated and actor.is_active):
        raise PermissionDenied
    _require_share(actor)
    # Before the transaction: drawing takes its time, and nobody should wait for it.
    return _store(actor, draw(file, size))


@transaction.atomic
def _store(actor: User, drawn: Drawn) -> Picture:
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    _require_share(actor)
    picture = Picture(
        owner=actor, width=drawn.width, height=drawn.height, size=len(drawn.large) + len(drawn.small),
        digest=hashlib.sha256(drawn.large).hexdigest(), created_at=timezone.now(),
    )  # fmt: skip
    storage = picture.large.storage
    folder = f"pictures/{picture.uuid.hex[:2]}/{picture.uuid}"
    picture.large.name = storage.save(f"{folder}-large.webp", ContentFile(drawn.large))
    picture.small.name = storage.save(f"{folder}-small.webp", ContentFile(drawn.small))
    picture.save()
    return picture


def _require_share(actor: User) -> None:
    today = Picture.objects.filter(owner=actor, created_at__gt=timezone.now() - timedelta(days=1)).values_list("size", flat=True)
    sizes = list(today[:PICTURES_A_DAY])
    if len(sizes) >= PICTURES_A_DAY or sum(sizes) >= BYTES_A_DAY:
        raise TooManyPictures(_("You have put in many pictures today. Please go on tomorrow."))


def attach(*, actor: User, thing: Model, html: str) -> str:
    """Gives the pictures of a text to the post that holds it, in the caller's transaction.

    Args:
        thing: the saved post; its kind is registered in pictures.kinds.
        html: cleaned HTML.

    Returns:
        The text without pictures that the actor may not see: nobody learns by trying whether a picture is there.
    """
    keys = clean.pictures_in(html)
    if not keys:
        return html
    place = {"thing_type": ContentType.objects.get_for_model(type(thing)), "thing_id": thing.pk}
    Picture.objects.loose(actor).filter(uuid__in=keys).update(**place)
    allowed = Picture.objects.visible_to(actor).filter(uuid__in=keys) | Picture.objects.filter(uuid__in=keys, **place)
    shown = {str(key) for key in allowed.values_list("uuid", flat=True)}
    return clean.without_pictures(html, [key for key in keys if key not in shown])


def clear_left_over() -> None:
    """The chore of the task worker: pictures that two days later belong to no post, nor to a draft, go."""
    old = Picture.objects.left_over().filter(created_at__lt=timezone.now() - KEPT)
    remove(old.order_by("pk")[:ROWS_A_ROUND])


def clear_files_without_a_row() -> None:
    """The chore of the task worker: files of uploads that were rolled back, or cut off between file and row, go when they are old.

    One of the 256 folders a round, in turn: with a round a minute each comes up every few hours.
    """
    now = timezone.now()
    sweep(
        storage=Picture._meta.get_field("large").storage,
        folder=f"pictures/{int(now.timestamp() // 60) % 256:02x}",
        known=_names,
        at=now,
    )


def _names(folder: str) -> set[str]:
    rows = Picture.objects.filter(large__startswith=f"{folder}/").values_list("large", "small")
    return {str(name) for pair in rows for name in pair}


def sweep(*, storage: Storage, folder: str, known: Callable[[str], set[str]], at: datetime) -> int:
    """Removes files of a folder that no row names; answers how many. Young ones stay: their row may be about to be committed.

    Args:
        known: the names of files of a folder that rows name; asked after the files were listed, so that nothing new is missed.
    """
    try:
        listed = [f"{folder}/{name}" for name in storage.listdir(folder)[1]]
    except FileNotFoundError:
        return 0
    named = known(folder) if listed else set()
    gone = [name for name in listed if name not in named and storage.get_modified_time(name) < at - KEPT]
    for name in gone:
        storage.delete(name)
    return len(gone)


@transaction.atomic
def remove(pictures: Iterable[Picture]) -> None:
    """Row and files, the files after commit. For chores; nobody's permission is asked."""
    for picture in pictures:
        # Only if it still belongs to what it belonged to: it may be sent at this very moment.
        same: dict[str, Any] = {"pk": picture.pk, "thing_type": picture.thing_type_id, "thing_id": picture.thing_id}
        gone, _by_model = Picture.objects.filter(**same).delete()
        if gone:
            for file in (picture.large, picture.small):
                transaction.on_commit(partial(file.storage.delete, str(file.name)))
