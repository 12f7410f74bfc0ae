"""Words of cases in templates, from the codes that notices and rows keep."""

from typing import Any

from django import template

from kmportal.moderation import kinds
from kmportal.moderation.kinds import Kind, Outcome

register = template.Library()


def _outcome(data: Any) -> Outcome | None:
    try:
        kind: Kind = kinds.kind_of(data["kind"])
        return kind.outcome(data["outcome"])
    except (KeyError, TypeError):
        return None


@register.filter
def outcome_told(data: Any) -> Any:
    """`{{ data|outcome_told }}`: the sentence of what was decided."""
    found = _outcome(data)
    return found.told or found.label if found else ""


@register.filter
def ready_reason(data: Any) -> Any:
    """`{{ data|ready_reason }}`: the ready-made reason in the reader's language; empty where there was none."""
    found = _outcome(data)
    return next((one.text for one in found.reasons if one.code == data.get("ready")), "") if found else ""


@register.filter
def sort_of_report(data: Any) -> Any:
    """`{{ data|sort_of_report }}`: what kind of report a notice is about."""
    try:
        return kinds.kind_of(data["kind"]).sorts.get(data.get("sort", ""), "")
    except (KeyError, TypeError):
        return ""
