"""Tags and filters of every template."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from kmportal.core import assets, pmqa


def render(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


def render_at(address: str, source: str, **context: Any) -> str:
    return render(source, request=RequestFactory().get(address), **context)


def test_dates_follow_the_reader() -> None:
    source = "{{ day|thai_date }} {{ day|thai_date_short }} {{ day|thai_period:end }} {% thai_period day end %}"
    context = {"day": date(2010, 7, 1), "end": date(2010, 7, 2)}
    assert render(source, **context) == "1 กรกฎาคม 2553 1 ก.ค. 2553 1–2 กรกฎาคม 2553 1–2 กรกฎาคม 2553"
    with translation.override("en"):
        assert render(source, **context) == "1 July 2010 1 Jul 2010 1–2 July 2010 1–2 July 2010"


def test_no_date_is_no_words() -> None:
    assert render("{{ x|thai_date }}{{ x|thai_date_short }}{{ x|thai_time }}{{ x|thai_period }}", x=None) == ""


def test_keep_escapes_what_people_wrote() -> None:
    assert render("{{ x|keep }}", x="<b>คำถาม</b> 2 ข้อ") == '&lt;b&gt;<span class="nb">คำถาม</span>&lt;/b&gt; 2\u00a0ข้อ'


def test_icons_are_silent_unless_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "exists", lambda path: False)
    assert render('{% icon "search" %}') == '<svg class="i" aria-hidden="true"><use href="/static/icons.svg#search"></use></svg>'
    assert 'role="img" aria-label="&lt;"' in render('{% icon "search" label=x %}', x="<")


@pytest.mark.parametrize(
    ("agency", "letters", "name"),
    [
        (SimpleNamespace(abbreviation="ปภ.", name="กรมป้องกัน"), "ปภ.", "กรมป้องกัน"),
        (SimpleNamespace(abbreviation="", name="สถาบันเกษตร"), "สถ", "สถาบันเกษตร"),
        ("ทช.", "ทช.", "ทช."),
        ("<i>", "&lt;i&gt;", "&lt;i&gt;"),
    ],
)
def test_seals_hold_letters_and_say_the_name(agency: object, letters: str, name: str) -> None:
    drawn = render('{% seal x "s" kind="org" %}', x=agency)
    assert drawn == f'<span class="seal s org" role="img" aria-label="{name}" title="{name}">{letters}</span>'


@pytest.mark.parametrize(
    ("on", "marked"),
    [
        ("4,6", ["4", "6"]),
        ("64", ["4", "6"]),
        (4, ["4"]),
        ([6, "P"], ["P", "6"]),
        (("2", "1"), ["1", "2"]),
        ([SimpleNamespace(number="7")], ["7"]),
        ("", []),
        (None, []),
        ("x9", []),
    ],
)
def test_the_strip_understands_categories(on: object, marked: list[str]) -> None:
    assert pmqa.marked(on) == marked


def test_the_strip_says_its_names() -> None:
    drawn = render('{% pmqa_strip on="1" %}')
    assert 'aria-label="PMQA 1 การนำองค์การ"' in drawn
    assert drawn.count("<i>") == 7
    assert drawn.count('<i class="on">1</i>') == 1
    assert 'aria-label="PMQA ยังไม่ระบุหมวด"' in render("{% pmqa_strip %}")


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("{% query page=2 %}", "?q=a+b&amp;kind=x&amp;kind=y&amp;page=2"),
        ("{% query kind=None %}", "?q=a+b"),
        ("{% query q='' kind=None %}", "?"),
        ("{% query kind=both %}", "?q=a+b&amp;kind=1&amp;kind=2"),
    ],
)
def test_query_changes_some_values(source: str, result: str) -> None:
    assert render_at("/?q=a+b&kind=x&kind=y", source, both=[1, 2]) == result


def test_query_without_a_request() -> None:
    assert render("{% query page=2 %}") == "?page=2"


def test_the_pager_keeps_the_filters() -> None:
    page = Paginator(range(200), 20).page(4)
    drawn = render_at("/?q=a&page=4", '{% include "components/pager.html" with page=page %}', page=page)
    assert drawn.count('aria-current="page"') == 1
    assert 'href="?q=a&amp;page=3" rel="prev"' in drawn
    assert 'href="?q=a&amp;page=5" rel="next"' in drawn
    assert "<nav" not in render_at("/", '{% include "components/pager.html" with page=page %}', page=Paginator([1], 20).page(1))


def test_a_qr_code_is_a_drawing() -> None:
    drawn = render("{% qr x %}", x="https://example.go.th/l/1")
    assert drawn.startswith('<svg viewBox="0 0 25 25"')
    assert drawn.count("<path") == 1


def test_the_site_works_before_a_build(monkeypatch: pytest.MonkeyPatch) -> None:
    source = '{% asset "site.css" %} {% asset "site.js" %} {% font_files %}'
    monkeypatch.setattr(assets, "exists", lambda path: False)
    assert render(source) == "/static/css/site.css /static/js/site.js []"
    monkeypatch.setattr(assets, "exists", lambda path: True)
    assert render(source).startswith(
        "/static/vendor/site.css /static/vendor/site.js [&#x27;/static/vendor/fonts/sarabun-thai-400"
    )
