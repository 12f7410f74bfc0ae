"""Who may write what in which round, and what a round may look like. Pure rules: they are given the facts and look nothing up."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.circles.models import Part, Round
from communities.circles.models.templates import Mode

ROLE = Part.Role
LONGEST_ROUNDS = 20
MOST_VOTES = 10
# Thai questions seldom carry a mark: the words that make one, and the English ones.
_QUESTION = re.compile(
    r"[?？]|ไหม|มั้ย|หรือเปล่า|หรือไม่|หรือยัง|อะไร|อย่างไร|ยังไง|ทำไม|เพราะเหตุใด|ใคร|ไหน|เมื่อไร|เมื่อไหร่|เมื่อใด|เท่าไร|เท่าไหร่|เท่าใด|กี่|ใด"
    r"|^\s*(how|what|why|who|when|where|which|did|do|does|is|are|was|were|can|could)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One person in one round.

    Args:
        role: their part; None: not joined.
        leads: facilitates the circle.
        speaks: it is their turn, or they sit on the empty seat.
        thread: of their small group.
    """

    role: str | None = None
    leads: bool = False
    speaks: bool = False
    thread: int | None = None


JOIN_FIRST = _("Join the circle first: above the talk you see what becomes of your words.")
LISTENING = _("You are listening. To write, join as a participant.")
SILENCE = _("This round is for reading. Writing opens in the next one.")
NOT_YOUR_TURN = _("In this round one speaks after the other. Raise your hand; you are called.")
TELLER_TELLS = _("In this round the teller tells. You can ask in the next one.")
ASK_ONLY = _("In this round only questions: ask what you want to hear in more detail.")
INNER_TALKS = _("In this round the inner circle talks. Ask for the empty seat, or send a question from outside.")
YOUR_GROUP = _("In this round you write in your small group.")
CHOOSE = _("In this round you choose; nothing needs to be written.")
TOO_LATE = _(
    "The round that you wrote this for is over. It was not sent, so that it does not appear under your name. Read the new prompt first."
)
ELSEWHERE = _(
    "This thread does not belong to the round: here it would show under your name at once, so it was not sent. Load the page anew first."
)
NO_PICTURES = _("In a round without names there are no pictures: a picture says who put it there.")


def asks(text: str) -> bool:
    return bool(_QUESTION.search(text))


def refusal(now: Round | None, who: Standing, *, text: str = "", thread: int | None = None) -> Any:
    """Why this person may not write this now; None: they may. `now` is None in the wrap-up, where everybody in the circle talks.

    Source: the table of modes in docs/CIRCLES.md.
    """
    if who.role is None:
        return JOIN_FIRST
    if who.role == ROLE.OBSERVER:
        return LISTENING
    if now is None or (who.leads and now.mode != Mode.SMALL):
        return None
    return _BY_MODE[Mode(now.mode)](now, who, text, thread)


def _silent(now: Round, who: Standing, text: str, thread: int | None) -> Any:
    return SILENCE


def _free(now: Round, who: Standing, text: str, thread: int | None) -> Any:
    return None


def _turn(now: Round, who: Standing, text: str, thread: int | None) -> Any:
    return None if who.speaks else NOT_YOUR_TURN


def _teller(now: Round, who: Standing, text: str, thread: int | None) -> Any:
    return None if who.role == ROLE.TELLER else TELLER_TELLS


def _ask(now: Round, who: Standing, text: str, thread: int | None) -> Any:
    return None if who.role == ROLE.TELLER or not text or asks(text) else ASK_ONLY


def _inner(now: Round, who: Standing, text: str, thread: int | None) -> Any:
    if thread is not None and thread == now.thread_id:
        return None if not text or asks(text) else ASK_ONLY
    return None if who.speaks or who.role in {ROLE.INNER, ROLE.TELLER} else INNER_TALKS


def _small(now: Round, who: Standing, text: str, thread: int | None) -> Any:
    return None if who.leads or (thread is not None and thread == who.thread) else YOUR_GROUP


def _vote(now: Round, who: Standing, text: str, thread: int | None) -> Any:
    return CHOOSE


_BY_MODE = {
    Mode.SILENT: _silent, Mode.BLIND: _free, Mode.OPEN: _free, Mode.TURN: _turn, Mode.TELLER: _teller, Mode.ASK: _ask,
    Mode.INNER: _inner, Mode.SMALL: _small, Mode.VOTE: _vote, Mode.OFFLINE: _free,
}  # fmt: skip


# --- What a round may look like ---------------------------------------------------------------------------------------------------
class BadRounds(ValueError):
    """The rounds of a method are not right; `words` say which and why."""

    def __init__(self, words: Any) -> None:
        super().__init__(str(words))
        self.words = words


def checked_rounds(given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rounds of a method as they are stored, all keys present.

    Raises:
        BadRounds
    """
    if not 0 < len(given) <= LONGEST_ROUNDS:
        raise BadRounds(_("A method has 1 to 20 rounds."))
    return [_checked(number, one) for number, one in enumerate(given, 1)]


def _checked(number: int, one: dict[str, Any]) -> dict[str, Any]:
    mode = one.get("mode")
    if mode not in Mode.values:
        raise BadRounds(_("Round %(number)s: choose a mode.") % {"number": number})
    if not str(one.get("prompt_th", "")).strip():
        raise BadRounds(_("Round %(number)s: write the prompt in Thai.") % {"number": number})
    offline = mode == Mode.OFFLINE
    return {
        "mode": mode,
        "minutes": 0 if offline else _between(one.get("minutes"), 0, 240),
        "days": _between(one.get("days"), 1, 120) if offline else 0,
        "anonymous": bool(one.get("anonymous")) and mode == Mode.BLIND,
        "votes": _between(one.get("votes"), 1, MOST_VOTES),
        "prompt_th": str(one["prompt_th"]).strip()[:500],
        "prompt_en": str(one.get("prompt_en", "")).strip()[:500],
        "captures": [str(name)[:20] for name in one.get("captures", [])][:8],
        "note": str(one.get("note", "")).strip()[:300],
        "note_en": str(one.get("note_en", "")).strip()[:300],
        "rescue_th": _lines(one.get("rescue_th")),
        "rescue_en": _lines(one.get("rescue_en")),
    }


def _between(value: Any, low: int, high: int) -> int:
    return max(low, min(int(value or 0), high))


def _lines(value: Any) -> list[str]:
    return [str(line).strip()[:300] for line in value or [] if str(line).strip()][:6]
