"""Small corpora for the tests of the engine: texts that somebody could have written, each an object of its own."""

from collections.abc import Iterable
from datetime import date

from kmportal.retrieval import scratch
from kmportal.retrieval.actions.rebuilding import settle_counts
from kmportal.retrieval.engine import find
from kmportal.retrieval.models import Circle, Passage, SynonymGroup, Term
from kmportal.retrieval.readers import Readers
from kmportal.retrieval.sources import Text

ANYBODY = Readers()


def empty() -> None:
    """Nothing to find: what the start-up data put into the index goes."""
    for model in (Passage, Term, Circle, SynonymGroup):
        model.objects.all().delete()


def text(title: str, body: str = "", **more: object) -> Text:
    return Text(title, body, "/there/", **{"audience": "public", **more})  # type: ignore[arg-type]  # fields of Text by name


def fill(texts: Iterable[Text], kind: str = "lesson", first: int = 1) -> None:
    """Index these texts as things 1, 2, 3 …"""
    scratch.load(enumerate(texts, first), kind)


def titles(query: str, readers: Readers = ANYBODY, **more: object) -> list[str]:
    return [hit.title for hit in find(query, readers, **more).hits]  # type: ignore[arg-type]  # arguments of find by name


def day(year: int, month: int = 1) -> date:
    return date(year, month, 1)


def recount() -> None:
    """Counts anew from the passages, after a test moved some behind the engine's back."""
    settle_counts()
