"""How single statements and filed documents read as passages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext

from kmportal.core.text import shorten
from kmportal.library import searched_order
from kmportal.library.models import Filing, Item, LibraryDocument
from kmportal.library.searched_order import Order
from kmportal.library.searched_pages import audience_of, day_of
from kmportal.people.searched import NO_AGENCY, agency_names
from kmportal.retrieval.chunks import split
from kmportal.retrieval.sources import Text

TITLE = 90
# Between the pages of a file (library.actions.texts).
PAGE_BREAK = "\f"


def describe_items(found: Iterable[Item]) -> Iterator[tuple[int, list[Text]]]:
    """One passage each: a statement opens at its line of the seminar."""
    found = list(found)
    orders = searched_order.of_items(item.pk for item in found)
    of_pages = searched_order.of_pages({item.page_id for item in found})
    spoke = searched_order.speakers({item.talk_id for item in found if item.talk_id is not None})
    agencies = agency_names(_agency_of(item) for item in found)
    urls: dict[int, str] = {}
    for item in found:
        page, agency, order = item.page, agencies.get(_agency_of(item), NO_AGENCY), orders[item.pk]
        names = [*(spoke[item.talk_id] if item.talk_id else []), agency.names, order.names]
        topics = {tag for tag in of_pages[item.page_id].tags if tag[0] == "topic"}
        url = urls.setdefault(item.page_id, page.url or "")
        yield (
            item.pk,
            [
                Text(
                    title=shorten(item.text, TITLE),
                    body=body,
                    url=f"{url}#{item.anchor}",
                    audience=audience_of(page),
                    place=" · ".join(part for part in (item.talk.title if item.talk else "", page.title) if part),
                    names="\n".join(name for name in names if name),
                    tags=agency.tags | order.tags | topics | {("type", item.kind)},
                    dated=day_of(page),
                )
                for body in split(item.text)
            ],
        )


def _agency_of(item: Item) -> int | None:
    """A statement is its talk's agency's; where the talk has none, the seminar's, or its organiser's."""
    return (item.talk.agency_id if item.talk else None) or item.page.agency_id or item.page.organiser_id


def describe_documents(found: Iterable[LibraryDocument]) -> Iterator[tuple[int, list[Text]]]:
    """What is said about the file, then the text of the file, page by page where it has pages."""
    found = list(found)
    orders = _filed(document.pk for document in found)
    agencies = agency_names(document.agency_id for document in found)
    for document in found:
        agency, order = agencies.get(document.agency_id, NO_AGENCY), orders[document.pk]
        names = "\n".join(name for name in (agency.names, order.names, document.filename) if name)
        tags = agency.tags | order.tags
        yield (
            document.pk,
            [
                Text(
                    title=document.title,
                    body=body,
                    # The file itself is always saved, never shown in place, so no address leads to one of its pages.
                    url=document.get_absolute_url(),
                    audience=audience_of(document),
                    place=place,
                    names=said_names,
                    tags=tags,
                    dated=document.created_at.date(),
                )
                for body, place, said_names in [
                    (document.summary, "", names),
                    *((body, place, "") for body, place in _inside(document)),
                ]
            ],
        )


def _inside(document: LibraryDocument) -> Iterator[tuple[str, str]]:
    pages = document.text.split(PAGE_BREAK)
    for number, page in enumerate(pages, 1):
        place = gettext("page %(number)s") % {"number": number} if len(pages) > 1 else ""
        for body in split(page):
            yield body, place


def _filed(keys: Iterable[int]) -> dict[int, Order]:
    found: defaultdict[int, Order] = defaultdict(Order)
    filings = Filing.objects.filter(document__in=list(keys)).select_related("category", "code").order_by("pk")
    for filing in filings:
        words, tag = searched_order.category(filing.category)
        found[filing.document_id].words += words
        found[filing.document_id].tags.add(tag)
        if filing.code is not None:
            words, tag = searched_order.code(filing.code)
            found[filing.document_id].words += words
            found[filing.document_id].tags.add(tag)
        # Both eras: people write either.
        found[filing.document_id].words.append(f"{filing.year + 543} {filing.year}")
    return found
