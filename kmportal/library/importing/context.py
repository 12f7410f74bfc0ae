"""What stands around the text of a review: the names it mentions, and pages that may be the same seminar. Reading only."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.library.importing import names
from kmportal.library.importing.work import Work
from kmportal.library.models import ImportJob, SeminarPage
from kmportal.library.permissions import can_import_for
from kmportal.people.models import Agency, Person, User
from kmportal.people.names import fold

SAME_TITLE = 0.85
SHOWN = 3
STATES = {
    names.EXACT: pgettext_lazy("import name", "matches the register"),
    names.NEAR: pgettext_lazy("import name", "is close to names in the register"),
    names.SEVERAL: pgettext_lazy("import name", "may mean several"),
    names.UNKNOWN: pgettext_lazy("import name", "not in the register yet"),
}


@dataclass(frozen=True)
class Option:
    """One answer to "who is meant?". value: an id, or names.NEW."""

    value: int
    label: str | Promise
    detail: str
    chosen: bool


@dataclass(frozen=True)
class NameRow:
    """A name of the draft with its possible meanings. is_open: only a person can tell."""

    number: int
    mention: names.Mention
    state: str | Promise
    options: Sequence[Option]
    is_open: bool
    is_settled: bool


@dataclass(frozen=True)
class Known:
    """A seminar page that may be what was uploaded. job: the import it was made by, if this viewer may see that."""

    page: SeminarPage
    same_file: bool
    job: ImportJob | None = None


def name_rows(job: ImportJob, work: Work, viewer: User) -> list[NameRow]:
    """Open questions first. Two queries."""
    found = job.findings.get("names", {})
    mentioned = names.mentions(work.draft)
    wanted = {key: _ids(key, work, found) for key in mentioned}
    people = {pk for key, ids in wanted.items() if mentioned[key].is_person for pk in ids}
    agencies = {pk for key, ids in wanted.items() if not mentioned[key].is_person for pk in ids}
    known_people = {p.pk: p for p in Person.objects.visible_to(viewer).select_related("agency").filter(pk__in=people)}
    known_agencies = {a.pk: a for a in Agency.objects.select_related("parent").filter(pk__in=agencies)}
    rows = [
        _row(number, mention, work, found, known_people if mention.is_person else known_agencies)
        for number, (key, mention) in enumerate(mentioned.items())
    ]
    return sorted(rows, key=lambda row: (not row.is_open, row.is_settled, row.mention.is_person))


def _ids(key: str, work: Work, found: dict[str, Any]) -> list[int]:
    ids = [int(pk) for pk in found.get(key, {}).get("ids", [])]
    chosen = work.choices.names.get(key)
    return [*ids, chosen] if chosen and chosen not in ids else ids


def _row(number: int, mention: names.Mention, work: Work, found: dict[str, Any], known: dict[int, Any]) -> NameRow:
    chosen = names.decided(mention.key, work.choices, found)
    ids = _ids(mention.key, work, found)
    options = [Option(pk, str(known[pk]), _detail(known[pk]), chosen == pk) for pk in ids if pk in known]
    make = _("Somebody new: add to the register") if mention.is_person else _("A new agency: add to the register")
    options.append(Option(names.NEW, make, "", chosen == names.NEW))
    state = found.get(mention.key, {}).get("state", names.UNKNOWN)
    return NameRow(
        number, mention, STATES[state], options, chosen is None, mention.key in work.choices.names or state == names.EXACT
    )


def _detail(thing: Agency | Person) -> str:
    if isinstance(thing, Person):
        return " · ".join(filter(None, (thing.position, str(thing.agency or ""))))
    return str(thing.parent or "")


def known_pages(job: ImportJob, work: Work, viewer: User) -> list[Known]:
    """Pages made of the same file, then pages of the same day or the same title, that the viewer may update."""
    found: dict[int, Known] = {}
    before = ImportJob.objects.visible_to(viewer).filter(sha256=job.sha256, page__isnull=False).exclude(pk=job.pk)
    for earlier in before.select_related("owner", "page__agency__parent__parent__parent").order_by("-created_at")[:SHOWN]:
        if earlier.page is not None:
            found.setdefault(earlier.page.pk, Known(earlier.page, same_file=True, job=earlier))
    for page in _alike(work, viewer):
        found.setdefault(page.pk, Known(page, same_file=False))
    return [known for known in found.values() if can_import_for(viewer, known.page.agency)][:SHOWN]


def known_page(job: ImportJob, work: Work, viewer: User, pk: int) -> SeminarPage | None:
    """One of these pages, by its id."""
    return next((known.page for known in known_pages(job, work, viewer) if known.page.pk == pk), None)


def _alike(work: Work, viewer: User) -> list[SeminarPage]:
    """A title that is the same, or nearly the same on the same day, within the viewer's circles."""
    draft = work.draft
    if not draft.title:
        return []
    pages = SeminarPage.objects.workable_by(viewer).select_related("agency__parent__parent__parent")
    same_title = pages.filter(title__iexact=draft.title.value)
    if not draft.start:
        return list(same_title[:SHOWN])
    title = fold(draft.title.value)
    same_day = [
        page
        for page in pages.filter(start_date=draft.start.value)[: SHOWN * 10]
        if SequenceMatcher(None, title, fold(page.title), autojunk=False).ratio() >= SAME_TITLE
    ]
    return [*same_day, *same_title[:SHOWN]]
