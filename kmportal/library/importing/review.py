"""What the review of an import shows: rows of structure, lines of source, points that deserve a look. Reading only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.library.importer.model import UNSURE, Block, Draft, Source, SourceLine, Warn
from kmportal.library.importing.work import Work
from kmportal.library.models import ImportJob, Item
from kmportal.taxonomy.kinds import ItemKind

Words = str | Promise
PROBLEMS: dict[str, Words] = {
    "empty": _("There is no text in this file. Open it and see whether the right one was chosen, then upload it again."),
    "too_big": _("This file is larger than 20 MB. Take large pictures out of it, or save it as .txt, and upload it again."),
    "not_supported": _("Files of this kind cannot be read. Open it and save it as .docx, .txt or .pdf, then upload it again."),
    "encrypted": _("This file has a password. Open it, save it without a password, and upload it again."),
    "no_text_layer": _("This PDF holds pictures of pages, no text. Upload the Word file it was made from, or run text recognition (OCR) on it first."),
    "damaged": _("This file is damaged. Open it in Word, save it under a new name, and upload that."),
    "hostile": _("This file is built in a way that could harm the server, so it was not opened. Copy the text into a new document and upload that."),
    "too_long": _("This file is too long for a seminar summary. Split it, and upload the parts one by one."),
    "too_heavy": _("Reading this file took too long, so it was stopped. Copy the text into a new document and upload that."),
    "lost": _("The file is no longer there. Upload it again."),
    "broken": _("Something went wrong on our side while the file was read. Your file is kept: try again."),
}  # fmt: skip
STEPS: tuple[Words, ...] = (
    pgettext_lazy("import step", "File received"),
    pgettext_lazy("import step", "Reading the file"),
    pgettext_lazy("import step", "Recognising sessions, talks and items"),
    pgettext_lazy("import step", "Comparing names and items with the library"),
    pgettext_lazy("import step", "Ready for review"),
)
TYPES: dict[str, Words] = {
    "session": pgettext_lazy("import block", "Session"),
    "talk": pgettext_lazy("import block", "Talk"),
    "group": pgettext_lazy("import block", "Group discussion"),
    "section": pgettext_lazy("import block", "Section heading"),
    "item": pgettext_lazy("import block", "Item"),
    "paragraph": pgettext_lazy("import block", "Paragraph"),
    "table": pgettext_lazy("import block", "Table"),
}
WARNINGS: dict[str, Words] = {
    "bad_bytes": _("Some letters could not be read and are shown as �. Compare them with the original."),
    "deletions_dropped": _("Text that was marked as deleted in Word was left out."),
    "insertions_kept": _("Text that was marked as inserted in Word was taken in."),
    "pictures_left_out": _("The pictures of the file were not taken over: only text is read."),
    "no_title": _("No title was found. Fill it in under Details."),
    "no_date": _("No date was found. Fill it in under Details."),
    "no_lists": _("No lists were found: everything is shown as paragraphs. Mark what is an item."),
}
# Beginnings of rule names, the longer first.
RULES: tuple[tuple[str, Words], ...] = (
    ("edited", pgettext_lazy("import rule", "set by hand")),
    ("heading-number-role", pgettext_lazy("import rule", "a numbered heading whose words tell its kind")),
    ("heading-role", pgettext_lazy("import rule", "a heading whose words tell its kind")),
    ("heading", pgettext_lazy("import rule", "looks like a heading")),
    ("title", pgettext_lazy("import rule", "a title with its speaker")),
    ("talk", pgettext_lazy("import rule", "a title with its speaker")),
    ("speaker", pgettext_lazy("import rule", "a line that names a speaker")),
    ("category", pgettext_lazy("import rule", "a heading that names a PMQA category")),
    ("group", pgettext_lazy("import rule", "a heading of a group discussion")),
    ("session", pgettext_lazy("import rule", "a heading of a session")),
    ("label", pgettext_lazy("import rule", "a label such as “question” or “answer”")),
    ("marker", pgettext_lazy("import rule", "a line with a number or bullet")),
    ("code", pgettext_lazy("import rule", "begins with a PMQA code")),
    ("definition", pgettext_lazy("import rule", "says what something is")),
    ("announcement", pgettext_lazy("import rule", "announces a list")),
    ("continuation", pgettext_lazy("import rule", "goes on with the item before it")),
    ("front-matter", pgettext_lazy("import rule", "stands before the first session")),
    ("source-note", pgettext_lazy("import rule", "names a source")),
    ("page-furniture", pgettext_lazy("import rule", "header or footer of the pages")),
    ("table", pgettext_lazy("import rule", "a table")),
    ("prose", pgettext_lazy("import rule", "running text")),
)
# How sure a reading is, in three steps: doubtful is what `doubt` names, certain what the importer says from here on.
CERTAIN = 0.8
SURENESS: dict[int, Words] = {
    3: pgettext_lazy("import", "certain"),
    2: pgettext_lazy("import", "likely"),
    1: pgettext_lazy("import", "doubtful"),
}
MANY_DOUBTS = 8


@dataclass(frozen=True)
class Row:
    """One block as the review shows it."""

    block: Block
    place: int
    label: Words
    kind: Words
    reason: Words
    left_out: bool
    echoes: Sequence[Item] = ()

    @property
    def doubtful(self) -> bool:
        return bool(self.reason) and not self.left_out

    @property
    def type(self) -> str:
        """The block's type as one word: talks and group discussions are told apart."""
        return type_of(self.block)

    @property
    def depth(self) -> int:
        """How far the row is set in: 0 to 3."""
        return max(0, min(self.block.level, 3)) if self.block.type in ("item", "section", "paragraph") else 0

    @property
    def level(self) -> int:
        """The level as people count."""
        return self.block.level + 1

    @property
    def percent(self) -> int:
        return round(self.block.confidence * 100)

    @property
    def sure(self) -> int:
        """How sure this reading is: a key of `SURENESS`."""
        return 1 if self.reason else 3 if self.block.confidence >= CERTAIN else 2

    @property
    def sureness(self) -> Words:
        return SURENESS[self.sure]

    @property
    def because(self) -> str:
        """Why: what speaks against it, what the importer went by, and how many percent it gives that."""
        return " · ".join(str(part) for part in (self.reason, self.rule, f"{self.percent} %") if part)

    @property
    def rule(self) -> Words:
        """What the importer went by, in words."""
        return next((words for start, words in RULES if self.block.rule.startswith(start)), "")

    @property
    def height(self) -> int:
        """Rows of the text field."""
        return min(12, 2 + len(self.block.text) // 60)

    @property
    def people(self) -> str:
        """The speakers of a talk as they are edited: one a line."""
        return "\n".join(" | ".join((s.name, s.position, s.agency)).rstrip(" |") for s in self.block.speakers)


@dataclass(frozen=True)
class SourceRow:
    """One line of the file, what it became, and the block that holds it."""

    line: SourceLine
    became: str
    block: str = ""


@dataclass(frozen=True)
class Review:
    """Everything the page of a review shows of the text."""

    rows: Sequence[Row]
    lines: Sequence[SourceRow]
    warnings: Sequence[Words] = field(default=())

    @property
    def doubts(self) -> list[Row]:
        return [row for row in self.rows if row.doubtful]

    @property
    def first_doubts(self) -> list[Row]:
        return self.doubts[:MANY_DOUBTS]

    @property
    def left_out(self) -> int:
        return sum(row.left_out for row in self.rows)

    @property
    def sessions(self) -> int:
        return self._count("session")

    @property
    def talks(self) -> int:
        return self._count("talk", "group")

    @property
    def items(self) -> int:
        return self._count("item")

    def _count(self, *types: str) -> int:
        return sum(row.type in types and not row.left_out for row in self.rows)

    def row(self, block: str) -> Row | None:
        """The row of a block."""
        return next((row for row in self.rows if row.block.id == block), None)


def review(job: ImportJob, work: Work, viewer: Any, *, same: Iterable[int] = ()) -> Review:
    """The rows and lines of an import. One query: the published items that say nearly the same and that the viewer may read.

    Args:
        same: ids of pages that are this very seminar: that they say the same is no news.
    """
    draft = work.draft
    echoed: dict[str, list[int]] = job.findings.get("items", {})
    wanted = {pk for found in echoed.values() for pk in found}
    items = (
        {
            item.pk: item
            for item in Item.objects.visible_to(viewer).filter(pk__in=wanted).exclude(page__in=same).select_related("page")
        }
        if wanted
        else {}
    )
    gone = set(work.choices.left_out)
    rows = [
        Row(
            block, place, TYPES[type_of(block)], ItemKind(block.kind).label if block.kind and block.type in ("item", "section") else "",
            doubt(block), block.id in gone, [items[pk] for pk in echoed.get(block.id, []) if pk in items],
        )
        for place, block in enumerate(draft.blocks)
    ]  # fmt: skip
    return Review(rows, source_rows(Source.from_json(job.source or {}), draft), warnings(draft.warnings))


def type_of(block: Block) -> str:
    """session, talk, group, section, item, paragraph or table."""
    return (block.unit_type or "talk") if block.type == "unit" else block.type


def doubt(block: Block) -> Words:
    """Why a person should look at this block, or nothing."""
    if block.rule == "edited" and not block.flagged:
        return ""
    if block.type == "unit" and block.unit_type != "group" and not block.speakers:
        return _("No speaker was found in this heading")
    if block.type == "paragraph" and block.flagged:
        return _("It is not clear what this line is")
    if block.flagged or block.confidence < UNSURE:
        return _("This may be of another type or kind")
    return ""


def source_rows(source: Source, draft: Draft) -> list[SourceRow]:
    """Every line with what it became: a block's type, "front" for what went into title, dates and place."""
    front = set(draft.front)
    owner: dict[int, Block] = {}
    for block in draft.blocks:
        for number in range(block.first, block.last + 1):
            owner.setdefault(number, block)
    rows = []
    for line in source.lines:
        if line.no in front or line.no not in owner:
            rows.append(SourceRow(line, "front" if line.no in front else "none"))
        else:
            rows.append(SourceRow(line, type_of(owner[line.no]), owner[line.no].id))
    return rows


def warnings(found: Iterable[Warn]) -> list[Words]:
    """What the reader of the file wants the editor to know."""
    return [WARNINGS[warn.code] for warn in found if warn.code in WARNINGS]
