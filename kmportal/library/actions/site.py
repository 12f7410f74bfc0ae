"""The page tree every installation starts with, its plain pages, and what each role may do in Wagtail."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from kmportal.library.models import HomePage, PlainPage, SectionPage, SeminarIndexPage, SiteWords
from kmportal.people.roles import Role

WORDS = Path(__file__).resolve().parent.parent / "data" / "plain"


@dataclass(frozen=True)
class Place:
    """A page that must be there: found by its slug under its parent, made when missing, never changed afterwards."""

    slug: str
    parent: str
    model: type[Page]
    title: str
    fields: dict[str, Any] = field(default_factory=dict)


# Titles are Thai because page titles are content, which is Thai here; menus and lists use translated words of their own.
PLACES = (
    Place("library", "home", SectionPage, "คลังความรู้"),
    Place("seminars", "library", SeminarIndexPage, "การสัมมนา"),
    Place("lessons", "library", SectionPage, "คลังบทเรียน", {"lists": "lesson"}),
    Place("practices", "library", SectionPage, "แนวปฏิบัติที่ดี", {"lists": "practice"}),
)
PLAIN_PAGES = (
    Place("help", "home", PlainPage, "วิธีใช้", {"title_en": "Help"}),
    Place("conduct", "home", PlainPage, "กติกาการแลกเปลี่ยนเรียนรู้", {"title_en": "Rules of conduct"}),
    Place("privacy", "home", PlainPage, "ประกาศความเป็นส่วนตัว", {"title_en": "Privacy notice"}),
    Place("accessibility", "home", PlainPage, "การเข้าถึงเว็บไซต์", {"title_en": "Accessibility statement"}),
    Place("contact", "home", PlainPage, "ติดต่อเรา", {"title_en": "Contact"}),
)
# Who may do what in which branch of the page tree (Wagtail's page permissions reach everything below).
PAGE_RIGHTS: dict[Role, tuple[tuple[str, tuple[str, ...]], ...]] = {
    Role.NETWORK_COORDINATOR: (("home", ("add", "change", "publish", "lock", "unlock")),),
    # "add" lets people edit what they own, and hand it in; publishing is the reviewers'.
    Role.AGENCY_COORDINATOR: (("seminars", ("add",)), ("lessons", ("add",)), ("practices", ("add",))),
}
FILE_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.NETWORK_COORDINATOR: ("add", "change", "choose"),
    Role.AGENCY_COORDINATOR: ("add", "choose"),
}
# Wagtail keeps the rights on our documents under the name of its own document model.
FILES = ("wagtaildocs.{act}_document", "wagtailimages.{act}_image")
# Beyond what people.actions.ensure_roles gives: the site's words, redirects of moved pages, and choosing people and agencies for a page.
MODEL_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.NETWORK_COORDINATOR: ("library.change_sitewords", "wagtailredirects.add_redirect", "wagtailredirects.change_redirect"),
    Role.AGENCY_COORDINATOR: ("people.view_agency", "people.view_person"),
    Role.SITE_ADMIN: ("library.change_sitewords", "wagtailcore.view_site"),
}


@transaction.atomic
def ensure_site() -> None:
    """Make the pages, the site record, its words and the roles' rights where they are missing. May run any number of times.

    What coordinators wrote or moved stays theirs: a page that is there is left alone. Only the host name follows the settings each
    time. To be rid of a plain page, unpublish it; a deleted one comes back.
    Needs the groups of people.actions.ensure_roles.
    """
    pages: dict[str, Page] = {"home": _ensure_home()}
    for place in (*PLACES, *PLAIN_PAGES):
        pages[place.slug] = _ensure_page(place, pages[place.parent])
    site = _ensure_site_record(pages["home"])
    SiteWords.objects.get_or_create(site=site, defaults={"name": settings.SITE_NAME, "tagline": settings.SITE_TAGLINE})
    _grant_pages(pages)
    _grant_files()
    _grant_models()


def _ensure_home() -> Page:
    home = HomePage.objects.first()
    if home is not None:
        return home
    root = Page.get_first_root_node()
    # Wagtail's own greeting page stands in our way under the same slug.
    greeting = root.get_children().filter(slug="home").first()
    if greeting is not None:
        # Past the signals: a task to index it would come too late, and fail.
        Page.objects.filter(pk=greeting.pk).update(slug="wagtail-welcome")
    home = root.add_child(instance=HomePage(title="หน้าหลัก", slug="home"))
    Site.objects.filter(root_page=greeting).update(root_page=home)
    if greeting is not None:
        Page.objects.get(pk=greeting.pk).delete()
    return home


def _ensure_page(place: Place, parent: Page) -> Page:
    found = parent.get_children().filter(slug=place.slug).first()
    if found is not None:
        return found
    fields = dict(place.fields)
    if place.model is PlainPage:
        fields |= {"body": _words(place.slug, "th"), "body_en": _words(place.slug, "en"), "in_footer": True}
    # The parent's place in the tree may be stale after an earlier sibling was added.
    return Page.objects.get(pk=parent.pk).add_child(instance=place.model(title=place.title, slug=place.slug, **fields))


def _words(slug: str, language: str) -> str:
    return (WORDS / f"{slug}.{language}.html").read_text(encoding="utf-8").replace("\n", "")


def _ensure_site_record(home: Page) -> Site:
    address = urlsplit(settings.BASE_URL)
    hostname, port = address.hostname or "localhost", address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return Site.objects.create(
            hostname=hostname, port=port, root_page=home, is_default_site=True, site_name=settings.SITE_NAME
        )
    if (site.hostname, site.port, site.root_page_id) != (hostname, port, home.pk):
        site.hostname, site.port, site.root_page = hostname, port, home
        site.site_name = site.site_name or settings.SITE_NAME
        site.save()
    return site


def _groups(roles: Iterable[Role]) -> dict[Role, Group]:
    found = {group.name: group for group in Group.objects.filter(name__in=[role.value for role in roles])}
    return {role: found[role.value] for role in roles}


def _permissions(labels: Iterable[str]) -> dict[str, Permission]:
    """Permissions by "app.codename"."""
    codenames = {label.split(".")[1] for label in labels}
    rows = Permission.objects.filter(codename__in=codenames).select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}": row for row in rows}


def _grant_pages(pages: dict[str, Page]) -> None:
    groups = _groups(PAGE_RIGHTS)
    kept = _permissions({f"wagtailcore.{act}_page" for rights in PAGE_RIGHTS.values() for _, acts in rights for act in acts})
    wanted = [
        GroupPagePermission(group=groups[role], page_id=pages[slug].pk, permission=kept[f"wagtailcore.{act}_page"])
        for role, rights in PAGE_RIGHTS.items()
        for slug, acts in rights
        for act in acts
    ]
    there = set(GroupPagePermission.objects.values_list("group", "page", "permission"))
    GroupPagePermission.objects.bulk_create(row for row in wanted if (row.group_id, row.page_id, row.permission_id) not in there)


def _grant_files() -> None:
    groups = _groups(FILE_RIGHTS)
    root = Collection.get_first_root_node()
    kept = _permissions({label.format(act=act) for label in FILES for acts in FILE_RIGHTS.values() for act in acts})
    wanted = [
        GroupCollectionPermission(group=groups[role], collection=root, permission=kept[label.format(act=act)])
        for role, acts in FILE_RIGHTS.items()
        for label in FILES
        for act in acts
    ]
    there = set(GroupCollectionPermission.objects.values_list("group", "collection", "permission"))
    GroupCollectionPermission.objects.bulk_create(
        row for row in wanted if (row.group_id, row.collection_id, row.permission_id) not in there
    )


def _grant_models() -> None:
    groups = _groups(MODEL_RIGHTS)
    kept = _permissions(label for labels in MODEL_RIGHTS.values() for label in labels)
    for role, labels in MODEL_RIGHTS.items():
        groups[role].permissions.add(*(kept[label] for label in labels))
