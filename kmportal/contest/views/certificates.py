"""Certificates as PDF for those whose they are; by its code anybody learns whether a paper holds."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from kmportal.contest import certificate_pdf
from kmportal.contest.forms.results import CodeForm
from kmportal.contest.models import Certificate
from kmportal.contest.presenting.results import by_code
from kmportal.contest.views.ground import page
from kmportal.core.limits import allows

ASKS_A_MINUTE = 30


@login_required
@require_safe
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """/contests/certificates/<code>.pdf. One that was withdrawn is not printed any more."""
    rows = Certificate.objects.visible_to(request.user).standing().select_related("entry__contest__agency", "entry__agency")
    found = get_object_or_404(rows, code=code)
    address = settings.BASE_URL + found.get_absolute_url()
    name = f"certificate-{found.code}.pdf"
    answer = FileResponse(certificate_pdf.file(found, address=address), as_attachment=True, filename=name)
    answer["Cache-Control"] = "private, no-store"
    return answer  # type: ignore[return-value]  # a streaming response is a response to Django


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """/contests/verify/: where a code is typed in."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid() and by_code(form.cleaned_data["code"]) is not None:
        return redirect("contest:verify", form.cleaned_data["code"])
    return page(request, "verify_ask", form=form)


@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """/contests/verify/<code>/: what is certified, and whether it still holds. Names of people are shortened: the paper has them whole."""
    if not allows(request.META.get("REMOTE_ADDR", ""), "verify", ASKS_A_MINUTE):
        return render(request, "429.html", status=429)
    found = by_code(code)
    if found is None:
        return render(request, "contest/verify_none.html", {"code": code}, status=404)
    return page(request, "verify", certificate=found, contest=found.entry.contest, printed=_shortened(found))


def _shortened(certificate: Certificate) -> str:
    """Enough to compare with the paper, not enough to gather names."""
    if certificate.user_id is None:
        return certificate.printed
    return " ".join(f"{word[:2]}…" for word in certificate.printed.split())
