"""Asking in a browser: similar questions while typing, the editor with a pasted picture, a table and a person, the draft, whole without script."""

import base64
from typing import Any

import pytest
from playwright.sync_api import Page

from kmportal.people.actions import complete_signup
from kmportal.pictures.models import Picture
from qa.models import Draft, Mention, Question
from tests.browser.conftest import OpenPage, sideways, violations
from tests.make import qa as make
from tests.people.test_pictures import picture

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "จะกำหนดตัวชี้วัดรายบุคคลอย่างไร ที่หน่วยงานเล็กอย่างปู่ ฎุ ญู"
TEXT = "#id_body.ed-text"
PASTE = """([selector, base64]) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], "ผัง.png", { type: "image/png" }));
  document.querySelector(selector).dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def signed_in(as_: Any, who: Any) -> dict[str, str]:
    return {name: cookie.value for name, cookie in as_(who).cookies.items()}


def write(page: Page, words: str) -> None:
    page.locator(TEXT).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def write_with_tools(page: Page) -> None:
    """Bold words, a person by "@", a table with a row more."""
    write(page, "เราลอง")
    page.keyboard.press("Control+b")
    page.keyboard.type("แล้ว")
    page.keyboard.press("Control+b")
    page.keyboard.type(" ถาม @มานี")
    page.get_by_role("option", name="มานี").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="ตาราง", exact=True).click()
    page.keyboard.type("ชื่อ")
    page.keyboard.press("Tab")
    page.keyboard.type("น้ำหนัก")
    page.keyboard.press("Tab")
    page.keyboard.type("เป้า")
    page.get_by_role("button", name="แถว", exact=True).click()
    assert page.locator(f"{TEXT} tr").count() == 4


def test_from_the_first_word_to_the_question(open_page: OpenPage, as_: Any, officer: Any, outsider: Any) -> None:
    make.ask(outsider, "กำหนดตัวชี้วัดรายบุคคลอย่างไรดี")
    complete_signup(account=outsider)
    page = open_page("/ask/", cookies=signed_in(as_, officer))
    page.locator(TEXT).wait_for()

    page.fill("#id_title", TITLE)
    page.get_by_role("link", name="กำหนดตัวชี้วัดรายบุคคลอย่างไรดี").first.wait_for()

    write_with_tools(page)
    page.locator(TEXT).press("Control+End")
    page.evaluate(PASTE, [TEXT, base64.b64encode(picture("PNG", (600, 300)).getvalue()).decode()])
    page.get_by_label("ภาพนี้แสดงอะไร").fill("ผังการถ่ายทอด")
    with page.expect_response(lambda answer: "ผังการถ่ายทอด".encode() in (answer.request.post_data_buffer or b"")):
        page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    assert page.locator(f"{TEXT} img[src]").evaluate("image => image.complete && image.naturalWidth") == 600
    assert violations(page) == []

    page.get_by_text("เก็บร่างให้แล้วเมื่อ").wait_for()
    page.reload()
    page.locator(".editor").scroll_into_view_if_needed()
    page.locator(f"{TEXT} img[alt='ผังการถ่ายทอด']").wait_for()
    assert page.input_value("#id_title") == TITLE
    assert page.locator(f"{TEXT} table th").first.inner_text() == "ชื่อ"
    page.get_by_role("button", name="ส่งคำถาม").click()
    page.wait_for_url("**/qa/*/")

    question = Question.objects.get(title=TITLE)
    assert page.url.endswith(question.get_absolute_url())
    assert page.locator("article .prose img[alt='ผังการถ่ายทอด']").is_visible()
    assert "<strong>แล้ว</strong>" in question.body
    assert Picture.objects.get().thing_id == question.pk
    assert Mention.objects.get().person == outsider
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(("width", "scheme", "prefix"), [(360, "dark", ""), (1280, "light", "/en")])
def test_axe_finds_nothing_and_nothing_sticks_out(
    open_page: OpenPage, as_: Any, cop_member: Any, width: int, scheme: str, prefix: str
) -> None:
    make.ask(cop_member, TITLE)
    page = open_page(f"{prefix}/ask/?title={TITLE}", width=width, scheme=scheme, cookies=signed_in(as_, cop_member))
    page.locator(TEXT).wait_for()
    page.locator("#similar a").first.wait_for()
    write(page, "ก")
    page.locator("[data-do=table]").click()
    for heading in "กขค":
        page.keyboard.type(heading)
        page.keyboard.press("Tab")

    assert violations(page) == []
    assert sideways(page) <= 0


def test_tab_leaves_the_text_and_keys_reach_the_tools(open_page: OpenPage, as_: Any, officer: Any) -> None:
    page = open_page("/ask/", cookies=signed_in(as_, officer))
    write(page, "ก")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.ed-text')") is None

    page.locator(TEXT).focus()
    page.keyboard.press("Alt+F10")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.do") == "italic"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "id_body"


def test_it_works_without_script(open_page: OpenPage, as_: Any, officer: Any, outsider: Any) -> None:
    make.ask(outsider, TITLE)
    page = open_page("/ask/", script=False, cookies=signed_in(as_, officer))
    page.fill("#id_title", TITLE)
    page.fill("#id_body", "ย่อหน้าแรก <b>\n\nดูที่ https://example.go.th/a")
    page.get_by_role("button", name="เก็บเป็นร่าง").click()
    assert page.input_value("#id_body") == "ย่อหน้าแรก <b>\n\nดูที่ https://example.go.th/a"

    page.get_by_role("button", name="ส่งคำถาม").click()
    assert page.get_by_text("เรื่องนี้อาจมีคนถามแล้ว").is_visible()
    assert Question.objects.count() == 1
    page.get_by_role("button", name="ยังไม่ตรง ส่งคำถามของฉัน").click()

    question = Question.objects.latest("pk")
    assert question.author == officer
    assert question.body.startswith("<p>ย่อหน้าแรก &lt;b&gt;</p><p>ดูที่ <a href=")


FROM_WORD = """<style>p.MsoNormal { margin: 0 }</style><h1>หัวข้อ</h1><p class=MsoNormal style="margin:0"><b><span style="font-size:16pt">หนา</span></b></p>
<p style="mso-list:l0 level1 lfo1"><span style="font-family:Symbol"><span style="mso-list:Ignore">·<span>&nbsp; </span></span></span>หนึ่ง</p>
<p style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">1.&nbsp; </span>ย่อย</p><p>&nbsp;</p><p>ดู https://example.go.th/ก.</p>"""
FROM_DOCS = """<b style="font-weight:normal"><p onclick="x()"><span style="font-weight:700">หนา</span><span style="font-weight:400"> บาง</span></p></b>"""


@pytest.mark.parametrize(
    ("copied", "kept"),
    [
        (
            FROM_WORD,
            "<h3>หัวข้อ</h3><p><strong>หนา</strong></p><ul><li><p>หนึ่ง</p><ol><li><p>ย่อย</p></li></ol></li></ul>"
            '<p>ดู <a href="https://example.go.th/ก">https://example.go.th/ก</a>.</p>',
        ),
        (FROM_DOCS, "<p><strong>หนา</strong> บาง</p>"),
    ],
    ids=["Word", "Google Docs"],
)
def test_what_other_programs_copied_keeps_its_shape(
    open_page: OpenPage, as_: Any, officer: Any, outsider: Any, copied: str, kept: str
) -> None:
    # Another person for each: a draft still under way when its test ends would be offered to the next.
    page = open_page("/ask/", cookies=signed_in(as_, officer if copied == FROM_WORD else outsider))
    page.locator(TEXT).click()
    page.evaluate(
        """([selector, html]) => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.querySelector(selector).dispatchEvent(paste);
        }""",
        [TEXT, copied],
    )
    assert page.locator("textarea[name=body]").input_value() == kept
