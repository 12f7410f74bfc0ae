"""A lesson or best practice for reading: only the parts that were filled, where it came from, whom to thank and to ask."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext, pgettext

from kmportal.library.models import BestPracticePage, Credit, Item, LessonPage, LibraryDocument
from kmportal.library.presenting.kinds import KINDS
from kmportal.library.presenting.order import Order, order_of
from kmportal.people.models import Person
from kmportal.people.roles import Role

LETTERS_A_MINUTE = 900


@dataclass
class Part:
    """A heading and its text; a caution is set as a note."""

    name: str
    title: str
    html: str
    is_caution: bool = False


@dataclass
class LessonView:
    page: Any
    gist: list[tuple[str, str]]
    parts: list[Part]
    credits: list[Credit]
    sources: list[Item]
    order: Order
    documents: list[LibraryDocument]
    thread: list[dict[str, Any]] = field(default_factory=list)
    minutes: int = 1
    edit: bool = False

    @property
    def tellers(self) -> list[Credit]:
        return [credit for credit in self.credits if credit.part == Credit.Part.TELLER]

    @property
    def helpers(self) -> list[Credit]:
        return [credit for credit in self.credits if credit.part != Credit.Part.TELLER]


def _has_words(html: str) -> bool:
    return bool(strip_tags(html or "").replace("\u00a0", " ").strip())


def read_lesson(request: HttpRequest, page: LessonPage) -> LessonView:
    """A lesson: its gist on leaves, the event, the know-how, the use."""
    gist = [
        (pgettext("gist", "Lesson"), page.lesson),
        (gettext("Holds when"), page.works_when),
        (gettext("Does not hold when"), page.fails_when),
    ]
    parts = [
        Part("context", gettext("Where and when"), page.context),
        Part("intent", gettext("What was intended"), page.intent),
        Part("what_happened", gettext("What happened"), page.what_happened),
        Part("why", gettext("What made it work, or fail"), page.why),
        Part("cues", gettext("Cues that were noticed"), page.cues),
        Part("tricks", gettext("Tricks of the trade"), page.tricks),
        Part("pitfalls", gettext("What to watch"), page.pitfalls, is_caution=True),
        Part("recommendation", gettext("What to do"), page.recommendation),
        Part("evidence", gettext("Evidence"), page.evidence),
        Part("next_steps", gettext("What is to be done next"), page.next_steps),
    ]
    return _read(request, page, gist, parts)


def read_practice(request: HttpRequest, page: BestPracticePage) -> LessonView:
    """A best practice: the problem, what was done, what came of it."""
    gist = [(gettext("Holds when"), page.works_when)]
    parts = [
        Part("problem", gettext("The problem before"), page.problem),
        Part("approach", gettext("What was done"), page.approach),
        Part("results", gettext("What came of it"), page.results),
        Part("success_factors", gettext("Success factors"), page.success_factors),
        Part("cautions", gettext("What to watch"), page.cautions, is_caution=True),
        Part("evidence", gettext("Evidence"), page.evidence),
    ]
    return _read(request, page, gist, parts)


def _read(request: HttpRequest, page: Any, gist: list[tuple[str, str]], parts: list[Part]) -> LessonView:
    user = request.user
    is_draft = getattr(request, "is_preview", False)
    credits = list(page.credits.all()) if is_draft else _credits(user, page)
    sources = _sources(user, page, is_draft) if isinstance(page, LessonPage) else []
    order = order_of(page, is_draft=is_draft)
    filled = [part for part in parts if _has_words(part.html)]
    view = LessonView(
        page,
        [(term, text) for term, text in gist if text.strip()],
        filled,
        credits,
        sources,
        order,
        documents=list(LibraryDocument.objects.visible_to(user).filter(on_pages__page_id=page.pk).distinct()),
        minutes=max(1, round(sum(len(strip_tags(part.html)) for part in filled) / LETTERS_A_MINUTE)),
        edit=user.is_authenticated and user.has_role(Role.NETWORK_COORDINATOR),
    )
    view.thread = _thread(request, view)
    return view


def _credits(user: Any, page: Any) -> list[Credit]:
    """With `is_shown`: whether this reader may open the person's own page."""
    shown = Person.objects.visible_to(user).filter(pk=OuterRef("person"))
    return list(Credit.objects.filter(page_id=page.pk).select_related("person__agency").annotate(is_shown=Exists(shown)))


def _sources(user: Any, page: LessonPage, is_draft: bool) -> list[Any]:
    """The statements it was made from that this reader may see; of a draft, those chosen in it."""
    found = Item.objects.visible_to(user).select_related("page__agency", "talk__agency")
    if is_draft:
        sources = list(found.filter(pk__in=[source.item_id for source in page.sources.all()]))
    else:
        sources = list(found.filter(lesson_links__page_id=page.pk).order_by("lesson_links__sort_order", "pk"))
    for item in sources:
        item.look = KINDS[item.kind]
    return sources


def _thread(request: HttpRequest, view: LessonView) -> list[dict[str, Any]]:
    """Seminars it was made from, then this page: the cord that later holds questions and uses."""
    seminars = {item.page_id: item for item in view.sources}
    steps: list[dict[str, Any]] = [
        {"label": item.page.shown_title, "url": f"{item.page.get_url(request)}#{item.anchor}", "date": item.page.dated}
        for item in seminars.values()
    ]
    label = gettext("Worked into a lesson") if isinstance(view.page, LessonPage) else gettext("Written as a best practice")
    steps.append({"label": label, "here": True, "date": view.page.first_published_at})
    return steps
