"""Knowledge for tests: seminars, lessons and practices, published the way the CMS publishes them.

seminar = make_seminar("Water", talks=[talk("Dams", agency=rid, speakers=[person], items=[item("obstacle", "No money")])])
lesson = make_lesson("Ask early", items=list(seminar.items.all()), visibility="agency", agency=rid)
"""

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from wagtail.models import Page, Site

from kmportal.library.models import (
    BestPracticePage,
    Credit,
    HomePage,
    Item,
    KnowledgePage,
    LessonPage,
    LessonSource,
    PageDocument,
    SectionPage,
    SeminarIndexPage,
    SeminarPage,
)

_numbers = count(1)
Blocks = list[dict[str, Any]]


def block(kind: str, /, **value: Any) -> dict[str, Any]:
    return {"type": kind, "id": str(uuid4()), "value": value}


def item(kind: str, text: str, level: int = 0, **value: Any) -> dict[str, Any]:
    return block("item", **{"kind": kind, "text": text, "level": level} | value)


def paragraph(text: str) -> dict[str, Any]:
    return block("paragraph", text=text, flagged=False)


def section(title: str) -> dict[str, Any]:
    return block("section", title=title)


def session(title: str) -> dict[str, Any]:
    return block("session", title=title)


def table(rows: Sequence[Sequence[str]], caption: str = "") -> dict[str, Any]:
    return block("table", caption=caption, rows=[list(row) for row in rows])


def talk(
    title: str,
    *,
    agency: Any = None,
    speakers: Sequence[Any] = (),
    categories: Sequence[str] = (),
    codes: str = "",
    items: Sequence[dict[str, Any]] = (),
    kind: str = "talk",
) -> Blocks:
    """A talk and what was said in it, as blocks."""
    value = {
        "kind": kind,
        "title": title,
        "agency": agency.pk if agency else None,
        "speakers": [{"person": person.pk, "position": person.position} for person in speakers],
        "categories": list(categories),
        "codes": codes,
    }
    return [block("talk", **value), *items]


def home() -> HomePage:
    """The home page of the site; made where the test database has none yet."""
    found = HomePage.objects.first()
    if found is None:
        found = Page.get_first_root_node().add_child(instance=HomePage(title="Home", slug="home-of-tests"))
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": found, "site_name": "Test"}
        )
    return found


def seminars() -> SeminarIndexPage:
    found = SeminarIndexPage.objects.first()
    return found or home().add_child(instance=SeminarIndexPage(title="Seminars", slug="seminars"))


def shelf(lists: str) -> SectionPage:
    """The section that holds lessons ("lesson") or best practices ("practice")."""
    found = SectionPage.objects.filter(lists=lists).first()
    return found or home().add_child(instance=SectionPage(title=lists, slug=f"{lists}s", lists=lists))


def make_seminar(
    title: str = "A seminar",
    *,
    talks: Sequence[Blocks] = (),
    items: Sequence[dict[str, Any]] = (),
    publish: bool = True,
    start_date: date | None = date(2010, 7, 1),
    visibility: str = "public",
    categories: Sequence[Any] = (),
    codes: Sequence[Any] = (),
    topics: Sequence[Any] = (),
    documents: Sequence[Any] = (),
    **fields: Any,
) -> SeminarPage:
    """A seminar with what stands before the first talk (`items`) and its talks, each a list of blocks."""
    body = [*items, *(each for blocks in talks for each in blocks)]
    page = SeminarPage(title=title, start_date=start_date, visibility=visibility, **fields)
    page.body = page.body.stream_block.to_python(body)
    return _place(page, seminars(), publish=publish, documents=documents, categories=categories, codes=codes, topics=topics)


def make_lesson(
    title: str = "A lesson",
    *,
    items: Sequence[Item] = (),
    tellers: Sequence[Any] = (),
    note_takers: Sequence[Any] = (),
    publish: bool = True,
    visibility: str = "public",
    categories: Sequence[Any] = (),
    codes: Sequence[Any] = (),
    topics: Sequence[Any] = (),
    documents: Sequence[Any] = (),
    **fields: Any,
) -> LessonPage:
    """A lesson made from seminar items and credited to people."""
    fields = {"lesson": "When the work is new, ask first, because others have done it."} | fields
    page = LessonPage(title=title, visibility=visibility, **fields)
    page.sources = [LessonSource(item=source, sort_order=at) for at, source in enumerate(items)]
    page.credits = [Credit(person=person, part="teller") for person in tellers]
    page.credits.add(*[Credit(person=person, part="note_taker") for person in note_takers])
    return _place(page, shelf("lesson"), publish=publish, documents=documents, categories=categories, codes=codes, topics=topics)


def make_practice(
    title: str = "A practice",
    *,
    tellers: Sequence[Any] = (),
    publish: bool = True,
    visibility: str = "public",
    categories: Sequence[Any] = (),
    codes: Sequence[Any] = (),
    topics: Sequence[Any] = (),
    documents: Sequence[Any] = (),
    **fields: Any,
) -> BestPracticePage:
    page = BestPracticePage(title=title, visibility=visibility, **fields)
    page.credits = [Credit(person=person, part="teller") for person in tellers]
    return _place(
        page, shelf("practice"), publish=publish, documents=documents, categories=categories, codes=codes, topics=topics
    )


def republish(page: Any, **changes: Any) -> Any:
    """An editor's edit and publication; gives the page as it then stands."""
    fresh = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def set_body(page: SeminarPage, body: Blocks) -> SeminarPage:
    """Publishes the seminar with another text."""
    return republish(page, body=page.body.stream_block.to_python(body))


def _place(page: Any, parent: Any, *, publish: bool, documents: Sequence[Any] = (), **links: Sequence[Any]) -> Any:
    """Puts the page in the tree as a draft, with its links in the first revision; publishes that if asked."""
    page.slug = f"page-{next(_numbers)}-{uuid4().hex[:6]}"
    page.live = False
    parent.refresh_from_db()
    parent.add_child(instance=page)
    for name, chosen in links.items():
        setattr(page, name, list(chosen))
    page.page_documents = [PageDocument(document=document) for document in documents]
    revision = page.save_revision()
    if publish:
        revision.publish()
    else:
        page.save()
    return type(page).objects.get(pk=page.pk)


def archive(page: KnowledgePage, moment: Any) -> None:
    """Takes the page out of the lists; its address stays."""
    KnowledgePage.objects.filter(pk=page.pk).update(archived_at=moment)
