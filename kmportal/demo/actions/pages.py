"""Lessons and best practices: written, handed in, reviewed by a second person, and some of them changed again."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from communities.models import Community
from kmportal.demo.actions.documents import document
from kmportal.demo.actions.people import account, person
from kmportal.demo.content import read, rich
from kmportal.library.actions.lessons import make_lesson
from kmportal.library.actions.review import approve, archive, hand_in
from kmportal.library.models import BestPracticePage, Credit, Item, KnowledgePage, LessonPage, PageDocument, SectionPage
from kmportal.people.models import Agency, User
from kmportal.taxonomy.models import PmqaCode, PmqaEdition, Topic

REVIEWER = "preecha@opdc.example"
RICH = {
    "context", "intent", "what_happened", "why", "cues", "tricks", "pitfalls", "recommendation", "evidence", "next_steps",
    "problem", "approach", "results", "success_factors", "cautions",
}  # fmt: skip
PLAIN = {"title", "title_en", "summary", "summary_en", "lesson", "works_when", "fails_when", "contacts", "visibility"}


def write_lessons(*, say: Callable[[str], None]) -> None:
    """Lessons in every state and circle, most of them made from what was said at the seminars."""
    _write(read("lessons"), _lesson, "lessons", say)


def write_practices(*, say: Callable[[str], None]) -> None:
    """Best practices, all published."""
    _write(read("practices"), _practice, "practices", say)


def _write(entries: list[dict[str, Any]], make: Callable[[dict[str, Any]], Any], what: str, say: Callable[[str], None]) -> None:
    known = set(KnowledgePage.objects.values_list("slug", flat=True))
    missing = [entry for entry in entries if entry["slug"] not in known]
    if missing:
        say(f"{len(missing)} {what}")
    for entry in missing:
        make(entry)


@transaction.atomic
def _lesson(entry: dict[str, Any]) -> None:
    writer = account(entry["writer"])
    items = list(_items(entry["from"], writer))
    page = make_lesson(actor=writer, items=items)[0] if items else LessonPage(owner=writer)
    page.slug = entry["slug"]
    if entry["state"] == "draft":
        # As it comes out of the seminar, with nothing but a title: what the writer meets on the first day.
        page.title = entry["title"]
        page.save()
        page.save_revision(user=writer)
        return
    _fill(page, entry)
    _store(page, "lesson", writer)
    _carry_on(page, entry, writer)


@transaction.atomic
def _practice(entry: dict[str, Any]) -> None:
    writer = account(entry["writer"])
    page = BestPracticePage(owner=writer, slug=entry["slug"])
    _fill(page, entry)
    page.credits = [Credit(person=person(email), sort_order=order) for order, email in enumerate(entry["credits"])]
    _store(page, "practice", writer)
    _publish(page, writer)


def _items(beginnings: Iterable[str], reader: User) -> Iterable[Item]:
    """The seminar items that begin with these words. One that an importer of tomorrow reads otherwise is left out, not fatal."""
    for words in beginnings:
        item = Item.objects.visible_to(reader).filter(text__startswith=words).order_by("pk").first()
        if item is not None:
            yield item


def _fill(page: KnowledgePage, entry: dict[str, Any]) -> None:
    for name in PLAIN & entry.keys():
        setattr(page, name, entry[name])
    for name in RICH & entry.keys():
        setattr(page, name, rich(entry[name]))
    page.agency = Agency.objects.get(slug=entry["agency"])
    page.community = Community.objects.get(slug=entry["community"]) if "community" in entry else None
    page.edition = PmqaEdition.objects.get(slug=entry["edition"])
    codes = list(PmqaCode.objects.filter(category__edition=page.edition, code__in=entry["codes"]).select_related("category"))
    # The categories that make_lesson carried over from the seminar give way to those of the lesson's own codes.
    page.codes, page.categories = codes, list(dict.fromkeys(code.category for code in codes))
    page.topics = list(Topic.objects.filter(slug__in=entry["topics"]))
    # Published on another day than today, as in a portal that has been used for a while; the dates of lists follow from it.
    day = date.fromisoformat(entry["dated"])
    page.first_published_at = timezone.make_aware(datetime.combine(day, time(9, 30)))
    page.review_due = date.fromisoformat(entry.get("review_due") or day.replace(year=day.year + 1).isoformat())
    documents = [found for key in entry["documents"] if (found := document(key))]
    page.page_documents = [PageDocument(document=found, sort_order=order) for order, found in enumerate(documents)]
    if entry.get("tellers"):
        tellers = [Credit(person=person(email), part=Credit.Part.TELLER, sort_order=50) for email in entry["tellers"]]
        page.credits = [*page.credits.all(), *tellers]


def _store(page: KnowledgePage, lists: str, writer: User) -> None:
    if page.pk:
        page.save()
    else:
        page.live, page.has_unpublished_changes = False, True
        SectionPage.objects.get(lists=lists).add_child(instance=page)
    page.save_revision(user=writer)


def _carry_on(page: KnowledgePage, entry: dict[str, Any], writer: User) -> None:
    """From the stored draft to the state that the entry names."""
    if entry["state"] == "review":
        hand_in(actor=writer, page=page)
        return
    _publish(page, writer)
    if "edit" in entry:
        newer = LessonPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        for name, value in entry["edit"].items():
            setattr(newer, name, rich(value) if name in RICH else value)
        newer.save_revision(user=writer)
        _publish(newer, writer)
    if entry["state"] == "archived":
        archive(actor=account(REVIEWER), page=page, reason=entry["reason"])


def _publish(page: KnowledgePage, writer: User) -> None:
    """The way every page goes: one person hands in, another approves."""
    hand_in(actor=writer, page=page)
    approve(actor=account(REVIEWER), page=page)
