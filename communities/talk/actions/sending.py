"""Saying something with pictures and files, as they come from a browser."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from communities.talk.actions.ground import TalkError
from communities.talk.actions.saying import File, Words, say
from communities.talk.models import Channel, Message
from communities.talk.permissions import can_write
from kmportal.library import files
from kmportal.library.files import RefusedFile
from kmportal.people.models import User
from kmportal.pictures.actions import upload

MOST_FILES = 5
PICTURES = {"jpg", "jpeg", "png", "webp", "gif"}
Upload = tuple[str, int, IO[bytes]]
"""Name, size, content."""


class TooManyFiles(TalkError):
    words = _("At most five files go with one message. Send the others with the next one.")


class FileRefused(TalkError):
    """A file that is not taken; the words say which rule it breaks."""

    def __init__(self, words: Any) -> None:
        super().__init__(str(words))
        self.words = words


def send(*, actor: User, channel: int, words: Words, uploads: Sequence[Upload] = ()) -> Message:
    """Pictures are drawn anew and go into the text, other files hang on the message. Sent again, it gives the first message.

    Raises:
        What `say` raises; TooManyFiles, FileRefused
    """
    if not uploads:
        return say(actor=actor, channel=channel, words=words)
    if len(uploads) > MOST_FILES:
        raise TooManyFiles
    place = Channel.objects.visible_to(actor).select_related("community").get(pk=channel)
    if not can_write(actor, place):
        raise PermissionDenied
    before = Message.objects.visible_to(actor).filter(channel=place, client_id=words.client_id, author=actor).first()
    if before is not None:
        return before
    # Before the transaction: drawing and inspecting take their time, and the whole channel would wait.
    kept = tuple(_inspected(name, content) for name, _size, content in uploads if not _is_picture(name))
    body = words.body + "".join(_drawn(actor, one) for one in uploads if _is_picture(one[0]))
    return say(actor=actor, channel=channel, words=replace(words, body=body, files=kept))


def _is_picture(name: str) -> bool:
    return PurePosixPath(name.lower()).suffix[1:] in PICTURES


def _inspected(name: str, content: IO[bytes]) -> File:
    data = content.read()
    try:
        found = files.inspect(data, name)
    except RefusedFile as refused:
        raise FileRefused(refused.words) from refused
    return File(found.name, found.sha256, data)


def _drawn(actor: User, one: Upload) -> str:
    name, size, content = one
    try:
        picture = upload(actor=actor, file=content, size=size)
    except ValidationError as refused:
        raise FileRefused(" ".join(refused.messages)) from refused
    shown = format_html(
        '<p><img src="/pictures/{}/small" alt="{}" width="{}" height="{}"></p>',
        picture.uuid, PurePosixPath(name).stem[:100], picture.width, picture.height,
    )  # fmt: skip
    return str(shown)
