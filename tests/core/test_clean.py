"""The one gate for people's HTML: nothing that runs gets through, what people write does, and cleaning twice changes nothing."""

import re
from html.parser import HTMLParser

import pytest
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st

from kmportal.core import clean
from tests.core.payloads import PLAIN, html_payloads

PAYLOADS = html_payloads()


class Reader(HTMLParser):
    """What a browser would build out of cleaned HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def faults(html: str) -> list[str]:
    """Everything in it that the policy does not allow. Browsers drop control characters from an address before they read its scheme."""
    wrong = []
    for tag, attributes in Reader(html).found:
        if tag not in clean.TAGS:
            wrong.append(f"<{tag}>")
        allowed = clean.ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
        wrong += [f"<{tag} {name}>" for name in attributes if name not in allowed]
        address = re.sub(r"[\x00-\x20]", "", attributes.get("href") or "")
        scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", address)
        if scheme and scheme[1].lower() not in clean.SCHEMES:
            wrong.append(f"{scheme[1]}:")
    return wrong


def test_the_collection_is_large() -> None:
    assert len({*PAYLOADS, *PLAIN}) > 165


@pytest.mark.parametrize("text", PAYLOADS)
def test_nothing_that_runs_gets_through(text: str) -> None:
    cleaned = clean.html(text)

    assert faults(cleaned) == []
    assert clean.html(cleaned) == cleaned


@pytest.mark.parametrize("text", PLAIN + PAYLOADS)
def test_nothing_that_runs_comes_out_of_plain_text(text: str) -> None:
    assert faults(clean.plain(text)) == []


@pytest.mark.parametrize("text", PLAIN + PAYLOADS)
def test_plain_text_stays_readable(text: str) -> None:
    """Markup typed as text is shown, not obeyed: only paragraphs, breaks and links are ever made."""
    assert {tag for tag, _ in Reader(clean.plain(text)).found} <= {"p", "br", "a"}


@pytest.mark.parametrize(
    "text",
    [
        "<p>ตั้งคณะทำงาน<strong>ชุดเดียว</strong> ให้<em>ทุกสำนัก</em>รับผิดชอบ</p>",
        "<ol><li>หนึ่ง</li><li>สอง<ul><li>สองจุดหนึ่ง</li></ul></li></ol>",
        "<h3>ปัจจัยแห่งความสำเร็จ</h3><blockquote><p>น้ำใจ ผู้ใหญ่ ปั๊มน้ำ</p></blockquote>",
        '<table><thead><tr><th scope="col">ปี</th></tr></thead><tbody><tr><td colspan="2">๒๕๕๓</td></tr></tbody></table>',
        "<pre><code>a &lt; b &amp;&amp; c</code></pre>",
        '<p><a href="https://example.go.th/เอกสาร?q=1" rel="nofollow noopener noreferrer">เอกสาร</a></p>',
        '<p><a href="mailto:a@example.go.th" rel="nofollow noopener noreferrer">อีเมล</a></p>',
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert clean.html(text) == text


def test_links_tell_nobody_and_earn_nothing() -> None:
    assert clean.html('<a href="https://example.go.th" rel="opener" target="_blank">x</a>') == (
        '<a href="https://example.go.th" rel="nofollow noopener noreferrer">x</a>'
    )


def test_the_answer_is_trusted_by_templates() -> None:
    assert isinstance(clean.html("<p>x</p>"), SafeString)
    assert isinstance(clean.plain("x"), SafeString)


def test_plain_makes_paragraphs_breaks_and_links() -> None:
    assert clean.plain("หนึ่ง\nสอง\n\nดู https://example.go.th/ก") == (
        '<p>หนึ่ง<br>สอง</p><p>ดู <a href="https://example.go.th/ก" rel="nofollow noopener noreferrer">https://example.go.th/ก</a></p>'
    )


def test_too_long_is_refused() -> None:
    assert len(clean.html("ก" * clean.MAX_CHARACTERS)) == clean.MAX_CHARACTERS
    with pytest.raises(clean.TooMuchHtml):
        clean.html("ก" * (clean.MAX_CHARACTERS + 1))


def test_too_many_tags_are_refused() -> None:
    clean.html("<b>" * 2000)
    with pytest.raises(clean.TooMuchHtml):
        clean.html("<b>" * 2001)


def test_too_long_plain_text_is_cut() -> None:
    assert clean.plain("ก" * (clean.MAX_CHARACTERS * 2)) == f"<p>{'ก' * clean.MAX_CHARACTERS}</p>"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/=\"'`& \n\t\x00;:#!-abpisvgtcrolxjน้ำ๑ผู้1"), max_size=80))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean.html(text)

    assert clean.html(once) == once
    assert faults(once) == []


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120))
def test_plain_text_of_any_letters_is_safe(text: str) -> None:
    assert faults(clean.plain(text)) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PAYLOADS), min_size=2, max_size=4))
def test_several_at_once_are_as_harmless_as_one(texts: list[str]) -> None:
    cleaned = clean.html("".join(texts))

    assert faults(cleaned) == []
    assert clean.html(cleaned) == cleaned
