"""A better spelling to offer, out of what the reader's own passages contain: single words first, then stretches of what was found."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import Q, Sum
from django.db.models.functions import Length

from kmportal.retrieval.analysis import STOP, normalise, runs, words
from kmportal.retrieval.candidates import Row
from kmportal.retrieval.counts import WORD, Counts
from kmportal.retrieval.models import Term
from kmportal.retrieval.plan import Plan
from kmportal.retrieval.readers import Readers

# Three letters are an abbreviation rather than a slip.
SHORTEST, LONGEST = 4, 30
# A word in fewer passages may be a slip itself.
FREQUENT = 2
# Doubted words of a query, words of the index that each is compared with, passages that are looked through.
MOST, COMPARED, PASSAGES = 2, 3_000, 3


def better(asked: Plan, known: Counts, found: Iterable[Row], readers: Readers) -> str:
    """The query with its unknown words put right, or nothing.

    Args:
        known: the counts of the reader; a word in one of the reader's passages is never doubted.
        found: the best passages that were found, though the spelling did not fit.
    """
    query = " ".join(normalise(asked.query).split())
    right = query
    passages = list(found)[:PASSAGES]
    for run in list(_doubted(query, known))[:MOST]:
        if word := _word_near(run, readers) or _stretch_near(run, passages):
            right = right.replace(run, word)
    return right if right != query else ""


def _doubted(query: str, known: Counts) -> Iterator[str]:
    for run in dict.fromkeys(runs(query)):
        if (
            SHORTEST <= len(run) <= LONGEST
            and not run[0].isdigit()
            and any(word not in known.words and word not in STOP for word in words(run))
        ):
            yield run


def _word_near(run: str, readers: Readers) -> str:
    """The most frequent of the nearest words of the reader's vocabulary."""
    alike = Q(term__startswith=run[0]) | Q(term__endswith=run[-1]) | Q(term__startswith=run[1:3])
    terms = Term.objects.filter(readers.condition(), alike, stream=WORD).values("term").annotate(among=Sum("passages"))
    slack = _allowed(run)
    terms = terms.alias(letters=Length("term")).filter(letters__gte=len(run) - slack, letters__lte=len(run) + slack)
    frequent = terms.filter(among__gte=FREQUENT).order_by("-among", "term")
    return _nearest(run, (each["term"] for each in frequent[:COMPARED]))


def _stretch_near(run: str, passages: Iterable[Row]) -> str:
    """The nearest run of neighbouring words in what was found: Thai that was cut wrongly because it was spelled wrongly."""
    return _nearest(
        run, (text for row in passages for field in (row.title_words, row.body_words) for text in _stretches(field.split(), run))
    )


def _stretches(tokens: list[str], run: str) -> Iterator[str]:
    shortest, longest = len(run) - _allowed(run), len(run) + _allowed(run)
    for start in range(len(tokens)):
        text = ""
        for token in tokens[start : start + 8]:
            text += token
            if len(text) > longest:
                break
            if len(text) >= shortest:
                yield text


def _nearest(run: str, texts: Iterable[str]) -> str:
    """The first of the texts with the fewest slips between it and the run; nothing if all are too far."""
    best, fewest, letters, kinds = "", _allowed(run) + 1, Counter(run), set(run)
    for text in texts:
        # Letters that differ are a lower bound of the slips: kinds of letters cost little, counting them some, comparing much.
        if abs(len(text) - len(run)) >= fewest or len(kinds.difference(text)) >= fewest:
            continue
        if sum((letters - Counter(text)).values()) >= fewest:
            continue
        slips = _slips(run, text)
        if 0 < slips < fewest:
            best, fewest = text, slips
    return best


def _allowed(run: str) -> int:
    return 1 if len(run) < 8 else 2 if len(run) < 14 else 3


def _slips(left: str, right: str) -> int:
    """Letters to add, drop, change or swap with their neighbour until one text is the other."""
    before: list[int] = []
    last = list(range(len(right) + 1))
    for row, sign in enumerate(left, 1):
        line = [row]
        for column, other in enumerate(right, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (sign != other))
            if row > 1 and column > 1 and sign == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, last = last, line
    return last[-1]
