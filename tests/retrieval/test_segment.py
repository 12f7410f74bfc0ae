"""Both segmenters cut without losing anything; the site stays up without the one that has a dictionary."""

import importlib
import json
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmportal.retrieval import segment
from kmportal.retrieval.analysis import words
from kmportal.retrieval.segment import PLAIN, SEGMENTER, Segmenter, choose
from tests.make.imports import shared

THAI = st.text(st.sampled_from([chr(code) for code in (*range(0xE01, 0xE2F), *range(0xE30, 0xE3B), *range(0xE40, 0xE46))]))


@given(THAI)
def test_pieces_together_are_the_run(run: str) -> None:
    assert "".join(PLAIN.cut(run)) == run
    assert "".join(SEGMENTER.cut(run)) == run


def test_clusters_keep_marks_with_their_letter() -> None:
    assert PLAIN.cut("เรียนรู้น้ำใจ") == ("เรี", "ย", "น", "รู้", "น้ำ", "ใจ")


def test_terms_without_dictionary_overlap() -> None:
    assert PLAIN.terms("ความรู้") == ["ควา", "วาม", "มรู้"]


def test_plain_can_be_wished_for() -> None:
    assert choose("plain") is PLAIN


@pytest.mark.parametrize("error", [ImportError, OSError])
def test_the_site_stays_up_without_the_dictionary(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def missing(name: str) -> None:
        raise error(name)

    monkeypatch.setattr(importlib, "import_module", missing)

    assert segment.dictionary() is None
    assert choose() is PLAIN


def test_a_library_that_answers_nothing_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its binary does not fit the machine, thaibreak answers every text with no words."""
    monkeypatch.setattr(importlib, "import_module", lambda name: SimpleNamespace(boundaries=lambda run: []))

    assert choose() is PLAIN


def test_abbreviations_are_put_together_again() -> None:
    if SEGMENTER is PLAIN:
        pytest.skip("thaibreak is not installed here")

    assert SEGMENTER.cut("กพร") == ("กพร",)
    assert SEGMENTER.cut("ถนนของคน") == ("ถนน", "ของ", "คน")
    assert SEGMENTER.cut("ณจังหวัด") == ("ณ", "จังหวัด")


def test_long_runs_are_not_remembered() -> None:
    """So that the memory of what was cut stays small whatever is sent."""
    seen = []

    def cut(run: str) -> tuple[str, ...]:
        seen.append(run)
        return (run,)

    remembering = segment._remembering(cut)
    for run in ("ก", "ก" * 500):
        remembering(run)
        remembering(run)

    assert [len(run) for run in seen] == [1, 500, 500]


def recall(segmenter: Segmenter, docs: list[dict[str, str]], queries: list[dict[str, Any]]) -> float:
    """The share of questions with an answer among the five texts that share the rarest words with them."""
    texts = {doc["id"]: set(words(doc["title"] + " " + doc["body"], segmenter=segmenter)) for doc in docs}
    spread = Counter(word for found in texts.values() for word in found)
    right = 0
    for query in queries:
        asked = set(words(query["query"], segmenter=segmenter))
        best = sorted(texts, key=lambda key: -sum(1 / spread[word] for word in asked & texts[key]))[:5]
        right += bool(set(best) & set(query["relevant"]))
    return right / len(queries)


def test_both_find_nearly_the_same() -> None:
    """On the questions that were written for the first import: without a dictionary at most a tenth fewer."""
    queries, docs = (json.loads(shared(f"../search/{part}/seed.json").read_text()) for part in ("dev", "corpora"))

    by_words, by_pairs = (recall(segmenter, docs["docs"], queries["queries"]) for segmenter in (SEGMENTER, PLAIN))

    assert by_words >= 0.75
    assert by_pairs >= by_words - 0.1
