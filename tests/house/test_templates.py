"""Every template compiles; every component is shown in the styleguide; nothing inline that the CSP would refuse."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.test import Client

from kmportal.core import assets

ROOT = Path(settings.BASE_DIR) / "templates"
ALL = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.html"))
COMPONENTS = [name for name in ALL if name.startswith("components/")]
INLINE = re.compile(r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style\b|<script(?![^>]*\bsrc=)|javascript:|\|safe\b""", re.IGNORECASE)
HEX = re.compile(r"#[0-9a-f]{3,8}\b", re.IGNORECASE)


def source(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def broken(names: Iterable[str], problem: Callable[[str], object]) -> dict[str, object]:
    """What is wrong, by template. One test a rule and not one a template: two thousand tests took longer to begin than to run."""
    return {name: found for name in names if (found := problem(name))}


def test_all_compile() -> None:
    def problem(name: str) -> str:
        try:
            get_template(name)
        except (TemplateSyntaxError, TemplateDoesNotExist) as error:
            return repr(error)
        return ""

    assert broken(ALL, problem) == {}


def test_nothing_inline() -> None:
    assert broken(ALL, lambda name: INLINE.findall(source(name))) == {}


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


def test_colours_are_tokens() -> None:
    links = re.compile(r"""(href|action|url)=["'][^"']*["']""")
    assert broken(ALL, lambda name: HEX.findall(links.sub("", source(name)))) == {}


CLASSES_OF_SHEETS = {
    name
    for folder in ("css", "editor")
    for sheet in (Path(settings.BASE_DIR) / "static" / folder).glob("*.css")
    for name in re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL))
}


# What stands in the CMS is drawn by Wagtail's sheets.
OF_THE_SITE = [name for name in ALL if not name.startswith("wagtail") and "/cms/" not in name]


def test_classes_exist() -> None:
    """A class that no sheet knows is a typing error or a leftover. What ends in a dash is completed by a value."""

    def unknown(name: str) -> set[str]:
        if "wagtailadmin/" in name + source(name):
            return set()  # a screen inside the CMS, in Wagtail's own dress
        plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", source(name), flags=re.DOTALL)
        used = {one for group in re.findall(r'class="([^"]*)"', plain) for one in group.split() if not one.endswith("-")}
        return used - CLASSES_OF_SHEETS

    assert broken(OF_THE_SITE, unknown) == {}


def test_icons_exist() -> None:
    ours = set(assets.icons())
    named = re.compile(r"""(?:\{% icon |\bicon=)["']([a-z]+)["']""")
    assert broken(ALL, lambda name: set(named.findall(source(name))) - ours) == {}


def test_a_component_says_what_it_takes() -> None:
    def silent(name: str) -> bool:
        head = source(name).split("{% endcomment %}")[0]
        return not (head.startswith("{% comment %}") and Path(name).stem in head)

    assert broken(COMPONENTS, silent) == {}


def test_a_component_is_in_the_styleguide() -> None:
    users = {name: source(name) for name in ["styleguide.html", *COMPONENTS]}
    assert broken(COMPONENTS, lambda name: not any(f'"{name}"' in text for user, text in users.items() if user != name)) == {}


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


# The frame of every page knows the portal's name and its footer from the database.
@pytest.fixture
def page(db: None, client: Client) -> Page:
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


@pytest.mark.django_db
def test_a_refused_form_is_wired_to_its_errors(client: Client) -> None:
    html = client.get("/styleguide/").content.decode()
    assert '<a href="#id_refused-title">ชื่อเรื่อง: ' in html
    field = re.search(r'<input[^>]*id="id_refused-title"[^>]*>', html)
    assert field is not None
    assert 'aria-invalid="true"' in field[0]
    assert 'aria-describedby="id_refused-title_helptext id_refused-title_error"' in field[0]


@pytest.mark.django_db
def test_the_strict_policy_holds(client: Client) -> None:
    policy = client.get("/styleguide/").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
