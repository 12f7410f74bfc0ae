"""From a text to the row that stands in the index, and what the row adds to the counts. Writes nothing."""

import hashlib
from dataclasses import astuple, dataclass

from django.utils import timezone

from kmportal.retrieval.analysis import ANALYSIS, folded, grams, words
from kmportal.retrieval.models import Passage, PassageTag
from kmportal.retrieval.sources import Text

# What a passage may hold in all: a source that forgot to cut its text costs no more than this.
TITLE, NAMES, BODY = 500, 2_000, 8_000


@dataclass(frozen=True)
class Lengths:
    """How many words a passage has, by field: what its Circle sums up."""

    title: int
    names: int
    body: int


def prepare(kind: str, content_type_id: int, object_id: int, chunk: int, text: Text) -> Passage:
    """The unsaved row of one passage. Its tags are `tags(row, text)`, to be saved after it."""
    title, place = _plain(text.title)[:TITLE], _plain(text.place)[:TITLE]
    names, body = _plain(text.names)[:NAMES], _plain(text.body)[:BODY]
    return Passage(
        content_type_id=content_type_id,
        object_id=object_id,
        chunk=chunk,
        kind=kind,
        audience=text.audience,
        title=title,
        place=place,
        names=names,
        body=body,
        url=text.url,
        dated=text.dated,
        quality=text.quality,
        title_words=" ".join(words(title)),
        names_words=" ".join(words(names)),
        body_words=" ".join(words(f"{place}\n{body}")),
        title_folded=folded(title),
        body_folded=folded(f"{names}\n{place}\n{body}"),
        digest=digest(text),
        changed=timezone.now(),
    )


def tags(passage: Passage, text: Text) -> list[PassageTag]:
    """The unsaved tags of a saved passage."""
    return [PassageTag(passage=passage, name=name, value=value) for name, value in sorted(text.tags)]


def terms(passage: Passage) -> tuple[set[str], set[str]]:
    """(words, grams) that the passage contains, each once: what it adds to the Terms of its audience."""
    found = set(passage.title_words.split()) | set(passage.names_words.split()) | set(passage.body_words.split())
    return found, set(grams(passage.title_folded)) | set(grams(passage.body_folded))


def lengths(passage: Passage) -> Lengths:
    return Lengths(len(passage.title_words.split()), len(passage.names_words.split()), len(passage.body_words.split()))


def digest(text: Text) -> str:
    """Of everything that the row is made of, and of the analysis that makes it."""
    whole = repr((ANALYSIS, sorted(text.tags), *astuple(text)[:6], text.dated, text.quality))
    return hashlib.blake2b(whole.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _plain(text: str) -> str:
    """Without what databases refuse: NUL, and halves of characters."""
    return text.replace("\0", "").encode(errors="ignore").decode()
