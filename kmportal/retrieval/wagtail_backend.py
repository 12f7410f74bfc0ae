"""Wagtail's own search for the CMS (explorer, choosers, listings), taught where Thai words begin and end.

It stays the backend Wagtail picks for the database; this stands before it and cuts what is indexed and what is asked with the same
analysis as the portal's search. What is typed so far finds titles by any word, also half of one: after a change of the analysis run
`manage.py update_index` (`manage.py prepare` does).
"""

import copy
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection
from modelsearch.backends.database import SearchBackend as BackendOfTheDatabase
from modelsearch.index import AutocompleteField, RelatedFields, SearchField
from modelsearch.query import And, Boost, Fuzzy, Not, Or, Phrase, PlainText

from kmportal.retrieval.analysis import LONGEST_TERM, STOP, is_thai, normalise, runs, singular, words
from kmportal.retrieval.segment import SEGMENTER, has_letter

# A prefix longer than this is not typed into a chooser; stored suffixes need not be longer.
LONGEST_PREFIX = 24
# Each term nests the database's query one deeper.
MOST_TERMS = 30
_MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"
# SQLite's tokenizer takes Thai marks for gaps between words, but private-use characters for letters.
_AS_LETTERS = str.maketrans(_MARKS, "".join(chr(0xE000 + place) for place in range(len(_MARKS))))


def _stored(terms: Iterable[str]) -> str:
    text = " ".join(terms)
    return text.translate(_AS_LETTERS) if connection.vendor == "sqlite" else text


def in_words(text: str) -> str:
    return _stored(words(text))


def in_beginnings(text: str) -> str:
    """What a text is found by while it is typed: its words, and each Thai run from each of its words on."""
    found = words(text)
    for run in runs(normalise(text)):
        if not is_thai(run):
            found.append(run[:LONGEST_TERM])
            continue
        at = 0
        for piece in SEGMENTER.cut(run):
            if has_letter(piece):
                found.append(run[at : at + LONGEST_PREFIX])
            at += len(piece)
    return _stored(dict.fromkeys(found))


def _telling(found: list[str]) -> list[str]:
    """Once each, without words that stand everywhere unless there are no others."""
    return list(dict.fromkeys([word for word in found if word not in STOP] or found))[:MOST_TERMS]


def asked(text: str) -> str:
    """A question as the words that all must be found."""
    return _stored(_telling(words(text)))


def asked_so_far(text: str) -> str:
    """A question that is being typed: whole words, then the beginning of one, which is matched as a prefix."""
    *before, last = runs(normalise(text)) or [""]
    finished = [term for run in before for term in (SEGMENTER.terms(run) if is_thai(run) else [singular(run)])]
    return _stored(
        [*_telling(finished), last[:LONGEST_PREFIX]] if last and (not is_thai(last) or has_letter(last)) else _telling(finished)
    )


Shape = Callable[[str], str]


def _cut(value: Any, shape: Shape) -> Any:
    if isinstance(value, str):
        return shape(value)
    if isinstance(value, list | tuple):
        return [_cut(each, shape) for each in value]
    if isinstance(value, dict):
        return {name: _cut(each, shape) for name, each in value.items()}
    return value


def _cutting(field: Any) -> Any:
    """A copy of a model's search field whose value comes in words."""
    own = copy.copy(field)
    if isinstance(field, RelatedFields):
        own.fields = [_cutting(each) for each in field.fields]
        own.get_value = lambda obj: field.get_value(_bare(obj))
    elif isinstance(field, SearchField | AutocompleteField):
        shape = in_beginnings if isinstance(field, AutocompleteField) else in_words
        own.get_value = lambda obj: _cut(field.get_value(_bare(obj)), shape)
    return own


class InWords:
    """An object as the index shall see it."""

    def __init__(self, obj: Any) -> None:
        self.bare = obj

    def __getattr__(self, name: str) -> Any:
        return getattr(self.bare, name)

    def get_search_fields(self) -> list[Any]:
        return [_cutting(field) for field in self.bare.get_search_fields()]


def _bare(obj: Any) -> Any:
    return obj.bare if isinstance(obj, InWords) else obj


def _in_words(query: Any, shape: Shape) -> Any:
    """The query with its texts in words; "" when none are left, which Wagtail answers with nothing."""
    if isinstance(query, str):
        return shape(query)
    own = copy.copy(query)
    if isinstance(query, PlainText | Phrase | Fuzzy):
        # A phrase needs each of its words.
        own.query_string = (in_words if isinstance(query, Phrase) else shape)(query.query_string)
        return own if own.query_string else ""
    if isinstance(query, And | Or):
        own.subqueries = [part for part in (_in_words(each, shape) for each in query.subqueries) if part]
        return own if own.subqueries else ""
    if isinstance(query, Not | Boost):
        own.subquery = _in_words(query.subquery, shape)
        return own if own.subquery else ""
    return own


class IndexInWords:
    """Mixed into the index of whichever backend."""

    def add_items(self, model: Any, objs: Iterable[Any]) -> Any:
        return super().add_items(model, [InWords(obj) for obj in objs])  # type: ignore[misc]  # of the index this is mixed into


class AskedInWords:
    """Mixed into whichever backend."""

    def search(self, query: Any, *args: Any, **options: Any) -> Any:
        return super().search(_in_words(query, asked), *args, **options)  # type: ignore[misc]  # of the backend this is mixed into

    def autocomplete(self, query: Any, *args: Any, **options: Any) -> Any:
        return super().autocomplete(_in_words(query, asked_so_far), *args, **options)  # type: ignore[misc]  # as above


_taught: dict[type, type] = {}


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name Wagtail looks for
    """The backend of the database in use, taught Thai words."""
    backend = type(BackendOfTheDatabase(dict(params)))
    if backend not in _taught:
        index = type("ThaiIndex", (IndexInWords, backend.index_class), {})
        _taught[backend] = type("ThaiSearchBackend", (AskedInWords, backend), {"index_class": index})
    return _taught[backend](params)
