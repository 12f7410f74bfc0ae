"""The Thai catalogue: gathered, checked and compiled."""

from gettext import GNUTranslations
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from kmportal.core import translations

GOOD = 'msgctxt "menu"\nmsgid "Home"\nmsgstr "หน้าแรก"\n\nmsgid "Hello %(name)s"\nmsgstr "สวัสดี %(name)s"\n\nmsgid "one page"\nmsgid_plural "%(n)s pages"\nmsgstr[0] "%(n)s หน้า"\n'
CODE = '_("Hello %(name)s")\npgettext_lazy("menu", "Home")\nngettext("one page", "%(n)s pages", 3)\n'


@pytest.fixture
def house(tmp_path: Path, settings: Any) -> Path:
    """A small house: one module, one template folder, one fragment, all in order."""
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    (tmp_path / "kmportal").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "locale" / "th").mkdir(parents=True)
    (tmp_path / "kmportal" / "words.py").write_text(CODE)
    (tmp_path / "locale" / "th" / "words.po").write_text(GOOD)
    return tmp_path


def write(house: Path, name: str, text: str) -> None:
    (house / "locale" / "th" / name).write_text(text)


def test_a_whole_catalogue_has_no_problems(house: Path) -> None:
    assert translations.problems() == []


def test_a_process_that_compiles_speaks_the_new_words_at_once(house: Path) -> None:
    with translation.override("th"):
        before = translation.pgettext("menu", "A word of this test")
    write(house, "words.po", GOOD + '\nmsgctxt "menu"\nmsgid "A word of this test"\nmsgstr "คำของการทดสอบนี้"\n')
    try:
        translations.compile_all()
        with translation.override("th"):
            assert (before, translation.pgettext("menu", "A word of this test")) == ("A word of this test", "คำของการทดสอบนี้")
    finally:
        translations._forget_loaded()


def test_templates_are_read(house: Path) -> None:
    (house / "templates" / "page.html").write_text(
        "<div>\n      {% if x %}\n  {% translate 'Sign in' %}\n{% endif %}\n"
        "{% blocktranslate trimmed count n=items %}\n   one thing\n{% plural %}\n  {{ n }} things\n{% endblocktranslate %}\n"
        '{% include "a.html" with title=_("Close") %}</div>'
    )

    found = {entry.text: (entry.plural, entry.places) for entry in translations.missing()}

    assert found == {
        "Sign in": ("", ["templates/page.html:3"]),
        "one thing": ("%(n)s things", ["templates/page.html:5"]),
        "Close": ("", ["templates/page.html:10"]),
    }


@pytest.mark.parametrize(
    ("fragment", "problem"),
    [
        (GOOD.replace("สวัสดี %(name)s", ""), "untranslated: kmportal/words.py:1: 'Hello %(name)s'"),
        (GOOD.replace("สวัสดี %(name)s", "สวัสดี"), "words.po: places differ ('สวัสดี'): 'Hello %(name)s'"),
        (GOOD.replace("สวัสดี", "<b>สวัสดี</b>"), "words.po: tags differ ('<b>สวัสดี</b> %(name)s'): 'Hello %(name)s'"),
        (GOOD.replace("%(name)s\"\n\n", "%(name)s ครับ\"\n\n"), "words.po: polite particle ('สวัสดี %(name)s ครับ'): 'Hello %(name)s'"),
        (GOOD + '\nmsgid "Gone"\nmsgstr "ไม่มีแล้ว"\n', "words.po: unused: 'Gone'"),
        (GOOD + '\nmsgid "Hello %(name)s"\nmsgstr "หวัดดี %(name)s"\n', "repeated in words.po: '\"Hello %(name)s\"'"),
    ],
)  # fmt: skip
def test_problems_are_named(house: Path, fragment: str, problem: str) -> None:
    write(house, "words.po", fragment)

    assert translations.problems() == [problem]


def test_fuzzy_counts_as_untranslated(house: Path) -> None:
    write(house, "words.po", GOOD.replace('msgid "Hello', '#, fuzzy\nmsgid "Hello'))

    assert translations.problems() == ["untranslated: kmportal/words.py:1: 'Hello %(name)s'", "words.po: fuzzy: 'Hello %(name)s'"]


def test_fragments_that_disagree_are_named(house: Path) -> None:
    write(house, "zz.po", 'msgctxt "menu"\nmsgid "Home"\nmsgstr "บ้าน"\n')

    assert translations.problems() == ["zz.po and words.po disagree: 'Home': 'บ้าน' or 'หน้าแรก'"]


def test_a_plural_needs_a_plural(house: Path) -> None:
    write(house, "words.po", GOOD.replace('msgid_plural "%(n)s pages"\nmsgstr[0] "%(n)s หน้า"', 'msgstr "หน้าเดียว"'))

    assert [entry.text for entry in translations.missing()] == ["one page"]


def test_overrides_of_a_package_may_say_what_our_code_does_not(house: Path) -> None:
    write(house, "wagtail.po", 'msgid "Publish"\nmsgstr "เผยแพร่"\n\nmsgid "Hello %(name)s"\nmsgstr "%(name)s มาแล้ว"\n')

    assert translations.problems() == []
    translations.compile_all()
    with translations.compiled().open("rb") as file:
        thai = GNUTranslations(file)
    assert thai.gettext("Publish") == "เผยแพร่"
    assert thai.gettext("Hello %(name)s") == "สวัสดี %(name)s"
    assert thai.ngettext("one page", "%(n)s pages", 1) == "%(n)s หน้า"


def test_missing_prints_entries_to_fill_in(house: Path) -> None:
    write(house, "words.po", "")

    printed = translations.as_po(translations.missing(["kmportal/words"]))

    assert 'msgctxt "menu"\nmsgid "Home"\nmsgstr ""\n' in printed
    assert 'msgid "one page"\nmsgid_plural "%(n)s pages"\nmsgstr[0] ""\n' in printed
    assert translations.missing(["templates/"]) == []


def test_compiles_only_when_something_changed(house: Path) -> None:
    assert translations.compile_if_stale()
    assert not translations.compile_if_stale()
    write(house, "more.po", 'msgid "More"\nmsgstr "เพิ่ม"\n')
    assert translations.is_stale()
