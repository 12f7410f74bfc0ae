"""What those concerned read of a case: what was decided, why, and how to ask that somebody looks again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kmportal.moderation import presenting
from kmportal.moderation.actions import appealing
from kmportal.moderation.forms import AppealForm
from kmportal.moderation.models import Case
from kmportal.moderation.views.ground import done, member


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest, pk: int) -> HttpResponse:
    user = member(request)
    cases = Case.objects.about(user) if request.method == "POST" else Case.objects.concerning(user)
    case: Case = get_object_or_404(cases.exclude(state=Case.State.OPEN), pk=pk)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_bound and done(form, "words", lambda: appealing.appeal(actor=user, case=case, words=form.cleaned_data["words"])):
        messages.success(request, _("Sent. Another person looks at it and tells you."))
        return HttpResponseRedirect(request.path)
    shown = {"case": case, "form": form, "page": presenting.told(user, case)}
    return render(request, "moderation/told.html", shown, status=422 if form.is_bound else 200)
