"""From an uploaded file to two clean pictures. Nothing of the uploaded bytes is kept: no place, no camera, no second file inside."""

import io
from dataclasses import dataclass
from typing import IO

from PIL import Image

from kmportal.people.pictures import BadPicture, upright

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
LARGE, SMALL = 1920, 960
# Thinner than this it is a line, and scaling it would leave no pixel.
THINNEST = 4

__all__ = ["LARGE", "SMALL", "BadPicture", "Drawn", "draw"]


@dataclass(frozen=True)
class Drawn:
    """The two sizes that are served, as WebP; width and height are those of the small one."""

    large: bytes
    small: bytes
    width: int
    height: int


def draw(upload: IO[bytes], size: int) -> Drawn:
    """Decodes the upload and draws it anew in two sizes, never enlarged. Of what moves, the first picture.

    Raises:
        BadPicture: too many bytes or pixels, damaged, or no JPEG, PNG, WebP or GIF (the bytes decide, not the name).
    """
    picture = upright(upload, size, formats=FORMATS, edge=LARGE)
    clear = "A" in picture.getbands() or "transparency" in picture.info
    whole = picture.convert("RGBA" if clear else "RGB")
    small = _within(whole, SMALL)
    return Drawn(_written(_within(whole, LARGE)), _written(small), *small.size)


def _within(picture: Image.Image, edge: int) -> Image.Image:
    longest = max(picture.size)
    if longest <= edge:
        return picture
    width, height = (max(THINNEST, round(side * edge / longest)) for side in picture.size)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _written(picture: Image.Image) -> bytes:
    """Pixels alone are copied, so no metadata can follow."""
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()
