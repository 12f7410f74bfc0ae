"""One's own points, and how points work."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kmportal.people.models import User
from rewards import csvfile, statement, terms
from rewards.actions.showing import set_showing
from rewards.forms import PeriodForm, ShowingForm
from rewards.periods import Period, half_of

PER_PAGE = 20


def _me(request: HttpRequest) -> User:
    """The signed-in account; login_required stands before every caller."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@login_required
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """The statement: two figures, what waits, and every row with its reason."""
    user = _me(request)
    form = PeriodForm(request.GET, since=statement.first_year(user))
    period = form.period(Period())
    form.show(period)
    page = Paginator(statement.transfers(user, period), PER_PAGE).get_page(request.GET.get("page"))
    context = {"figures": statement.figures(user), "page": page, "rows": statement.rows(user, page.object_list), "form": form}
    shows = ShowingForm(initial=statement.showing_of(user))
    return render(request, "rewards/statement.html", context | {"period": period, "showing": shows})


@login_required
@require_safe
def points_csv(request: HttpRequest) -> HttpResponse:
    """The same rows for a spreadsheet."""
    user = _me(request)
    period = PeriodForm(request.GET, since=statement.first_year(user)).period(Period())
    rows = statement.rows(user, statement.transfers(user, period).order_by("pk"))
    name = f"points-{timezone.localdate():%Y-%m-%d}.csv"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(csvfile.text(rows), content_type="text/csv; charset=utf-8", headers=disposition)


@login_required
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """What one gave in half a fiscal year, for paper."""
    user, today = _me(request), timezone.localdate()
    form = PeriodForm(request.GET, since=statement.first_year(user), halves=True)
    period = form.period(half_of(today))
    form.show(period)
    context = {"report": statement.report(user, period), "period": period, "form": form, "today": today}
    return render(request, "rewards/report.html", context | {"person": statement.person_of(user)})


@login_required
@require_POST
def showing(request: HttpRequest) -> HttpResponse:
    """What members may see of one's points."""
    form = ShowingForm(request.POST)
    if form.is_valid():
        set_showing(actor=_me(request), **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("rewards:statement")


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """What pays, with its limits, as the rules say today."""
    return render(request, "rewards/how.html", terms.in_force(timezone.now()))
