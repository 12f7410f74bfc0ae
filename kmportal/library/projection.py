"""From a published seminar to rows: talks and items that can be listed, counted and linked across seminars.

`project` may run any number of times: rows are known by their block's id, so what lessons link to survives edits, and a second run
over the same page changes nothing. What is no longer in the page is retired, never deleted. Everything is written in bulk: the
number of queries does not grow with the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from kmportal.library import echoes, outline
from kmportal.library.criteria import Criteria, category_opened
from kmportal.library.kind_cues import kind_under
from kmportal.library.models import Item, SeminarPage, Talk
from kmportal.library.outline_nodes import ItemNode, Line, Outline, SectionNode, SessionNode, TableNode, TalkNode
from kmportal.people.models import Agency, Person
from kmportal.taxonomy.kinds import ItemKind

BATCH = 200
TALK_FIELDS = ["position", "session", "title", "is_group", "agency_id", "retired"]
ITEM_FIELDS = ["talk_id", "position", "section", "kind", "text", "level", "retired"]


@dataclass
class Explicit:
    """What the editor chose for the whole page; a single category or code is inherited by items that have none from below."""

    categories: set[int] = field(default_factory=set)
    codes: set[int] = field(default_factory=set)


@dataclass
class Summary:
    """What the rows add up to: what the page as a whole is about, and what changed."""

    categories: set[int] = field(default_factory=set)
    codes: set[int] = field(default_factory=set)
    agencies: list[int] = field(default_factory=list)
    created: int = 0
    changed: int = 0
    retired: int = 0
    reworded: list[Item] = field(default_factory=list)


@dataclass
class _Wanted:
    """A row as the page says it should be."""

    row: Any
    categories: set[int]
    codes: set[int] = field(default_factory=set)
    speakers: set[int] = field(default_factory=set)
    talk_block: UUID | None = None


@transaction.atomic
def project(page: SeminarPage, criteria: Criteria, explicit: Explicit) -> Summary:
    """Writes the talks and items of the page's stream.

    Args:
        page: the seminar with its published stream.
        criteria: the edition whose codes the page speaks of.
        explicit: the editor's own choice of categories and codes for the page.
    """
    tree = outline.read(page.body.raw_data)
    known_agencies = set(Agency.objects.filter(pk__in=tree.agency_ids).values_list("pk", flat=True))
    known_people = set(Person.objects.filter(pk__in=tree.person_ids).values_list("pk", flat=True))
    talks = [_talk(page, session, talk, criteria) for session, talk in _talks(tree)]
    for wanted in talks:
        wanted.row.agency_id = wanted.row.agency_id if wanted.row.agency_id in known_agencies else None
        wanted.speakers &= known_people
    items = list(_items(page, tree, criteria, explicit))
    summary = Summary(agencies=[wanted.row.agency_id for wanted in talks if wanted.row.agency_id])
    talk_ids = _write(page, Talk, talks, TALK_FIELDS, summary)
    for wanted in items:
        wanted.row.talk_id = talk_ids.get(wanted.talk_block) if wanted.talk_block else None
    _write(page, Item, items, ITEM_FIELDS, summary)
    echoes.index(summary.reworded)
    for wanted in (*talks, *items):
        summary.categories |= wanted.categories
        summary.codes |= wanted.codes
    return summary


def _talks(tree: Outline) -> Iterable[tuple[SessionNode, TalkNode]]:
    return ((session, talk) for session in tree.sessions for talk in session.talks if not talk.implied)


def _talk(page: SeminarPage, session: SessionNode, talk: TalkNode, criteria: Criteria) -> _Wanted:
    codes = criteria.written(talk.codes)
    row = Talk(
        page=page, block_id=talk.block_id, position=talk.position, session=session.title[:300], title=talk.title[:300],
        is_group=talk.is_group, agency_id=talk.agency_id,
    )  # fmt: skip
    return _Wanted(
        row,
        categories=criteria.category_ids(talk.categories) | {code.category_id for code in codes},
        speakers={speaker.person_id for speaker in talk.speakers},
    )


def _items(page: SeminarPage, tree: Outline, criteria: Criteria, explicit: Explicit) -> Iterable[_Wanted]:
    for session in tree.sessions:
        for talk in session.talks:
            codes = {code.pk: code for code in criteria.written(talk.codes)}
            of_talk = criteria.category_ids(talk.categories) | {code.category_id for code in codes.values()}
            above = Explicit(categories=of_talk or _only(explicit.categories), codes=set(codes) or _only(explicit.codes))
            for section in talk.sections:
                near = _narrowed(above, section.title, criteria)
                for node in _lines(section):
                    near = _narrowed(near, node.text, criteria)
                    wanted = _item(page, section, node, criteria, near)
                    wanted.talk_block = None if talk.implied else talk.block_id
                    yield wanted


def _only(chosen: set[int]) -> set[int]:
    """What a page of several categories says of itself does not hold for each of its items; of one category it does."""
    return chosen if len(chosen) == 1 else set()


def _narrowed(above: Explicit, text: str, criteria: Criteria) -> Explicit:
    """A heading or line that opens with "หมวด 3" speaks of category 3, and so does what follows it under the same heading."""
    number = category_opened(text)
    named = criteria.category_ids([number]) if number else set()
    return Explicit(named, above.codes) if named else above


def _lines(section: SectionNode) -> Iterable[ItemNode | Line]:
    for block in section.content:
        if isinstance(block, ItemNode):
            yield from block.with_children()
        elif isinstance(block, TableNode):
            yield from (line for line in block.lines if any(sign.isalpha() for sign in line.text))


def _item(page: SeminarPage, section: SectionNode, node: ItemNode | Line, criteria: Criteria, above: Explicit) -> _Wanted:
    """Own categories win over those from above; a code that the text names adds its category."""
    own = {code.pk: code for code in criteria.named_in(node.text)}
    own_categories: set[int] = set()
    if isinstance(node, ItemNode):
        own |= {code.pk: code for code in criteria.written(node.codes)}
        own_categories = criteria.category_ids(node.categories)
        kind, level, heading = node.kind, node.level, section.title
    else:
        kind, level = kind_under(node.heading) or kind_under(section.title) or ItemKind.OBSERVATION, 0
        heading = " · ".join(part for part in (section.title, node.heading) if part)
    row = Item(
        page=page, block_id=node.block_id, position=node.position, section=heading[:300], kind=kind, text=node.text, level=level
    )
    return _Wanted(
        row,
        categories=(own_categories or above.categories) | {code.category_id for code in own.values()},
        codes=set(own) or above.codes,
    )


def _write(page: SeminarPage, model: Any, wanted: list[_Wanted], fields: list[str], summary: Summary) -> dict[UUID | None, int]:
    """Creates, changes and retires rows of one table, then their links; gives the key of each block."""
    existing = {row.block_id: row for row in model.objects.filter(page=page)}
    new, changed = [], []
    for want in wanted:
        row = existing.pop(want.row.block_id, None)
        if row is None:
            new.append(want.row)
            continue
        differing = [name for name in fields if getattr(row, name) != getattr(want.row, name)]
        for name in differing:
            setattr(row, name, getattr(want.row, name))
        if differing:
            changed.append(row)
        if "text" in differing:
            summary.reworded.append(row)
        want.row = row
    gone = [row for row in existing.values() if not row.retired]
    for row in gone:
        row.retired = True
    model.objects.bulk_create(new, batch_size=BATCH)
    model.objects.bulk_update(changed, fields, batch_size=BATCH)
    model.objects.bulk_update(gone, ["retired"], batch_size=BATCH)
    summary.reworded += [row for row in new if isinstance(row, Item)]
    summary.created, summary.changed, summary.retired = (
        summary.created + len(new), summary.changed + len(changed), summary.retired + len(gone),
    )  # fmt: skip
    _link_all(page, model, wanted)
    return {want.row.block_id: want.row.pk for want in wanted}


def _link_all(page: SeminarPage, model: Any, wanted: list[_Wanted]) -> None:
    _link(page, model.categories.through, model, "pmqacategory_id", {want.row.pk: want.categories for want in wanted})
    if model is Talk:
        _link(page, Talk.speakers.through, Talk, "person_id", {want.row.pk: want.speakers for want in wanted})
    else:
        _link(page, Item.codes.through, Item, "pmqacode_id", {want.row.pk: want.codes for want in wanted})


def _link(page: SeminarPage, through: Any, model: type[Model], target: str, wanted: dict[int, set[int]]) -> None:
    """Brings a many-to-many table of this page's rows to what is wanted; links of retired rows stay as they were."""
    source = f"{model._meta.model_name}_id"
    present = through.objects.filter(**{f"{model._meta.model_name}__page": page}).values_list("pk", source, target)
    pairs = {(row, other) for row, others in wanted.items() for other in others}
    have = {(row, other): pk for pk, row, other in present if row in wanted}
    through.objects.filter(pk__in=[pk for pair, pk in have.items() if pair not in pairs]).delete()
    through.objects.bulk_create(
        [through(**{source: row, target: other}) for row, other in sorted(pairs - have.keys())], batch_size=BATCH
    )
