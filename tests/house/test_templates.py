"""Every template compiles; every component is shown in the styleguide; nothing inline that the CSP would refuse."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client

from kmportal.core import assets

# The frame of every page knows the portal's name and its footer from the database.
pytestmark = pytest.mark.django_db

ROOT = Path(settings.BASE_DIR) / "templates"
ALL = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.html"))
COMPONENTS = [name for name in ALL if name.startswith("components/")]
INLINE = re.compile(r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style\b|<script(?![^>]*\bsrc=)|javascript:|\|safe\b""", re.IGNORECASE)
HEX = re.compile(r"#[0-9a-f]{3,8}\b", re.IGNORECASE)


def source(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ALL)
def test_it_compiles(name: str) -> None:
    get_template(name)


@pytest.mark.parametrize("name", ALL)
def test_nothing_inline(name: str) -> None:
    assert INLINE.findall(source(name)) == []


@pytest.mark.parametrize(
    ("sample", "found"),
    [
        ('<p style="color:red">', 1),
        ("<a onclick='x()'>", 1),
        ("<script>x()</script>", 1),
        ("{{ x|safe }}", 1),
        ('<script type="module" src="/x.js"></script>', 0),
        ('<p class="styled" data-on="1">', 0),
        ("{{ x|safeseq }}", 0),
    ],
)
def test_the_rule_about_inline(sample: str, found: int) -> None:
    assert len(INLINE.findall(sample)) == found


@pytest.mark.parametrize("name", ALL)
def test_colours_are_tokens(name: str) -> None:
    without_links = re.sub(r"""(href|action|url)=["'][^"']*["']""", "", source(name))
    assert HEX.findall(without_links) == []


CLASSES_OF_SHEETS = {
    name
    for folder in ("css", "editor")
    for sheet in (Path(settings.BASE_DIR) / "static" / folder).glob("*.css")
    for name in re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL))
}


# What stands in the CMS is drawn by Wagtail's sheets.
OF_THE_SITE = [name for name in ALL if not name.startswith("wagtail") and "/cms/" not in name]


@pytest.mark.parametrize("name", OF_THE_SITE)
def test_classes_exist(name: str) -> None:
    """A class that no sheet knows is a typing error or a leftover. What ends in a dash is completed by a value."""
    if "/cms/" in name or "wagtailadmin/" in name + source(name):
        return  # a screen inside the CMS, in Wagtail's own dress
    plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", source(name), flags=re.DOTALL)
    used = {one for group in re.findall(r'class="([^"]*)"', plain) for one in group.split() if not one.endswith("-")}
    assert used - CLASSES_OF_SHEETS == set()


@pytest.mark.parametrize("name", ALL)
def test_icons_exist(name: str) -> None:
    used = re.findall(r"""\{% icon ["']([a-z]+)["']""", source(name)) + re.findall(r"""\bicon=["']([a-z]+)["']""", source(name))
    assert set(used) <= set(assets.icons())


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_says_what_it_takes(name: str) -> None:
    assert source(name).startswith("{% comment %}")
    assert Path(name).stem in source(name).split("{% endcomment %}")[0]


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_is_in_the_styleguide(name: str) -> None:
    users = [source("styleguide.html"), *(source(other) for other in COMPONENTS if other != name)]
    assert any(f'"{name}"' in user for user in users)


class Page(HTMLParser):
    """What the tests ask about a finished page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.headings: list[int] = []
        self.labels: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.references: set[str] = set()
        self.depth_of_label = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids[found["id"] or ""] += 1
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "label":
            self.depth_of_label += 1
            self.labels.add(found.get("for") or "")
        if tag in {"input", "select", "textarea"} and found.get("type") != "hidden":
            self.fields.append({**found, "inside": "yes" if self.depth_of_label else ""})
        self.references |= set((found.get("aria-describedby") or "").split())

    def handle_endtag(self, tag: str) -> None:
        self.depth_of_label -= tag == "label"


@pytest.fixture
def page(client: Client) -> Page:
    return Page(client.get("/styleguide/").content.decode())


def test_one_first_heading_and_no_level_skipped(page: Page) -> None:
    assert page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))


def test_ids_are_there_once(page: Page) -> None:
    assert [name for name, times in page.ids.items() if times > 1] == []


def test_every_field_has_a_name(page: Page) -> None:
    nameless = [f for f in page.fields if not (f["inside"] or f.get("id") in page.labels or f.get("aria-label"))]
    assert nameless == []


def test_descriptions_point_to_something(page: Page) -> None:
    assert page.references - set(page.ids) == set()


def test_a_refused_form_is_wired_to_its_errors(client: Client) -> None:
    html = client.get("/styleguide/").content.decode()
    assert '<a href="#id_refused-title">ชื่อเรื่อง: ' in html
    field = re.search(r'<input[^>]*id="id_refused-title"[^>]*>', html)
    assert field is not None
    assert 'aria-invalid="true"' in field[0]
    assert 'aria-describedby="id_refused-title_helptext id_refused-title_error"' in field[0]


def test_the_strict_policy_holds(client: Client) -> None:
    policy = client.get("/styleguide/").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
