"""Moving everything that points to one row to another row, so that two rows of the same thing can become one.

Relations are found through the models, so an app above this floor is served without being known here.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import ManyToOneRel, OneToOneRel

from kmportal.people.actions import references


def move_everything(*, gone: models.Model, keep: models.Model) -> dict[str, int]:
    """Points every row, stream and newest draft at `keep` that pointed at `gone`. Runs inside the caller's transaction.

    Returns:
        How much was moved from where, for the log.
    """
    moved: Counter[str] = Counter()
    for table, column in _pointing_columns(type(gone)):
        moved[f"{table._meta.label}.{column}"] += _move_rows(table._base_manager.filter(**{column: gone}), column, keep)
    moved["streams"] = references.rewrite_streams(type(gone), gone.pk, keep.pk)
    moved["drafts"] = references.rewrite_drafts(type(gone), gone.pk, keep.pk)
    references.rewrite_index(type(gone), gone.pk, keep.pk)
    return {name: count for name, count in moved.items() if count}


def _pointing_columns(model: type[models.Model]) -> Iterator[tuple[Any, str]]:
    """(model, field) of every foreign key to `model`, the hidden ones of many-to-many tables included."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, (ManyToOneRel, OneToOneRel)):
            yield relation.related_model, relation.field.name


def _move_rows(rows: "models.QuerySet[Any]", column: str, keep: models.Model) -> int:
    """One by one: where `keep` has the same row already (a second credit, a shared topic), the double goes."""
    count = 0
    for row in list(rows):
        try:
            with transaction.atomic():
                type(row)._base_manager.filter(pk=row.pk).update(**{column: keep})
        except IntegrityError:
            row.delete()
        count += 1
    return count
