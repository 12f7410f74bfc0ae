"""The field for longer texts: plain or HTML, as the browser says; shown again as it was typed."""

import pytest
from django import forms

from kmportal.core.richtext import RichTextField


class Sample(forms.Form):
    text = RichTextField(required=False)


def cleaned(text: str, form: str = "") -> str:
    sent = Sample({"text": text, "text_format": form})
    assert sent.is_valid()
    return str(sent.cleaned_data["text"])


def test_plain_text_is_text_and_html_is_html() -> None:
    assert cleaned("<b>ก</b>\nข") == "<p>&lt;b&gt;ก&lt;/b&gt;<br>ข</p>"
    assert cleaned("<b>ก</b><u>ข</u>", "html") == "<b>ก</b>ข"
    assert cleaned("<b>ก</b>", "markdown") == "<p>&lt;b&gt;ก&lt;/b&gt;</p>"


@pytest.mark.parametrize(
    ("text", "form"), [("", ""), ("  \n ", ""), ("<p> </p><p>&nbsp;</p>", "html"), ("\x00", ""), ("<img src=x>", "html")]
)
def test_nothing_is_nothing(text: str, form: str) -> None:
    assert cleaned(text, form) == ""


def test_it_is_shown_again_as_it_was_sent() -> None:
    drawn = str(Sample({"text": "<b>ก", "text_format": "html"})["text"])

    assert ">\n&lt;b&gt;ก</textarea>" in drawn
    assert 'name="text_format" value="html"' in drawn


def test_a_stored_text_is_shown_as_it_was_typed() -> None:
    assert ">\nก\n\nข</textarea>" in str(Sample(initial={"text": "<p>ก</p><p>ข</p>"})["text"])
    formatted = str(Sample(initial={"text": "<p><strong>ก</strong></p>"})["text"])
    assert ["&lt;strong&gt;" in formatted, 'value="html"' in formatted] == [True, True]
