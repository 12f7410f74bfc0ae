"""The boards of a quarter, on a page and as a file for coordinators."""

import csv
import io

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kmportal.core.spreadsheet import harmless_text
from rewards import board_pages, statement
from rewards.board_pages import Board
from rewards.csvfile import MARK
from rewards.forms import PeriodForm
from rewards.periods import Period, quarter_of
from rewards.permissions import can_take_boards


def _period(request: HttpRequest) -> tuple[PeriodForm, Period]:
    form = PeriodForm(request.GET, since=statement.first_year_of_all())
    period = form.period(quarter_of(timezone.localdate()))
    form.show(period)
    return form, period


@login_required
@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """/boards/?board=agencies&year=2570&part=q1: this quarter's by default."""
    form, period = _period(request)
    shown = {"board": board_pages.board(request, period), "form": form, "may_take": can_take_boards(request.user)}
    return render(request, "rewards/boards.html", shown)


@login_required
@require_safe
def boards_csv(request: HttpRequest) -> HttpResponse:
    """The whole board for a spreadsheet."""
    if not can_take_boards(request.user):
        raise PermissionDenied
    _form, period = _period(request)
    board = board_pages.board(request, period, everything=True)
    name = f"board-{board.code}-{period.year or 'all'}{period.part}.csv"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(_text(board), content_type="text/csv; charset=utf-8", headers=disposition)


def _text(board: Board) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    figure = _("Reputation per head") if board.per_head else _("Reputation")
    writer.writerow([_("Place"), _("Name"), _("Agency"), figure, _("Confirmed by people"), _("of agencies")])
    for line in board.lines:
        entry = line.entry
        score = entry.score if board.per_head else int(entry.score)
        behind = ["", ""] if board.per_head else [entry.people, entry.offices]
        writer.writerow([entry.place, harmless_text(line.name), harmless_text(line.note), score, *behind])
    return MARK + out.getvalue()
