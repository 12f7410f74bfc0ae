"""The table of modes: who may write what in which round."""

from typing import Any

import pytest

from communities.circles import rules
from communities.circles.actions.methods import load_templates
from communities.circles.models import Round, Template
from communities.circles.rules import BadRounds, Standing, asks, checked_rounds, refusal

GROUP, OTHER = 7, 8
# mode: (facilitator, teller, inner circle, participant, called, in their group, asking, observer, not joined)
TABLE = {
    "silent": "y n n n n n n n n",
    "blind": "y y y y y y y n n",
    "open": "y y y y y y y n n",
    "turn": "y n n n y n n n n",
    "teller": "y y n n n n n n n",
    "ask": "y y n n n n y n n",
    "inner": "y y y n y n n n n",
    "small": "y n n n n y n n n",
    "vote": "y n n n n n n n n",
    "offline": "y y y y y y y n n",
}
WHO: list[tuple[Standing, dict[str, Any]]] = [
    (Standing(role="facilitator", leads=True), {}), (Standing(role="teller"), {}), (Standing(role="inner"), {}),
    (Standing(role="participant"), {}), (Standing(role="participant", speaks=True), {}),
    (Standing(role="participant", thread=GROUP), {"thread": GROUP}), (Standing(role="participant"), {"text": "ตอนนั้นทำอะไรก่อน"}),
    (Standing(role="observer"), {"text": "ทำไม"}), (Standing(), {"text": "ทำไม"}),
]  # fmt: skip


@pytest.mark.parametrize("mode", TABLE)
def test_who_may_write(mode: str) -> None:
    words = {"text": "ดีมาก", "thread": None}
    got = ["n" if refusal(Round(mode=mode), who, **(words | given)) else "y" for who, given in WHO]
    assert " ".join(got) == TABLE[mode]


def test_in_the_wrap_up_all_in_the_circle_talk() -> None:
    assert refusal(None, Standing(role="participant"), text="ได้คิด") is None
    assert refusal(None, Standing(role="observer"), text="ได้คิด") == rules.LISTENING
    assert refusal(None, Standing(), text="ได้คิด") == rules.JOIN_FIRST


def test_nobody_writes_in_the_group_of_others() -> None:
    assert refusal(Round(mode="small"), Standing(role="participant", thread=GROUP), text="คุย", thread=OTHER) == rules.YOUR_GROUP


@pytest.mark.parametrize(
    ("text", "is_question"),
    [("ตอนนั้นสังเกตอะไร", True), ("ใครช่วย", True), ("ทำแล้วได้ผลไหม", True), ("Why that way", True), ("แบบนี้?", True),
     ("ควรสื่อสารให้ดี", False), ("ขอบคุณมาก", False)],
)  # fmt: skip
def test_questions_are_known_without_their_mark(text: str, is_question: bool) -> None:
    assert asks(text) is is_question


@pytest.mark.django_db
def test_thirteen_methods_of_sixty_nine_rounds() -> None:
    assert (load_templates(), load_templates()) in {(13, 0), (0, 0)}
    methods = list(Template.objects.select_related("current"))
    assert (len(methods), sum(len(one.current.rounds) for one in methods if one.current)) == (13, 69)
    for one in methods:
        assert one.current is not None
        assert checked_rounds(one.current.rounds) == one.current.rounds
        assert all(2 <= len(r["rescue_th"]) == len(r["rescue_en"]) <= 3 and r["prompt_en"] for r in one.current.rounds)


@pytest.mark.parametrize("rounds", [[], [{"mode": "party", "prompt_th": "x"}], [{"mode": "open", "prompt_th": " "}]])
def test_bad_rounds_are_refused(rounds: list[dict[str, Any]]) -> None:
    with pytest.raises(BadRounds):
        checked_rounds(rounds)
