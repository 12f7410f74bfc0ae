"""A certificate as PDF. Thai marks are placed by the shaping engine with the tables of the font; lines break between words, never inside one."""

import io
from pathlib import Path
from typing import Any, NamedTuple

import segno
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from fpdf import FPDF

from kmportal.contest.models import Certificate
from kmportal.core import dates
from kmportal.retrieval import segment


class Style(NamedTuple):
    """How a line is written: the face, its size in points, its colour."""

    face: str
    size: float
    ink: tuple[int, int, int]


FONTS = Path(__file__).parent / "fonts"
FACES = {"text": "sarabun-400", "bold": "sarabun-700", "head": "fahkwang-600"}
WIDE, HIGH, EDGE = 297.0, 210.0, 30.0
INK, SOFT, LEAF, GOLD = (27, 31, 29), (84, 92, 88), (21, 92, 72), (168, 124, 38)


def draw(certificate: Certificate, *, address: str) -> bytes:
    """The sheet, in Thai, whoever asks.

    Args:
        address: where its code is confirmed, whole, for the QR code.
    """
    with translation.override("th"):
        return _draw(certificate, address)


def _draw(certificate: Certificate, address: str) -> bytes:
    entry, contest = certificate.entry, certificate.entry.contest
    page = _page(certificate)
    _frame(page)
    _line(page, 33, Style("bold", 15, LEAF), str(contest.agency or contest))
    _line(page, 44, Style("head", 40, INK), _("Certificate of honour"))
    _line(page, 66, Style("text", 17, SOFT), _("This certificate is given to"))
    _line(page, 78, Style("head", 32, LEAF), certificate.printed)
    _line(page, 98, Style("text", 17, SOFT), pgettext("certificate", "for"))
    _line(page, 107, Style("bold", 25, GOLD), certificate.award)
    below = _lines(page, 123, Style("text", 17, INK), _("with the work “%(title)s”") % {"title": entry.title})
    if entry.agency is not None and str(entry.agency) != certificate.printed:
        below = _lines(page, below, Style("text", 15, SOFT), str(entry.agency))
    _lines(page, below, Style("text", 15, SOFT), str(contest))
    _given(page, _("Given on %(day)s") % {"day": dates.full(certificate.issued_at)})
    _code(page, certificate.code, address)
    return bytes(page.output())


def _page(certificate: Certificate) -> FPDF:
    page = FPDF(orientation="landscape", format="A4")
    page.set_auto_page_break(False)
    for name, file in FACES.items():
        page.add_font(name, "", FONTS / f"{file}.ttf")
    page.set_text_shaping(use_shaping_engine=True)
    page.set_title(f"{certificate.award} · {certificate.printed}")
    page.set_lang("th")
    page.set_creation_date(certificate.issued_at)
    page.add_page()
    return page


def _frame(page: FPDF) -> None:
    page.set_draw_color(*LEAF)
    page.set_line_width(1.2)
    page.rect(10, 10, WIDE - 20, HIGH - 20)
    page.set_draw_color(*GOLD)
    page.set_line_width(0.4)
    page.rect(13, 13, WIDE - 26, HIGH - 26)


def _line(page: FPDF, y: float, style: Style, text: str) -> None:
    """One line in the middle, made smaller until it fits."""
    page.set_font(style.face, size=style.size)
    wide = page.get_string_width(text)
    if wide > WIDE - 2 * EDGE:
        page.set_font(style.face, size=style.size * (WIDE - 2 * EDGE) / wide)
    page.set_text_color(*style.ink)
    page.set_xy(EDGE, y)
    page.cell(WIDE - 2 * EDGE, style.size * 0.55, text, align="C")


def _lines(page: FPDF, y: float, style: Style, text: str) -> float:
    """As many lines as needed, three at most; gives where the next begins."""
    page.set_font(style.face, size=style.size)
    for line in _wrapped(page, text)[:3]:
        _line(page, y, style, line)
        y += style.size * 0.55
    return y + 1.5


def _wrapped(page: FPDF, text: str) -> list[str]:
    cut: Any = segment.SEGMENTER.cut
    pieces = [piece for word in text.split(" ") for piece in (*cut(word), " ")]
    lines, line = [], ""
    for piece in pieces:
        if line and page.get_string_width(line + piece) > WIDE - 2 * EDGE:
            lines.append(line.strip())
            line = ""
        line += piece
    return [*lines, line.strip()]


def _given(page: FPDF, text: str) -> None:
    """At the right, across from the code."""
    page.set_font("text", size=14)
    page.set_text_color(*INK)
    page.set_xy(WIDE / 2, 176)
    page.cell(WIDE / 2 - EDGE, 8, text, align="R")


def _code(page: FPDF, code: str, address: str) -> None:
    """The QR code as squares, and beneath it what it says."""
    matrix = [list(row) for row in segno.make(address, micro=False).matrix]
    left, top, side = 20.0, 163.0, 24.0
    step = side / len(matrix)
    page.set_fill_color(*INK)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                page.rect(left + x * step, top + y * step, step, step, style="F")
    page.set_text_color(*SOFT)
    page.set_font("text", size=9)
    page.set_xy(left + side + 3, top + 10)
    page.cell(120, 4, _("Confirm this certificate: %(code)s") % {"code": code})
    page.set_xy(left + side + 3, top + 15)
    page.cell(120, 4, address)


def file(certificate: Certificate, *, address: str) -> io.BytesIO:
    """As a file to send."""
    return io.BytesIO(draw(certificate, address=address))
