"""Pointers that no foreign key shows: choosers inside streams, and everything inside the newest draft of a page.

They are followed by the definitions of blocks and fields, never by guessing from names.
"""

import json
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.blocks import Block, ChooserBlock, ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import ReferenceIndex, Revision, RevisionMixin

Model = type[models.Model]


def rewrite_streams(target: Model, old: Any, new: Any) -> int:
    """Replaces `old` by `new` wherever a stored stream chose that object of `target`. Returns the number of rows changed."""
    count = 0
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, StreamField) and _can_hold(field.stream_block, target):
                count += sum(_rewrite_row(row, field, target, old, new) for row in model._base_manager.iterator(chunk_size=50))
    return count


def _rewrite_row(row: Any, field: Any, target: Model, old: Any, new: Any) -> bool:
    data = json.loads(json.dumps(getattr(row, field.name).get_prep_value()))
    if not _rewrite_value(field.stream_block, data, target, old, new):
        return False
    type(row)._base_manager.filter(pk=row.pk).update(**{field.name: field.to_python(json.dumps(data))})
    return True


def rewrite_drafts(target: Model, old: Any, new: Any) -> int:
    """The same in the newest revision of each page: what an editor opens, a reviewer approves and the clock publishes."""
    count = 0
    for model in apps.get_models():
        if not issubclass(model, RevisionMixin) or not _points_to(model, target):
            continue
        newest = model._base_manager.exclude(latest_revision=None).values("latest_revision")
        for revision in Revision.objects.filter(pk__in=newest).iterator(chunk_size=50):
            if _rewrite_fields(model, revision.content, target, old, new):
                Revision.objects.filter(pk=revision.pk).update(content=revision.content)
                count += 1
    return count


def rewrite_index(target: Model, old: Any, new: Any) -> None:
    """Wagtail's own list of what uses what, which the CMS shows before something is deleted."""
    kind = ContentType.objects.get_for_model(target)
    for row in ReferenceIndex.objects.filter(to_content_type=kind, to_object_id=str(old)):
        try:
            with transaction.atomic():
                ReferenceIndex.objects.filter(pk=row.pk).update(to_object_id=str(new))
        except IntegrityError:
            row.delete()


def _child_relations(model: Any) -> list[Any]:
    return list(get_all_child_relations(model)) if issubclass(model, ClusterableModel) else []


def _points_to(model: Model, target: Model) -> bool:
    parts = [model, *(relation.related_model for relation in _child_relations(model))]
    fields = [field for part in parts for field in (*part._meta.concrete_fields, *part._meta.many_to_many)]
    return any(
        field.related_model is target or (isinstance(field, StreamField) and _can_hold(field.stream_block, target))
        for field in fields
    )


def _rewrite_fields(model: Any, content: dict[str, Any], target: Model, old: Any, new: Any) -> bool:
    """A serialised object: its foreign keys, its streams, and the child objects that it carries along."""
    changed = False
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        if field.name not in content:
            continue
        if isinstance(field, StreamField):
            data = json.loads(content[field.name] or "[]")
            if _rewrite_value(field.stream_block, data, target, old, new):
                content[field.name] = json.dumps(data)
                changed = True
        elif field.related_model is target:
            changed |= _replace(content, field.name, old, new)
    for relation in _child_relations(model):
        children = content.get(relation.get_accessor_name()) or []
        rewritten = [_rewrite_fields(relation.related_model, child, target, old, new) for child in children]
        if any(rewritten):
            content[relation.get_accessor_name()] = _once(children)
            changed = True
    return changed


def _once(children: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Two credits of the same part that now name the same person are one."""
    known: dict[str, dict[str, Any]] = {}
    for child in children:
        said = {name: value for name, value in child.items() if name not in {"pk", "id", "sort_order"}}
        known.setdefault(json.dumps(said, sort_keys=True), child)
    return list(known.values())


def _replace(holder: Any, place: Any, old: Any, new: Any) -> bool:
    """One pointer, or a list of them (many to many)."""
    value = holder[place]
    if isinstance(value, list) and old in value:
        holder[place] = list(dict.fromkeys(new if one == old else one for one in value))
        return True
    if value != old:
        return False
    holder[place] = new
    return True


def _children(block: Block) -> list[Block]:
    if isinstance(block, (StreamBlock, StructBlock)):
        return list(block.child_blocks.values())
    return [block.child_block] if isinstance(block, ListBlock) else []


def _can_hold(block: Block, target: Model) -> bool:
    if isinstance(block, ChooserBlock):
        return bool(block.target_model is target)
    return any(_can_hold(child, target) for child in _children(block))


def _rewrite_value(block: Block, value: Any, target: Model, old: Any, new: Any) -> bool:
    """Walks the value as the block defines it and replaces in place. True where something changed."""
    if not value or not _can_hold(block, target):
        return False
    changed = False
    for child, holder, place in _places(block, value):
        if isinstance(child, ChooserBlock):
            changed |= _replace(holder, place, old, new)
        else:
            changed |= _rewrite_value(child, holder[place], target, old, new)
    if changed and isinstance(block, ListBlock):
        value[:] = _without_doubles(block, value, target, new)
    return changed


def _without_doubles(block: ListBlock, value: list[Any], target: Model, new: Any) -> list[Any]:
    """A list that named both (two speakers of a talk) names the one that stays once."""
    kept, named = [], False
    for child, holder, place in _places(block, value):
        inside = [(child, holder, place)] if isinstance(child, ChooserBlock) else _places(child, holder[place])
        points = any(isinstance(one, ChooserBlock) and one.target_model is target and box[key] == new for one, box, key in inside)
        if not (points and named):
            kept.append(holder[place] if holder is value else holder)
        named = named or points
    return kept


def _places(block: Block, value: Any) -> list[tuple[Block, Any, Any]]:
    """(block, container, key) of every value directly inside this one. A list holds {'type': 'item', 'value': …} or bare values."""
    if isinstance(block, StructBlock):
        return [(child, value, name) for name, child in block.child_blocks.items() if name in value]
    if isinstance(block, StreamBlock):
        return [(block.child_blocks[part["type"]], part, "value") for part in value if part["type"] in block.child_blocks]
    if isinstance(block, ListBlock):
        wrapped = [isinstance(part, dict) and part.get("type") == "item" for part in value]
        return [
            (block.child_block, value[n], "value") if whole else (block.child_block, value, n) for n, whole in enumerate(wrapped)
        ]
    return []
