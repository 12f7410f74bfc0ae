"""A seminar for reading: its outline with people, agencies, codes, lessons made from it, and what others said likewise."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from kmportal.library import echoes, outline
from kmportal.library.criteria import Criteria
from kmportal.library.facets import all_agencies
from kmportal.library.models import Item, KnowledgePage, LessonPage, LessonSource, LibraryDocument, SeminarPage
from kmportal.library.outline_nodes import ItemNode, Outline, SectionNode, TalkNode
from kmportal.library.permissions import can_make_lesson
from kmportal.library.presenting.kinds import KINDS, KindLook
from kmportal.library.presenting.order import Order, order_of
from kmportal.people.models import Agency, Person
from kmportal.taxonomy.models import PmqaCode

SHORT = 75
MOST_AGREED = 3


@dataclass
class ItemView:
    node: ItemNode
    look: KindLook
    pk: int | None = None
    echoes: int = 0
    lessons: list[LessonPage] = field(default_factory=list)
    children: list["ItemView"] = field(default_factory=list)


@dataclass
class Run:
    """Statements of one kind in a row; the kind is named once, and not at all where the heading's own label says it."""

    look: KindLook
    items: list[ItemView]
    is_named: bool = True

    @property
    def is_short(self) -> bool:
        """Short points stand in two columns."""
        return len(self.items) > 2 and all(len(item.node.text) <= SHORT and not item.children for item in self.items)


@dataclass
class SectionView:
    node: SectionNode
    blocks: list[Any]
    look: KindLook | None = None


@dataclass
class SpeakerView:
    person: Any
    position: str


@dataclass
class TalkView:
    node: TalkNode
    agency: Agency | None
    speakers: list[SpeakerView]
    strip: list[str]
    codes: list[PmqaCode]
    sections: list[SectionView]
    lessons: list[LessonPage]


@dataclass
class SeminarView:
    page: SeminarPage
    sessions: list[tuple[Any, list[TalkView]]]
    agencies: list[Agency]
    order: Order
    lessons: list[LessonPage]
    documents: list[LibraryDocument]
    source: LibraryDocument | None
    item_count: int
    agreed: list[dict[str, Any]] = field(default_factory=list)
    make_lesson_url: str = ""

    @property
    def has_parts(self) -> bool:
        """Whether a table of contents would list anything."""
        return any(session.title or any(not talk.node.implied for talk in talks) for session, talks in self.sessions)


def read(request: HttpRequest, page: SeminarPage) -> SeminarView:
    """Everything the page shows, in six queries. Drafts in preview have no rows yet, so their items carry no links."""
    return _Reader(request, page).read()


class _Reader:
    def __init__(self, request: HttpRequest, page: SeminarPage) -> None:
        self.request, self.user, self.page = request, request.user, page
        self.tree: Outline = outline.read(page.body.raw_data)
        self.agencies = all_agencies()
        self.people = self._people()
        self.rows: dict[UUID, Item] = {
            row.block_id: row for row in Item.objects.filter(page_id=page.pk, retired=False).only("block_id", "page_id")
        }
        self.lessons_of: dict[int, list[LessonPage]] = {}
        self.lessons = self._lessons()
        self.echoes = echoes.of_page(page, self.user)
        self.criteria = Criteria.remembered(page.edition_id)

    def read(self) -> SeminarView:
        sessions = [(session, [self._talk(talk) for talk in session.talks]) for session in self.tree.sessions]
        talks = [talk for _session, in_it in sessions for talk in in_it]
        documents = list(
            LibraryDocument.objects.visible_to(self.user)
            .filter(Q(on_pages__page_id=self.page.pk) | Q(pk=self.page.source_id))
            .distinct()
        )
        return SeminarView(
            self.page,
            sessions,
            agencies=list(dict.fromkeys(talk.agency for talk in talks if talk.agency)),
            order=order_of(self.page, is_draft=getattr(self.request, "is_preview", False)),
            lessons=self.lessons,
            documents=[document for document in documents if document.pk != self.page.source_id],
            source=next((document for document in documents if document.pk == self.page.source_id), None),
            item_count=len(self.rows),
            agreed=agreed(talks, self.echoes),
            make_lesson_url=self._make_lesson_url(),
        )

    def _people(self) -> dict[int, Person]:
        """Speakers; those whose own page this reader may not open keep their name, without a link."""
        shown = Person.objects.visible_to(self.user).filter(pk=OuterRef("pk"))
        return Person.objects.annotate(is_shown=Exists(shown)).in_bulk(self.tree.person_ids)

    def _lessons(self) -> list[LessonPage]:
        visible = KnowledgePage.objects.visible_to(self.user).current().values("pk")
        found: dict[int, LessonPage] = {}
        links = (
            LessonSource.objects.filter(item__page_id=self.page.pk, page__in=visible)
            .select_related("page__agency")
            .order_by("page__title", "pk")
        )
        for link in links:
            lesson = found.setdefault(link.page_id, link.page)
            self.lessons_of.setdefault(link.item_id, []).append(lesson)
        return list(found.values())

    def _make_lesson_url(self) -> str:
        if not self.rows or not can_make_lesson(self.user):
            return ""
        try:
            return reverse("library:make_lesson")
        except NoReverseMatch:
            return ""

    def _talk(self, node: TalkNode) -> TalkView:
        sections = [self._section(section) for section in node.sections]
        codes = self.criteria.written(node.codes)
        lessons = [lesson for section in sections for item in _flat(section) for lesson in item.lessons]
        return TalkView(
            node,
            self.agencies.get(node.agency_id) if node.agency_id else None,
            [
                SpeakerView(person, speaker.position)
                for speaker in node.speakers
                if (person := self.people.get(speaker.person_id)) is not None
            ],
            strip=sorted({*node.categories, *(code.category.number for code in codes)}),
            codes=codes,
            sections=sections,
            lessons=list(dict.fromkeys(lessons)),
        )

    def _section(self, node: SectionNode) -> SectionView:
        blocks: list[Any] = []
        for is_item, content in groupby(node.content, key=lambda block: isinstance(block, ItemNode)):
            block = list(content)
            blocks += self._runs(block) if is_item else block
        kinds = {item.kind for item in node.items}
        look = KINDS[kinds.pop()] if len(kinds) == 1 and node.title else None
        for block in blocks:
            if isinstance(block, Run):
                block.is_named = look is None
        return SectionView(node, blocks, look)

    def _runs(self, content: Iterable[Any]) -> list[Run]:
        items = [self._item(node) for node in content]
        return [Run(look, list(same)) for look, same in groupby(items, key=lambda item: item.look)]

    def _item(self, node: ItemNode) -> ItemView:
        row = self.rows.get(node.block_id)
        pk = row.pk if row else None
        view = ItemView(node, KINDS[node.kind], pk, children=[self._item(child) for child in node.children])
        if pk is not None:
            view.echoes, view.lessons = len(self.echoes.get(pk, ())), self.lessons_of.get(pk, [])
        return view


def agreed(talks: list[TalkView], echoes: dict[int, set[int]]) -> list[dict[str, Any]]:
    """What several agencies of this seminar said alike, the widest agreement first: for components/agree.html."""
    told = {
        item.pk: (talk.agency, item)
        for talk in talks
        if talk.agency
        for section in talk.sections
        for item in _flat(section)
        if item.pk
    }
    found: list[dict[str, Any]] = []
    covered: set[int] = set()
    for pk, (agency, item) in told.items():
        others = [other for other in echoes.get(pk, ()) if other in told]
        agencies = list(dict.fromkeys([agency, *(told[other][0] for other in sorted(others))]))
        if pk not in covered and len(agencies) > 1:
            found.append({"text": item.node.text, "url": f"#{item.node.anchor}", "agencies": agencies})
            covered |= {pk, *others}
    return sorted(found, key=lambda point: -len(point["agencies"]))[:MOST_AGREED]


def _flat(section: SectionView) -> Iterable[ItemView]:
    for block in section.blocks:
        if isinstance(block, Run):
            for item in block.items:
                yield from _with_children(item)


def _with_children(item: ItemView) -> Iterable[ItemView]:
    yield item
    for child in item.children:
        yield from _with_children(child)
