from collections.abc import Iterable

from kmportal.retrieval.readers import Readers
from kmportal.retrieval.results import Suggestion


def suggest(prefix: str, readers: Readers, *, kinds: Iterable[str] = (), limit: int = 8) -> list[Suggestion]:
    return []
