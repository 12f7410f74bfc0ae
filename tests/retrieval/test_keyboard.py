"""A question typed in the wrong layout is understood, and what makes no sense is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmportal.retrieval.keyboard import _LATIN, _THAI, other_layout


def test_the_layout_is_whole() -> None:
    assert (len(_LATIN), len(set(_LATIN)), len(set(_THAI))) == (94, 94, 94)
    assert set(_LATIN) == {chr(code) for code in range(33, 127)}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("l;ylfu", "สวัสดี"),
        ("8;k,i^h", "ความรู้"),
        ("dki0yfdki", "การจัดการ"),
        ("c]dgx]ujpo", "แลกเปลี่ยน"),
        ("dkp;b0yp", "กายวิจัย"),
        ("z^hg=ujp;=kP", "ผู้เชี่ยวชาญ"),
        ("5oo", "ถนน"),
        ("xu #**$", "ปี ๒๕๕๓"),
        ("ะำหะ", "test"),
        ("ดำำกิแา", "feedbck"),
        ("ดำำกิฟแา", "feedback"),
        ("ีหำพ", "user"),
        ("พรหา ทฟืฟเำทำืะ", "risk management"),
        ("ิำหะ ยพฟแะรแำ", "best practice"),
        ("djvo", "ก่อน"),
        ("dddd", None),
        ("กกกก", None),
        ("ZERO", None),
        ("km corner", None),
        ("feedback", None),
        ("สวัสดี", None),
        ("แลกเปลี่ยนความรู้", None),
        ("กพร km", None),
        ("ก", None),
        ("", None),
        ("   ", None),
        ("2553", None),
        ("4", None),
        ("😀", None),
        ("l;yl\x00fu\u200b", "สวัสดี"),
    ],
)
def test_meant(typed: str, meant: str | None) -> None:
    assert other_layout(typed) == meant


@given(st.text(max_size=60) | st.text(st.sampled_from(_LATIN + _THAI + " "), max_size=20))
def test_any_text_can_be_asked(text: str) -> None:
    meant = other_layout(text)

    assert meant is None or (meant and meant != text)
