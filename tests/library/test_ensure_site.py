"""The page tree and the rights that every installation starts with."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, Site

from kmportal.library.actions.site import ensure_site
from kmportal.library.models import HomePage, PlainPage, SiteWords
from kmportal.people.models import User
from kmportal.people.roles import Role

pytestmark = pytest.mark.django_db
PLAIN = ("accessibility", "conduct", "contact", "help", "privacy")


def rights(role: Role) -> set[tuple[str, str]]:
    rows = GroupPagePermission.objects.filter(group__name=role.value).values_list("page__slug", "permission__codename")
    return {(slug, codename.removesuffix("_page")) for slug, codename in rows}


def test_the_tree_is_complete() -> None:
    home = HomePage.objects.get()
    assert Site.objects.get().root_page_id == home.pk
    assert list(Page.objects.child_of(home).live().order_by("slug").values_list("slug", flat=True)) == [
        "accessibility", "conduct", "contact", "help", "library", "privacy",
    ]  # fmt: skip
    library = Page.objects.get(slug="library")
    assert {page.slug: type(page.specific).__name__ for page in library.get_children()} == {
        "seminars": "SeminarIndexPage",
        "lessons": "SectionPage",
        "practices": "SectionPage",
    }
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_running_again_changes_nothing() -> None:
    before = (Page.objects.count(), GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count())
    with CaptureQueriesContext(connection) as caught:
        ensure_site()
    assert (Page.objects.count(), GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count()) == before
    writes = [q["sql"] for q in caught if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql for sql in writes if "auth_group_permissions" not in sql] == []


def test_lessons_and_practices_are_reviewed() -> None:
    for slug in ("lessons", "practices"):
        assert [task.name for task in Page.objects.get(slug=slug).get_workflow().tasks] == ["ตรวจโดยบุคคลที่สอง"]
    assert Page.objects.get(slug="help").get_workflow() is None


def test_what_coordinators_wrote_stays() -> None:
    PlainPage.objects.filter(slug="contact").update(body="<p>โทร. 1234</p>", title="ที่อยู่ของเรา")
    SiteWords.objects.update(name="ลานของเรา")
    ensure_site()
    assert PlainPage.objects.get(slug="contact").title == "ที่อยู่ของเรา"
    assert SiteWords.objects.get().name == "ลานของเรา"


@override_settings(BASE_URL="https://km.example.go.th")
def test_the_host_follows_the_settings() -> None:
    ensure_site()
    site = Site.objects.get()
    assert (site.hostname, site.port) == ("km.example.go.th", 443)


def test_who_may_do_what_in_the_tree() -> None:
    assert rights(Role.NETWORK_COORDINATOR) == {("home", act) for act in ("add", "change", "publish", "lock", "unlock")}
    assert rights(Role.AGENCY_COORDINATOR) == {("seminars", "add"), ("lessons", "add"), ("practices", "add")}
    assert rights(Role.SITE_ADMIN) == set()


def test_publishing_is_the_network_coordinators(coordinator: User, agency_coordinator: User, admin: User) -> None:
    lessons = Page.objects.get(slug="lessons").specific
    assert lessons.permissions_for_user(coordinator).can_publish()
    assert lessons.permissions_for_user(agency_coordinator).can_add_subpage()
    assert not lessons.permissions_for_user(agency_coordinator).can_publish()
    assert not Page.objects.get(slug="help").permissions_for_user(agency_coordinator).can_edit()
    assert not lessons.permissions_for_user(admin).can_edit()


@pytest.mark.parametrize("slug", PLAIN)
def test_plain_pages_speak_both_languages(slug: str, as_: Callable[..., Client]) -> None:
    page = PlainPage.objects.get(slug=slug)
    thai, english = as_(None).get(f"/{slug}/"), as_(None).get(f"/en/{slug}/")
    assert (thai.status_code, english.status_code) == (200, 200)
    assert page.title in thai.content.decode()
    assert page.title_en in english.content.decode()
    assert page.in_footer
    for body in (page.body, page.body_en):
        assert body.startswith(("<p>", "<h2>"))
        assert "\n" not in body


def test_load_basics_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_basics")
    assert capsys.readouterr().out == "The basics are in place.\n"
    call_command("load_basics", verbosity=0)
    assert capsys.readouterr().out == ""
    call_command("load_basics", "--reset")
    assert capsys.readouterr().out.startswith("PMQA: 4 editions, 106 codes; 26 topics.\n")
