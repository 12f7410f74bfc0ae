"""An engine over a corpus of its own, by the portal's own code: real tables, real candidates, real ranking.

    python evaluate.py --factory kmportal.retrieval.factory:make

Called from outside it sets Django up. The corpus lives in a temporary SQLite file or, when KM_TEST_DATABASE_URL names a PostgreSQL
server, in a database of its own; both go when the process ends.
"""

import importlib
import os
from collections.abc import Callable

import django
from django.apps import apps

Search = Callable[[str, int], list[tuple[str, float]]]


def make(docs: list[dict[str, str]]) -> Search:
    """Indexes {"id", "title", "body"} documents that everybody may read; answers search(query, limit) -> [(id, score)], best first."""
    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kmportal.settings")
        os.environ.setdefault("KM_TESTING", "1")
        django.setup()
    # Models can be imported only now.
    scratch = importlib.import_module("kmportal.retrieval.scratch")
    corpus = scratch.Scratch(docs)
    return corpus.search
