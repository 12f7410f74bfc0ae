"""Pictures: drawn anew, small, and hostile files refused."""

import io
import struct
import zlib
from typing import Any, cast

import pytest
from django.core.exceptions import PermissionDenied
from PIL import Image

from kmportal.people.actions import remove_picture, set_picture
from kmportal.people.models import Person, User
from kmportal.people.pictures import BadPicture, read_face, small_name


def picture(kind: str = "JPEG", size: tuple[int, int] = (900, 600), **options: Any) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 40, 40)).save(out, kind, **options)
    return out


def png_claiming(width: int, height: int) -> io.BytesIO:
    """A few bytes that say they are that large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    )
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunks)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_two_clean_squares(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    upload = picture(kind, exif=exif)
    assert b"SecretCamera" in upload.getvalue()
    face = read_face(upload, len(upload.getvalue()))
    for data, edge in ((face.large, 512), (face.small, 96)):
        made = Image.open(io.BytesIO(data))
        assert (made.format, made.size, dict(made.getexif())) == ("WEBP", (edge, edge), {})
        assert b"SecretCamera" not in data
        assert b"EXIF" not in data


def test_exif_turn_is_obeyed() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    source = Image.new("RGB", (40, 40))
    source.paste((255, 255, 255), (0, 0, 40, 20))
    source.save(out, "PNG", exif=exif)
    made = Image.open(io.BytesIO(read_face(out, 10).large))
    grey = made.convert("L")
    assert cast(int, grey.getpixel((35, 5))) > 200
    assert cast(int, grey.getpixel((5, 35))) < 60


@pytest.mark.parametrize(
    "bad",
    [
        io.BytesIO(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        io.BytesIO(b""),
        io.BytesIO(b"GIF89a" + b"\0" * 40),
        io.BytesIO(picture().getvalue()[:300]),
        png_claiming(60_000, 60_000),
        png_claiming(8_000, 8_000),
        io.BytesIO(b"%PDF-1.4"),
    ],
)
def test_hostile_files_are_refused(bad: Any) -> None:
    with pytest.raises(BadPicture):
        read_face(bad, 100)


def test_a_large_file_is_refused_unread() -> None:
    with pytest.raises(BadPicture):
        read_face(io.BytesIO(), 9 * 1024 * 1024)


def test_set_and_remove_picture(officer: User, colleague: User, django_capture_on_commit_callbacks: Any) -> None:
    person = Person.objects.get(user=officer)
    storage = person.picture.storage
    upload = picture()
    set_picture(actor=officer, person=person, upload=upload, size=100)
    first = str(person.picture.name)
    assert storage.exists(first)
    assert storage.exists(small_name(first))
    with pytest.raises(PermissionDenied):
        set_picture(actor=colleague, person=person, upload=upload, size=100)
    with pytest.raises(PermissionDenied):
        remove_picture(actor=colleague, person=person)
    assert Person.objects.get(user=officer).picture.name == first
    with django_capture_on_commit_callbacks(execute=True):
        remove_picture(actor=officer, person=person)
    assert not storage.exists(first)
    assert not storage.exists(small_name(first))
    assert not Person.objects.get(user=officer).picture
