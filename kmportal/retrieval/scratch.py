"""A database of its own for a corpus that is measured. It writes rows in bulk, which no part of the running site does."""

import atexit
import importlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from kmportal.retrieval import engine, importer, rows, semantic
from kmportal.retrieval.actions.tallies import Tally
from kmportal.retrieval.models import Circle, Passage, PassageTag, SynonymGroup, Term
from kmportal.retrieval.readers import Readers
from kmportal.retrieval.sources import Text

KIND = "text"
_BATCH = 500
_TABLES = (ContentType, Passage, PassageTag, Term, Circle, SynonymGroup)


class Scratch:
    """The tables of the index with one corpus in them, and nothing else."""

    def __init__(self, docs: list[dict[str, str]]) -> None:
        self._opened = self._on_postgres() if connection.vendor == "postgresql" else self._on_sqlite()
        self._use()
        fulltext = importlib.import_module("kmportal.retrieval.migrations.0002_fulltext")
        with connection.schema_editor() as editor:
            for model in _TABLES:
                editor.create_model(model)
            fulltext.create(apps, editor)
        self.ids = [doc["id"] for doc in docs]
        importer.load_synonyms()
        load((number, Text(doc["title"], doc["body"], "", "public")) for number, doc in enumerate(docs))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def search(self, query: str, limit: int) -> list[tuple[str, float]]:
        """The ids of the best documents with their scores."""
        self._use()
        found = engine.find(query, Readers(), limit=limit)
        return [(self.ids[hit.object_id], hit.score) for hit in found.hits]

    def size(self) -> int:
        """Bytes on the disk."""
        self._use()
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relname LIKE 'retrieval%' AND relkind = 'r'"
                )
            else:
                cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
            return int(cursor.fetchone()[0])

    def _on_sqlite(self) -> dict[str, Any]:
        folder = Path(tempfile.mkdtemp(prefix="km-search-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return {"NAME": folder / "scratch.sqlite3"}

    def _on_postgres(self) -> dict[str, Any]:
        name = f"km_search_{os.getpid()}_{id(self)}"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
        atexit.register(_drop, name)
        return {"NAME": name}

    def _use(self) -> None:
        """Point the process at this corpus; several may have been made one after the other."""
        if any(connection.settings_dict.get(name) != value for name, value in self._opened.items()):
            connection.close()
            connection.settings_dict.update(self._opened)
            ContentType.objects.clear_cache()


def _drop(name: str) -> None:
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def load(texts: Iterable[tuple[int, Text]], kind: str = KIND) -> None:
    """Index texts, each an object of one passage, into the database in use. Adds; does not look for what is there."""
    content_type = ContentType.objects.get_or_create(app_label="retrieval", model=kind)[0]
    pending = iter(texts)
    with transaction.atomic():
        while batch := list(islice(pending, _BATCH)):
            made = [rows.prepare(kind, content_type.pk, number, 0, text) for number, text in batch]
            if semantic.is_on():
                for passage, vector in zip(made, semantic.vectors(made), strict=True):
                    passage.vector = vector
            Passage.objects.bulk_create(made)
            tagged = zip(made, batch, strict=True)
            PassageTag.objects.bulk_create(tag for passage, (_, text) in tagged for tag in rows.tags(passage, text))
            tally = Tally()
            tally.add(made)
            tally.write()
