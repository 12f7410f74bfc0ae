"""Pictures in people's texts: ours stay, foreign ones go with their tag, and cleaning twice changes nothing."""

import re
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from kmportal.core import clean
from tests.core.test_clean import Reader, faults

KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"
OURS = f"/pictures/{KEY}/small"
FORM = re.compile(r"/pictures/[0-9a-f-]{36}/(small|large)")


def test_a_picture_of_ours_stays() -> None:
    text = f'<p><img src="{OURS}" alt="ผังงาน" width="960" height="540"></p>'

    assert clean.html(text) == text
    assert clean.pictures_in(text) == [KEY]
    assert clean.descriptions(text) == "ผังงาน"


def test_foreign_pictures_go_whole() -> None:
    for source in (
        "https://evil.example/a.png", "//evil.example/a.png", "data:image/png;base64,AAAA", "javascript:alert(1)", "/media/a.png",
        f"https://evil.example{OURS}", f"{OURS}?x=1", f"{OURS}/../../me/", f"/pictures/{KEY}/huge", f" {OURS}", "", "/logout/",
    ):  # fmt: skip
        assert clean.html(f'<p>ก<img src="{source}" alt="x" onerror="x()" srcset="{source} 2x">ข</p>') == "<p>กข</p>", source


def test_sizes_are_numbers_and_words_are_short() -> None:
    cleaned = clean.html(f'<img src="{OURS}" width="1e9" height="99999" alt="{"ก" * 400}" style="x" class="y">')

    assert cleaned == f'<img src="{OURS}" alt="{"ก" * 300}">'


def test_what_is_not_to_be_seen_is_taken_out() -> None:
    other = str(UUID(int=7))
    text = f'<p>ก<img src="{OURS}"><img src="/pictures/{other}/large" alt="ข"></p>'

    assert clean.without_pictures(text, [other]) == f'<p>ก<img src="{OURS}"></p>'
    assert clean.without_pictures(text, []) == text


def test_plain_text_comes_back_as_it_was_typed() -> None:
    typed = "ถามเรื่อง <b> & http://a.go.th/x?y=1\nบรรทัดสอง\n\nย่อหน้าใหม่"

    assert clean.typed(clean.plain(typed)) == typed
    assert clean.typed("<p>ก <strong>ข</strong></p>") is None
    assert clean.typed('<p><a href="http://b.go.th" rel="nofollow noopener noreferrer">http://a.go.th</a></p>') is None
    assert clean.typed("") == ""


def test_people_are_named_by_the_sign() -> None:
    named = clean.html(
        '<p><a href="/people/abcd2345/">@สมใจ</a> <a href="/people/zzzz2345/">สมใจ</a> <a href="/en/people/q2/">@A</a></p>'
    )

    assert clean.named_in(named) == ["abcd2345", "q2"]


pieces = st.sampled_from(
    ["<img ", "src=", f'"{OURS}"', "'https://e.example/x'", OURS, "alt=", '"', "'", ">", "/>", " onerror=x()", "<img>", "<svg>",
     "<img src", "<a href=", "<table><tr><td>", "<img/src=//e", "&quot;", "&#13;", "\r", "\n", "width=5", " ", "ก", "`", "<style>",
     "</style>", "<!--", "-->", "srcset=x", "<math><mi>", "<noscript>", "<title>"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(pieces, max_size=14).map("".join))
def test_nothing_foreign_gets_through_and_twice_changes_nothing(text: str) -> None:
    once = clean.html(text)

    assert clean.html(once) == once
    assert faults(once) == []
    for tag, attributes in Reader(once).found:
        assert not [name for name in attributes if name.startswith("on") or name in {"srcset", "style"}]
        if tag == "img":
            assert FORM.fullmatch(attributes.get("src") or "")
