"""The CMS: nothing of a closed circle in any screen, list, count, chooser, preview or comparison, for superusers too."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch
from wagtail.models import Page

from communities.models import Community
from kmportal.library.models import KnowledgePage, LessonPage, LibraryDocument
from kmportal.people.models import User
from tests.conftest import Building
from tests.library.circles import WORD, Circle, again
from tests.make import library as make
from tests.make.documents import make_document
from tests.make.people import COMMUNITY_C

pytestmark = pytest.mark.django_db
# Words of the address that are keys of pages, and those that are keys of something else.
PAGES = {"page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"}


def _patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _patterns(entry, inner)
        elif entry.name:
            yield f"{namespace}{entry.name}", entry


def _names() -> dict[str, list[str]]:
    """Every named address below /cms/ with the names of its arguments."""
    cms = next(entry for entry in get_resolver().url_patterns if isinstance(entry, URLResolver) and str(entry.pattern) == "cms/")
    return {name: list(entry.pattern.regex.groupindex) for name, entry in _patterns(cms)}


def _addresses(page: Page, document: Any) -> list[str]:
    """All of them, filled with the keys of one page, its versions, its review and a document."""
    revision, state = page.latest_revision, page.workflow_states.first()
    values = {
        **dict.fromkeys(PAGES, page.pk), "pk": page.pk, "document_id": document.pk, "doc_id": document.pk, "revision_id": revision.pk,
        "revision_id_a": "earliest", "revision_id_b": "latest", "app_label": "wagtailcore", "model_name": "page", "object_id": page.pk,
        "content_type_app_name": "library", "content_type_model_name": "lessonpage", "action": "publish", "action_type": "publish",
        "task_id": state.current_task_state.task_id if state else 1, "task_state_id": state.current_task_state_id if state else 1,
        "workflow_state_id": state.pk if state else 1, "action_name": "approve", "session_id": 1, "restriction_id": 1, "site_pk": 1,
    }  # fmt: skip
    found = []
    for name, arguments in _names().items():
        wanted = {argument: values.get(argument, 1) for argument in arguments}
        try:
            found.append(reverse(name, kwargs=wanted))
        except NoReverseMatch:
            continue
    return found


@pytest.fixture(scope="module")
def closed_made(ground: Building, circles_made: dict[str, Circle]) -> tuple[str, list[Any], Any]:
    """Pages and a document of community C, one of them in review, all by a member of it who is a network coordinator too."""
    from kmportal.library.actions import review

    with ground():
        member = User.objects.get(memberships__community__slug=COMMUNITY_C)
        member.groups.add(Group.objects.get(name="network_coordinator"))
        kept: Any = {"visibility": "community", "community": Community.objects.get(slug=COMMUNITY_C)}
        made = circles_made["community"]
        draft = make.make_lesson(f"{made.word} reviewed", publish=False, **kept)
        draft.save_revision(user=member)
        review.hand_in(actor=member, page=draft)
        made.lesson.get_latest_revision_as_object().save_revision(user=member)
        document = make_document(f"{made.word} file", **kept)
        return made.word, [made.seminar, made.lesson, LessonPage.objects.get(pk=draft.pk)], document


@pytest.fixture
def closed(db: None, closed_made: Any) -> Any:
    word, pages, document = closed_made
    return word, [again(page) for page in pages], again(document)


def _superuser(user: Any) -> Any:
    user.is_superuser = True
    user.save(update_fields=["is_superuser"])
    return user


@pytest.mark.parametrize(("name", "superuser"), [("coordinator", False), ("admin", True)])
def test_no_address_of_the_cms_tells_of_a_community(request: Any, as_: Any, closed: Any, name: Any, superuser: Any) -> None:
    word, pages, document = closed
    user = request.getfixturevalue(name)
    client = as_(_superuser(user) if superuser else user)
    client.raise_request_exception = False
    found = Page.objects.filter(pk__in=[page.pk for page in pages])
    addresses = dict.fromkeys(url for page in found for url in _addresses(page, document))
    # Searching is asked of the screens that take no key; a part of the word, because what one typed is shown again.
    asked = [f"{url}?q={WORD}&id={found[0].pk}&id={document.pk}" for url in addresses if not any(sign.isdigit() for sign in url)]

    for url in (*addresses, *asked):
        response = client.get(url)
        assert response.status_code < 500, (url, response.status_code)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert word not in body.decode(errors="replace"), url
    assert len(addresses) > 150


@pytest.mark.parametrize("name", ["coordinator", "agency_coordinator", "admin"])
def test_named_pages_are_not_found(request: Any, as_: Any, closed: Any, name: Any) -> None:
    _word, pages, _document = closed
    client = as_(_superuser(request.getfixturevalue(name)))
    lesson = pages[1]
    first = lesson.revisions.order_by("pk").first()
    for path in (
        f"{lesson.pk}/edit/", f"{lesson.pk}/view_draft/", f"{lesson.pk}/delete/", f"{lesson.pk}/unpublish/", f"{lesson.pk}/copy/",
        f"{lesson.pk}/move/", f"{lesson.pk}/history/", f"{lesson.pk}/edit/preview/", f"{lesson.pk}/revisions/{first.pk}/view/",
        f"{lesson.pk}/revisions/{first.pk}/revert/", f"{lesson.pk}/revisions/compare/earliest...latest/", f"{lesson.pk}/privacy/",
        f"{lesson.pk}/revisions/compare/{first.pk}...live/", f"{lesson.pk}/workflow_history/", f"{lesson.pk}/",
    ):  # fmt: skip
        assert client.get(f"/cms/pages/{path}").status_code == 404, path
    assert client.post(f"/cms/pages/{lesson.pk}/unpublish/").status_code == 404
    assert client.post(f"/cms/pages/{lesson.pk}/delete/").status_code == 404
    assert client.post(f"/cms/pages/{lesson.pk}/lock/").status_code == 404
    assert client.get("/cms/choose-page/chosen-multiple/", {"id": lesson.pk}).status_code == 404
    assert client.get(f"/cms/api/main/pages/{lesson.pk}/").status_code == 404
    assert client.get(f"/cms/bulk/wagtailcore/page/delete/?id={lesson.pk}").status_code == 404
    assert LessonPage.objects.get(pk=lesson.pk).live is True


def test_members_work_on_their_pages(as_: Any, closed: Any, cop_member: Any) -> None:
    word, pages, _document = closed

    shown = as_(cop_member).get(f"/cms/pages/{pages[1].pk}/edit/")

    assert shown.status_code == 200
    assert word in shown.text
    assert as_(cop_member).get(f"/cms/pages/{pages[1].pk}/revisions/compare/earliest...latest/").status_code == 200


def test_counts_on_the_dashboard_stay_within_circles(as_: Any, coordinator: Any, community_c: Any) -> None:
    def figures() -> Any:
        context = as_(coordinator).get("/cms/").text
        return [part.split("<")[0] for part in context.split("<span>")[1:]]

    make.make_lesson()
    before = figures()
    make.make_lesson(visibility="community", community=community_c)
    make.make_lesson(visibility="community", community=community_c, publish=False)
    make_document(visibility="community", community=community_c)

    assert figures() == before


def test_a_draft_that_narrows_the_circle_hides_the_page_from_those_outside(
    coordinator: Any, cop_member: Any, community_c: Any
) -> None:
    """The published page is the network's; its next version is kept to a community: the draft must not be read in the CMS."""
    cop_member.groups.add(Group.objects.get(name="network_coordinator"))
    page = make.make_lesson("บท", visibility="network")
    draft = page.get_latest_revision_as_object()
    draft.visibility, draft.community = "community", community_c
    draft.save_revision(user=cop_member)

    assert not KnowledgePage.objects.workable_by(coordinator).filter(pk=page.pk).exists()
    assert KnowledgePage.objects.workable_by(cop_member).filter(pk=page.pk).exists()
    assert KnowledgePage.objects.visible_to(coordinator).filter(pk=page.pk).exists()


def test_an_older_version_stays_with_those_who_could_read_it(
    as_: Any, coordinator: Any, cop_member: Any, community_c: Any
) -> None:
    cop_member.groups.add(Group.objects.get(name="network_coordinator"))
    page = make.make_lesson("บท", visibility="community", community=community_c, what_happened="<p>เรื่องลับ</p>")
    old = page.latest_revision_id
    page = make.republish(page, visibility="network", community=None, what_happened="<p>เรื่องเปิด</p>")

    for path in (f"revisions/{old}/view/", f"revisions/compare/{old}...live/", "revisions/compare/earliest...latest/"):
        assert as_(coordinator).get(f"/cms/pages/{page.pk}/{path}").status_code == 404, path
        assert as_(cop_member).get(f"/cms/pages/{page.pk}/{path}").status_code == 200, path
    assert as_(coordinator).get(f"/cms/pages/{page.pk}/edit/").status_code == 200


def test_agency_coordinators_see_their_own_and_their_agencys_work(
    as_: Any, agency_coordinator: Any, agency_a: Any, agency_b: Any, coordinator: Any
) -> None:
    theirs = make.make_lesson("ของกรม", publish=False, agency=agency_a, visibility="network")
    own = make.make_lesson("ของตน", publish=False, owner=agency_coordinator, visibility="network")
    others = make.make_lesson("ของผู้อื่น", publish=False, agency=agency_b, visibility="network")
    client = as_(agency_coordinator)

    listed = client.get(f"/cms/pages/{own.get_parent().pk}/").text

    assert ("ของกรม" in listed, "ของตน" in listed, "ของผู้อื่น" in listed) == (True, True, False)
    assert client.get(f"/cms/pages/{own.pk}/edit/").status_code == 200
    assert client.get(f"/cms/pages/{others.pk}/edit/").status_code == 404
    assert own.permissions_for_user(agency_coordinator).can_publish() is False
    assert theirs.permissions_for_user(coordinator).can_edit() is True


def test_a_document_of_a_closed_circle_shows_no_title_in_a_form(as_: Any, coordinator: Any, community_c: Any) -> None:
    """Its key typed into the editor comes back as nothing."""
    document = make_document("ชื่อลับมาก", visibility="community", community=community_c)
    text = f'<p><a linktype="document" id="{document.pk}">ดูเอกสาร</a></p>'
    page = make.make_lesson("บท", documents=[document], why=text)
    LibraryDocument.objects.filter(pk=document.pk).update(file="documents/haystack-needle.pdf")

    shown = as_(coordinator).get(f"/cms/pages/{page.pk}/edit/").text

    assert "ชื่อลับมาก" not in shown
    assert "haystack-needle" not in shown


def test_moved_addresses_of_a_closed_circle(as_: Any, coordinator: Any, community_c: Any) -> None:
    from wagtail.contrib.redirects.models import Redirect

    page = make.make_lesson("ลับ", visibility="community", community=community_c)
    hidden = Redirect.objects.create(old_path="/needle-in-haystack", redirect_page=page)
    shown = Redirect.objects.create(old_path="/old-form", redirect_link="/library/")

    listed = as_(coordinator).get("/cms/redirects/").text

    assert ("/old-form" in listed, "needle-in-haystack" in listed) == (True, False)
    assert as_(coordinator).get(f"/cms/redirects/{hidden.pk}/").status_code == 404
    assert as_(coordinator).get(f"/cms/redirects/{shown.pk}/").status_code == 200


def test_spreadsheets_are_made_by_our_own_report_only(as_: Any, coordinator: Any) -> None:
    assert as_(coordinator).get("/cms/reports/workflow/", {"export": "csv"}).status_code == 404
    assert as_(coordinator).get("/cms/reports/due/", {"export": "csv"}).status_code == 200


def test_communities_one_is_no_member_of_are_not_offered(as_: Any, coordinator: Any, community_c: Any) -> None:
    page = make.make_lesson("บท")

    assert community_c.name not in as_(coordinator).get(f"/cms/pages/{page.pk}/edit/").text
    assert community_c.name not in as_(coordinator).get("/cms/documents/add/").text


@pytest.mark.parametrize("name", ["coordinator", "agency_coordinator", "admin"])
@pytest.mark.parametrize("act", ["delete", "move", "publish", "unpublish"])
def test_select_all_means_what_one_may_work_on(request: Any, as_: Any, closed: Any, name: Any, act: str) -> None:
    word, pages, _document = closed
    client = as_(_superuser(request.getfixturevalue(name)))
    shelf = pages[1].get_parent().pk
    for asked in ("id=all", f"id=all&childOf={shelf}", f"id=all&q={WORD}", f"id=all&childOf={shelf}&q={WORD}"):
        assert word not in client.get(f"/cms/bulk/wagtailcore/page/{act}/?{asked}").text, asked


def test_select_all_still_finds_the_pages_of_open_circles(as_: Any, closed: Any, coordinator: Any) -> None:
    shelf = closed[1][1].get_parent().pk
    shown = as_(coordinator).get(f"/cms/bulk/wagtailcore/page/unpublish/?id=all&childOf={shelf}").text
    assert f"{WORD}-network lesson" in shown


@pytest.mark.parametrize(
    ("kind", "named"), [("people/user", "people.User"), ("people/person", "people.Person"), ("communities/community", "")]
)
def test_acts_on_many_tell_nothing_of_accounts_people_and_communities(
    as_: Any, agency_coordinator: Any, community_c: Any, kind: str, named: str
) -> None:
    keys = [community_c.pk] if not named else apps.get_model(named).objects.values_list("pk", flat=True)
    for asked in ("id=all", "&".join(f"id={pk}" for pk in keys)):
        assert as_(agency_coordinator).get(f"/cms/bulk/{kind}/delete/?{asked}").status_code == 404
    assert as_(agency_coordinator).get("/cms/bulk/people/nothing/delete/?id=1").status_code == 404


def test_tags_of_all_documents_are_not_offered(as_: Any, coordinator: Any) -> None:
    assert as_(coordinator).get("/cms/tag-autocomplete/?term=a").status_code == 404


@pytest.mark.parametrize("who", ["coordinator", "superuser"])
def test_what_would_take_along_all_below_is_offered_nobody(as_: Any, coordinator: Any, community_c: Any, who: str) -> None:
    """Copying, moving or unpublishing a section tells how many pages stand below it, those of closed circles too."""
    coordinator.is_superuser = who == "superuser"
    coordinator.save(update_fields=["is_superuser"])
    hidden = make.make_lesson("ลับ", visibility="community", community=community_c)
    client, section, before = as_(coordinator), hidden.get_parent(), Page.objects.count()
    for act in ("copy", "move", "unpublish"):
        for page in (section, section.get_parent()):
            answer = client.get(f"/cms/pages/{page.pk}/{act}/")
            assert (answer.status_code, answer.headers.get("Location")) == (302, "/cms/")
            client.post(
                f"/cms/pages/{page.pk}/{act}/",
                {"new_title": "x", "new_slug": "x", "copy_subpages": "on", "include_descendants": "on"},
            )
    assert f"/cms/pages/{section.pk}/unpublish/" not in client.get(f"/cms/pages/{section.pk}/").content.decode()
    for act in ("move", "unpublish"):
        asked = client.get(f"/cms/bulk/wagtailcore/page/{act}/?id={section.pk}").content.decode()
        assert "หน้านี้มีหน้าย่อย" not in asked
    hidden.refresh_from_db()
    assert (hidden.live, Page.objects.count()) == (True, before)
