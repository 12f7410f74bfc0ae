"""How seminars, lessons, practices and plain pages read as passages: each at the place on the page where it opens."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from django.utils import timezone
from django.utils.html import strip_tags

from kmportal.core import dates
from kmportal.library import outline, searched_order
from kmportal.library.models import BestPracticePage, KnowledgePage, LessonPage, PlainPage, SectionPage, SeminarPage, Talk
from kmportal.library.outline_nodes import ParagraphNode, SectionNode, SessionNode, TableNode, TalkNode
from kmportal.library.searched_order import Order
from kmportal.library.visibility import Visibility
from kmportal.people.models import Agency
from kmportal.people.searched import NO_AGENCY, AgencyNames, agency_names
from kmportal.retrieval import readers
from kmportal.retrieval.chunks import split
from kmportal.retrieval.sources import Text

# Parts of the records that have a heading of their own on the page, with the anchor of their name (library/_lesson_body.html).
LESSON_PARTS = (
    "context", "intent", "what_happened", "why", "cues", "tricks", "pitfalls", "recommendation", "evidence", "next_steps",
)  # fmt: skip
PRACTICE_PARTS = ("problem", "approach", "results", "success_factors", "cautions", "evidence")
LESSON_GIST = ("lesson", "works_when", "fails_when", "contacts")
PRACTICE_GIST = ("works_when", "contacts")
REVIEWED, CONFIRMED = 0.5, 0.3
_BLOCKS = re.compile(r"(?i)</(?:p|li|h\d|ul|ol|td|tr)>|<br\s*/?>|<hr\s*/?>")


def plain(html: str) -> str:
    """The words of a rich text, a line for each paragraph."""
    return unescape(strip_tags(_BLOCKS.sub("\n", html or ""))).replace("\u00a0", " ").strip()


def audience_of(row: Any) -> str:
    """The circle of a row that carries visibility, agency and community, as a key (library.visibility says who stands in it).

    A circle that lacks its agency or community is nobody's, but for those who read all agencies.
    """
    if row.visibility == Visibility.AGENCY:
        return f"agency:{row.agency_id or 0}"
    if row.visibility == Visibility.COMMUNITY:
        return f"community:{row.community_id or 0}"
    return str(row.visibility)


def day_of(page: Any) -> date | None:
    """The day the knowledge is of, also in the moment between publishing and what is derived from it (library.derived)."""
    start: date | None = page.dated or getattr(page, "start_date", None)
    return start or (timezone.localdate(page.first_published_at) if page.first_published_at else None)


@dataclass
class Sheet:
    """What all passages of one page have in common."""

    page: KnowledgePage
    url: str
    names: str
    tags: frozenset[tuple[str, str]]
    quality: float = 0.0

    def text(self, body: str, *, anchor: str = "", place: str = "", names: str | None = None) -> Text:
        page = self.page
        return Text(
            title=page.title,
            body=body,
            url=f"{self.url}#{anchor}" if anchor else self.url,
            audience=audience_of(page),
            place=place,
            names=self.names if names is None else names,
            tags=self.tags,
            dated=day_of(page),
            quality=self.quality,
        )

    def opening(self) -> Iterator[Text]:
        """The passage that every page has, and its summary in English."""
        yield self.text(self.page.summary)
        if self.page.summary_en:
            yield self.text(self.page.summary_en)


def _sheet(page: KnowledgePage, order: Order, agencies: list[AgencyNames], people: list[str], quality: float) -> Sheet:
    names = [page.title_en, *people, *(agency.names for agency in agencies), order.names]
    tags = frozenset(order.tags).union(*(agency.tags for agency in agencies))
    quality += CONFIRMED if page.confirmed_at else 0
    return Sheet(page, page.url or "", "\n".join(name for name in names if name), tags, quality)


# --- Lessons and practices -------------------------------------------------------------------------------------------------------
def describe_lessons(found: Iterable[LessonPage]) -> Iterator[tuple[int, list[Text]]]:
    return _describe_records(list(found), LESSON_GIST, LESSON_PARTS)


def describe_practices(found: Iterable[BestPracticePage]) -> Iterator[tuple[int, list[Text]]]:
    return _describe_records(list(found), PRACTICE_GIST, PRACTICE_PARTS)


def _describe_records(found: list[Any], gist: tuple[str, ...], parts: tuple[str, ...]) -> Iterator[tuple[int, list[Text]]]:
    orders = searched_order.of_pages(page.pk for page in found)
    people = searched_order.credited(page.pk for page in found)
    agencies = agency_names(page.agency_id for page in found)
    for page in found:
        agency = agencies.get(page.agency_id, NO_AGENCY)
        sheet = _sheet(page, orders[page.pk], [agency], people[page.pk], REVIEWED)
        yield page.pk, [*sheet.opening(), *_record(sheet, gist, parts)]


def _record(sheet: Sheet, gist: tuple[str, ...], parts: tuple[str, ...]) -> Iterator[Text]:
    page = sheet.page
    for name in (*gist, *parts):
        heading = str(page._meta.get_field(name).verbose_name)
        anchor = name if name in parts else ""
        for body in split(plain(getattr(page, name)) if anchor else getattr(page, name)):
            yield sheet.text(body, anchor=anchor, place=heading)


# --- Seminars --------------------------------------------------------------------------------------------------------------------
def describe_seminars(found: Iterable[SeminarPage]) -> Iterator[tuple[int, list[Text]]]:
    """Statements are rows of their own (searched_items); here stands what is around them."""
    found = list(found)
    orders = searched_order.of_pages(page.pk for page in found)
    talks = list(Talk.objects.filter(page__in=[page.pk for page in found], retired=False))
    spoke = searched_order.speakers(talk.pk for talk in talks)
    agencies = agency_names(
        [*(talk.agency_id for talk in talks), *(page.agency_id for page in found), *(p.organiser_id for p in found)]
    )
    organisers = dict(Agency.objects.filter(pk__in={page.organiser_id for page in found}).values_list("pk", "name"))
    for page in found:
        own = [talk for talk in talks if talk.page_id == page.pk]
        around = sorted(
            {key for key in (page.agency_id, page.organiser_id, *(talk.agency_id for talk in own)) if key is not None}
        )
        sheet = _sheet(page, orders[page.pk], [agencies.get(key, NO_AGENCY) for key in around], [], 0)
        opening = _when_and_where(page, organisers.get(page.organiser_id or 0, ""))
        said_by = {talk.block_id: "\n".join([*spoke[talk.pk], agencies.get(talk.agency_id, NO_AGENCY).names]) for talk in own}
        yield page.pk, [*_opening(sheet, opening), *_said(sheet, page, said_by)]


def _opening(sheet: Sheet, around: str) -> Iterator[Text]:
    first, *more = sheet.opening()
    yield sheet.text("\n".join(part for part in (first.body, around) if part))
    yield from more


def _when_and_where(page: SeminarPage, organiser: str) -> str:
    when = dates.full(page.start_date, "th") if page.start_date else ""
    return "\n".join(part for part in (when, page.venue, page.province, organiser) if part)


def _said(sheet: Sheet, page: SeminarPage, said_by: dict[Any, str]) -> Iterator[Text]:
    for session in outline.read(page.body.raw_data).sessions:
        if session.title:
            yield sheet.text(session.title, anchor=session.anchor, names="")
        for talk in session.talks:
            yield from _talk(sheet, session, talk, said_by.get(talk.block_id, ""))


def _talk(sheet: Sheet, session: SessionNode, talk: TalkNode, names: str) -> Iterator[Text]:
    if not talk.implied:
        yield sheet.text(talk.title, anchor=talk.anchor, place=session.title, names=names)
    place = " · ".join(part for part in (talk.title, session.title) if part)
    for section in talk.sections:
        for anchor, words in _beside_items(section):
            for body in split(words):
                yield sheet.text(body, anchor=anchor, place=place, names="")


def _beside_items(section: SectionNode) -> Iterator[tuple[str, str]]:
    """Paragraphs, and captions of tables, that belong together: (anchor of the first, words). Lines of tables are statements."""
    anchor, words = "", ""
    for block in section.content:
        said = block.text if isinstance(block, ParagraphNode) else block.caption if isinstance(block, TableNode) else ""
        if said:
            anchor, words = anchor or block.anchor, f"{words}\n{said}"
        elif words:
            yield anchor, f"{section.title}\n{words}"
            anchor, words = "", ""
    if words:
        yield anchor, f"{section.title}\n{words}"


# --- Pages of plain words --------------------------------------------------------------------------------------------------------
def describe_plain(found: Iterable[PlainPage]) -> Iterator[tuple[int, list[Text]]]:
    for page in found:
        bodies = [*split(plain(page.body)), *split(plain(page.body_en))] or [""]
        yield page.pk, [Text(page.title, body, page.url or "", readers.PUBLIC, names=page.title_en) for body in bodies]


def describe_sections(found: Iterable[SectionPage]) -> Iterator[tuple[int, list[Text]]]:
    for page in found:
        yield page.pk, [Text(page.title, "", page.url or "", readers.PUBLIC)]
