"""The rules of points in the CMS: what each says now, what it will say, what it said; and the form that writes the next version."""

from datetime import datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from rewards import offers
from rewards.actions.ruling import RuleError, Terms, change_rule
from rewards.forms import RuleForm
from rewards.models import Rule, RuleVersion
from rewards.permissions import can_change_rules


def _require(request: HttpRequest) -> None:
    if not can_change_rules(request.user):
        raise PermissionDenied


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule as it holds now. Three queries."""
    _require(request)
    now = timezone.now()
    holding = RuleVersion.objects.holding_at(now).select_related("rule").order_by("rule")
    later = set(RuleVersion.objects.to_come(now).values_list("rule", flat=True))
    is_open = {reason.value for reason in offers.now()}
    rows = [(version, version.rule_id in later, version.rule.code in is_open) for version in holding]
    return render(request, "rewards/cms/rules.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: its versions, and the form of the next."""
    _require(request)
    shown = get_object_or_404(Rule, code=code)
    now = timezone.now()
    holding = shown.versions.holding_at(now).first()
    form = RuleForm(request.POST or None, initial=_initial(holding))
    if form.is_valid() and _changed(request, shown, form, now):
        return redirect("rewards_rule", code)
    versions = shown.versions.select_related("changed_by").order_by("-number")
    return render(
        request, "rewards/cms/rule.html", {"rule": shown, "holding": holding, "versions": versions, "form": form, "now": now}
    )


def _initial(holding: RuleVersion | None) -> dict[str, Any]:
    return {name: getattr(holding, name) for name in Terms.__dataclass_fields__} if holding else {}


def _changed(request: HttpRequest, shown: Rule, form: RuleForm, now: datetime) -> bool:
    """Whether it was; a refusal is said on the form."""
    day = form.cleaned_data["effective_on"]
    begins = timezone.make_aware(datetime.combine(day, time())) if day and day != timezone.localdate(now) else None
    actor: Any = request.user
    try:
        change_rule(actor=actor, rule=shown, terms=form.terms(), effective_from=begins, note=form.cleaned_data["note"], at=now)
    except RuleError as error:
        form.add_error(None, error.words)
        return False
    messages.success(request, _("The rule is changed. What was given before stays as it was."))
    return True
