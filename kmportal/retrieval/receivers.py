"""Rows that are saved or deleted take their passages along, in the same transaction (docs/decisions/0017).

Connected for models that an app has declared, and for no others. What is written past `save` and `delete` (bulk writes, links of many
to many) is no signal's business: the verb that does it calls `actions.index` at its end.
"""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save, pre_delete

from kmportal.retrieval import actions
from kmportal.retrieval.sources import Source


def saved(sender: type[Model], instance: Model, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    """Raw rows come from a dump, not yet whole; `rebuild_search` follows a dump."""
    if raw:
        return
    actions.index([instance])
    if not created:
        actions.renamed(sender, [instance.pk])


def going(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Before the deletion, while it can still be asked who stands on the row; both happen or neither."""
    actions.forget(sender, [instance.pk])
    actions.renamed(sender, [instance.pk])


def connect(source: Source) -> None:
    """Follows the source's model, the tables it inherits (Wagtail moves a lesson as a plain `Page`), and what its texts name."""
    for model in (source.model, *source.model._meta.get_parent_list(), *source.stands_on, *source.repeats):
        post_save.connect(saved, sender=model, dispatch_uid="retrieval.saved")
        pre_delete.connect(going, sender=model, dispatch_uid="retrieval.going")
