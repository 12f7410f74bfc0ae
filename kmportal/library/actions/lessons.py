"""A lesson from what was said at seminars: one step from items to a draft that already holds their words, circle and credits."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.utils.crypto import get_random_string
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from kmportal.core.text import shorten
from kmportal.library.models import Credit, Item, LessonPage, LessonSource, SectionPage
from kmportal.library.permissions import can_make_lesson
from kmportal.library.visibility import Visibility
from kmportal.people.models import Agency, Person
from kmportal.taxonomy.kinds import ItemKind

MAX_ITEMS = 40
TITLE_LENGTH = 110
LESSON_LENGTH = 500
# Which field of the lesson record an item's words go to (domain notes, table of the lesson record). A practice is what was done, an
# obstacle is the pitfall the next unit will meet, a success factor says why it worked, an observation is a cue, a figure is evidence.
FIELD_OF_KIND = {
    ItemKind.PRACTICE: "what_happened",
    ItemKind.OBSTACLE: "pitfalls",
    ItemKind.SUCCESS_FACTOR: "why",
    ItemKind.OBSERVATION: "cues",
    ItemKind.RECOMMENDATION: "recommendation",
    ItemKind.METRIC: "evidence",
    ItemKind.DEFINITION: "context",
    ItemKind.QUESTION: "context",
    ItemKind.ANSWER: "tricks",
}
OVERFLOW_FIELD = "tricks"
SLUG_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class LessonError(Exception):
    """A lesson could not be made; `words` say why and what to do."""

    words: Any = ""


class NoItems(LessonError):
    words = _("Choose at least one item to make a lesson from.")


class TooManyItems(LessonError):
    words = _("Choose at most 40 items. A lesson tells one event; make several lessons from more.")


class CirclesApart(LessonError):
    """Items of two closed circles: no third circle holds exactly the people who may read both."""

    words = _("These items are kept to different agencies or communities. Make one lesson for each of them.")


class NoPlaceForLessons(LessonError):
    words = _("The library has no section for lessons yet. Run load_basics, or make a section that lists lessons.")


@transaction.atomic
def make_lesson(*, actor: Any, items: Iterable[Item]) -> tuple[LessonPage, bool]:
    """A draft lesson from one or more seminar items, and whether it was made now.

    The same set of items again gives the lesson that was made from it, so a double click or a second person does not double it.

    Raises:
        PermissionDenied: the actor may not make lessons, or may not read one of the items.
        NoItems, TooManyItems, CirclesApart, NoPlaceForLessons: in words for the person.
    """
    if not can_make_lesson(actor):
        raise PermissionDenied
    wanted = {item.pk for item in items}
    if not wanted:
        raise NoItems
    if len(wanted) > MAX_ITEMS:
        raise TooManyItems
    # Locked, so that two people who press at the same time get one lesson.
    list(Item.objects.select_for_update().filter(pk__in=wanted).order_by("pk").values("pk"))
    chosen = list(
        Item.objects.visible_to(actor)
        .filter(pk__in=wanted)
        .select_related("page__edition", "page__agency__parent__parent__parent", "talk__agency")
        .prefetch_related("categories", "codes", "talk__speakers", "talk__categories")
        .order_by("page", "position")
    )
    if len(chosen) != len(wanted):
        raise PermissionDenied
    if existing := _made_from(actor, wanted):
        return existing, False
    lesson = _draft(actor, chosen)
    add_draft(actor=actor, lesson=lesson)
    return lesson, True


def add_draft(*, actor: Any, lesson: LessonPage) -> None:
    """Puts a lesson into the library as a draft, in the caller's transaction. Whether the actor may is for the verb that made it.

    Raises:
        NoPlaceForLessons
    """
    parent = SectionPage.objects.filter(lists="lesson").order_by("path").first()
    if parent is None:
        raise NoPlaceForLessons
    parent.add_child(instance=lesson)
    lesson.save_revision(user=actor, log_action="wagtail.create")


def _made_from(actor: Any, item_ids: set[int]) -> LessonPage | None:
    """A lesson that was made from exactly these items and that the actor may work on."""
    return (
        LessonPage.objects.workable_by(actor)
        .current()
        .annotate(
            wanted=Count("sources", filter=Q(sources__item__in=item_ids), distinct=True),
            all_sources=Count("sources", distinct=True),
        )
        .filter(wanted=len(item_ids), all_sources=len(item_ids))
        .order_by("pk")
        .first()
    )


def _draft(actor: Any, items: Sequence[Item]) -> LessonPage:
    visibility, circle = _narrowest(items)
    agency = circle if isinstance(circle, Agency) else _common_agency(items) or actor.agency
    lesson = LessonPage(
        title=_title(items),
        slug=f"lesson-{get_random_string(8, SLUG_LETTERS)}",
        live=False,
        has_unpublished_changes=True,
        owner=actor,
        visibility=visibility,
        agency=agency,
        community_id=circle if isinstance(circle, int) else None,
        edition=next((item.page.edition for item in items if item.page.edition_id), None),
        **_fields(items),
    )
    categories = {c for i in items for c in i.categories.all()} or {c for i in items if i.talk for c in i.talk.categories.all()}
    lesson.categories = sorted(categories, key=lambda category: category.pk)
    lesson.codes = sorted({code for item in items for code in item.codes.all()}, key=lambda code: code.pk)
    lesson.sources = [LessonSource(item=item, sort_order=order) for order, item in enumerate(items)]
    lesson.credits = [Credit(person=p, part=part, sort_order=order) for order, (p, part) in enumerate(_credits(actor, items))]
    return lesson


def _narrowest(items: Sequence[Item]) -> tuple[str, Agency | int | None]:
    """The circle of the people who may read all the sources: (visibility, the agency or the community's id).

    Raises:
        CirclesApart: no single circle is that.
    """
    pages = {item.page_id: item.page for item in items}.values()
    communities = {page.community_id for page in pages if page.visibility == Visibility.COMMUNITY}
    agencies = [page.agency for page in pages if page.visibility == Visibility.AGENCY and page.agency is not None]
    if len(communities) > 1 or (communities and agencies):
        raise CirclesApart
    if communities:
        return Visibility.COMMUNITY, communities.pop()
    if agencies:
        # What is kept to a department is read in its bureaus too, so the innermost agency reads all, if all others stand above it.
        innermost = max(agencies, key=lambda agency: len(agency.lineage()))
        if not {agency.pk for agency in agencies} <= {above.pk for above in innermost.lineage()}:
            raise CirclesApart
        return Visibility.AGENCY, innermost
    if any(page.visibility == Visibility.NETWORK for page in pages):
        return Visibility.NETWORK, None
    return Visibility.PUBLIC, None


def _common_agency(items: Sequence[Item]) -> Agency | None:
    """The agency that told all of it, if it is one."""
    agencies = {item.talk.agency for item in items if item.talk and item.talk.agency}
    return agencies.pop() if len(agencies) == 1 else None


def _title(items: Sequence[Item]) -> str:
    first = next((item for item in items if item.kind == ItemKind.LESSON), items[0])
    return shorten(first.text, TITLE_LENGTH)[:255]


def _fields(items: Sequence[Item]) -> dict[str, Any]:
    """The items' words by field. The first lesson that fits is the one-sentence lesson; the others become know-how."""
    lesson, texts = "", {"context": _context(items)}
    for item in items:
        if item.kind == ItemKind.LESSON and not lesson and len(item.text) <= LESSON_LENGTH:
            lesson = item.text
        else:
            texts.setdefault(FIELD_OF_KIND.get(ItemKind(item.kind), OVERFLOW_FIELD), []).append(item.text)
    return {"lesson": lesson, **{field: _as_list(lines) for field, lines in texts.items()}}


def _context(items: Sequence[Item]) -> list[str]:
    """Where it was said: the seminar, the talk, the agency; each once."""
    lines: dict[str, None] = {}
    for item in items:
        parts = [item.page.title]
        if item.talk:
            parts += [item.talk.title, item.talk.agency.name if item.talk.agency else ""]
        lines[" · ".join(part for part in parts if part)] = None
    return list(lines)


def _as_list(lines: Sequence[str]) -> str:
    if len(lines) == 1:
        return str(format_html("<p>{}</p>", lines[0]))
    return str(format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line,) for line in lines))))


def _credits(actor: Any, items: Sequence[Item]) -> list[tuple[Person, str]]:
    """Tellers in the order they spoke, then the one who worked it into a lesson."""
    tellers = {speaker.pk: speaker for item in items if item.talk for speaker in item.talk.speakers.all()}
    credited: list[tuple[Person, str]] = [(person, Credit.Part.TELLER) for person in tellers.values()]
    if writer := Person.objects.filter(user=actor).first():
        credited.append((writer, Credit.Part.NOTE_TAKER))
    return credited
