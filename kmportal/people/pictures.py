"""Faces: an uploaded picture becomes a small clean one. Nothing of the uploaded bytes is kept: no place, no camera, no second file inside."""

import io
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 8 * 1024 * 1024
# A file of a few kilobytes can unfold to gigabytes. 40 megapixels is more than phones make and at most 160 MB while it is read.
MAX_PIXELS = 40_000_000
LARGE, SMALL = 512, 96


class BadPicture(ValidationError):
    """The file is no picture that we take: what it is instead, and what to do."""


@dataclass(frozen=True)
class Face:
    """The two sizes that are served, as WebP."""

    large: bytes
    small: bytes


def read_face(upload: IO[bytes], size: int) -> Face:
    """Decodes the upload and draws it anew, square, in two sizes.

    Raises:
        BadPicture: too many bytes or pixels, damaged, or no JPEG, PNG or WebP (the bytes decide, not the name).
    """
    picture = upright(upload, size, formats=FORMATS, edge=LARGE).convert("RGB")
    return Face(large=_drawn(picture, LARGE), small=_drawn(picture, SMALL))


def upright(upload: IO[bytes], size: int, *, formats: tuple[str, ...], edge: int) -> Image.Image:
    """The decoded upload, turned as its camera was held.

    Args:
        formats: names of Pillow's that are taken; the bytes decide, not the name of the file.
        edge: the largest size that will be needed; a large JPEG is decoded no larger than that asks for.

    Raises:
        BadPicture
    """
    if size > MAX_BYTES:
        raise BadPicture(_("The file is larger than 8 MB. Choose a smaller picture."))
    try:
        picture = Image.open(upload, formats=formats)
        if picture.width * picture.height > MAX_PIXELS:
            raise BadPicture(_("The picture has more than 40 million pixels. Choose a smaller one."))
        picture.draft("RGB", (edge, edge))
        picture.load()
        return ImageOps.exif_transpose(picture)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise BadPicture(_("This is not a picture that can be read. Choose a .jpg, .png or .webp file.")) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise BadPicture(_("The picture is damaged. Choose another file.")) from error


def _drawn(picture: Image.Image, edge: int) -> bytes:
    """A square from the middle, never enlarged. Pixels alone are copied, so no metadata can follow."""
    edge = min(edge, *picture.size)
    square = ImageOps.fit(picture, (edge, edge), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", square.size)
    clean.paste(square)
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=80, method=4)
    return out.getvalue()


def small_name(name: str) -> str:
    """'faces/abc.webp' -> 'faces/abc-s.webp', where the small size is stored."""
    return name.removesuffix(".webp") + "-s.webp"
