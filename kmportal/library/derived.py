"""What a page owes to its publication: rows of a seminar, the day it is of, the day it is due for review.

Derived values are written to the published page only. The revision keeps the editor's own choice, so the next publication derives
afresh, with one exception: the review date goes into the revision too, because editors see and move it.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from kmportal.library.criteria import Criteria, edition_of
from kmportal.library.models import Item, KnowledgePage, SeminarPage, SiteWords
from kmportal.library.projection import Explicit, Summary, project
from kmportal.library.visibility import Visibility
from kmportal.retrieval import actions as search
from kmportal.taxonomy.models import PmqaCode

DAYS_A_MONTH = 30.4375


@transaction.atomic
def refresh(page: KnowledgePage) -> Summary:
    """Brings everything that follows from a published page up to date; a second call changes nothing.

    Args:
        page: the specific page (SeminarPage, LessonPage, BestPracticePage) as published.
    """
    explicit = _explicit(page)
    summary = Summary()
    changes: dict[str, Any] = _dates(page)
    if isinstance(page, SeminarPage):
        edition = page.edition or edition_of(page.start_date)
        summary = project(page, Criteria.of(edition), explicit)
        changes |= {"edition_id": edition.pk if edition else None, "agency_id": _agency(page, summary)}
    codes = explicit.codes | summary.codes
    of_codes = set(PmqaCode.objects.filter(pk__in=codes).values_list("category_id", flat=True))
    _set(page, "categories", "pmqacategory_id", explicit.categories | summary.categories | of_codes)
    _set(page, "codes", "pmqacode_id", codes)
    _write(page, changes)
    search.index([page])
    if isinstance(page, SeminarPage):
        search.index_keys(Item, list(page.items.values_list("pk", flat=True)))
    return summary


def _explicit(page: KnowledgePage) -> Explicit:
    """The editor's choice as the published revision holds it; a page that never had a revision is its own word."""
    if page.live_revision_id is not None and page.live_revision is not None:
        content = page.live_revision.content
        return Explicit(set(content.get("categories", ())), set(content.get("codes", ())))
    return Explicit(
        set(page.categories.values_list("pk", flat=True)),
        set(page.codes.values_list("pk", flat=True)),
    )


def _dates(page: KnowledgePage) -> dict[str, date]:
    published = timezone.localdate(page.first_published_at or timezone.now())
    start = page.start_date if isinstance(page, SeminarPage) else None
    site = Site.objects.filter(is_default_site=True).first()
    months = (SiteWords.for_site(site) if site else SiteWords()).review_months
    due = page.review_due or published + timedelta(days=round(months * DAYS_A_MONTH))
    return {"dated": start or published, "review_due": due}


def _agency(page: SeminarPage, summary: Summary) -> int | None:
    """The page's own agency; else the organiser, else the one agency that spoke. It never widens or narrows who may read."""
    if page.agency_id is not None or page.visibility == Visibility.AGENCY:
        return page.agency_id
    spoke = set(summary.agencies)
    return page.organiser_id or (spoke.pop() if len(spoke) == 1 else None)


def _set(page: KnowledgePage, name: str, target: str, wanted: Iterable[int]) -> None:
    """The page's links in the database, without touching the instance that an editor may go on using."""
    through = getattr(KnowledgePage, name).through
    present = dict(through.objects.filter(knowledgepage_id=page.pk).values_list(target, "pk"))
    through.objects.filter(pk__in=[pk for other, pk in present.items() if other not in set(wanted)]).delete()
    through.objects.bulk_create(
        [through(**{"knowledgepage_id": page.pk, target: other}) for other in sorted(set(wanted) - present.keys())]
    )


def _write(page: KnowledgePage, changes: dict[str, Any]) -> None:
    changed = {name: value for name, value in changes.items() if getattr(page, name) != value}
    if changed:
        KnowledgePage.objects.filter(pk=page.pk).update(**changed)
        for name, value in changed.items():
            setattr(page, name, value)
    if "review_due" in changed and page.live_revision is not None:
        revision = page.live_revision
        revision.content = {**revision.content, "review_due": changed["review_due"].isoformat()}
        revision.save(update_fields=["content"])
