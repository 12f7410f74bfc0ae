"""People to name by "@" in a text, and people to ask for an answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kmportal.core.limits import allows
from qa import mentionable
from qa.actions import routing
from qa.actions.ground import QaError
from qa.forms.routing import PersonForm, RequestSettingForm
from qa.models import AnswerRequest
from qa.views.ground import member as me
from qa.views.ground import question_for

LOOKS_A_MINUTE = 90


@login_required
@require_safe
def names(request: HttpRequest) -> HttpResponse:
    """?q=…, with ?question=12 or the circle chosen in a form: people who may read it, as JSON."""
    user = me(request)
    if not allows(f"member {user.pk}", "mention", LOOKS_A_MINUTE):
        return JsonResponse({"people": []}, status=429)
    found = mentionable.people(user, mentionable.circle_of(request.GET, user), request.GET.get("q", ""))
    people = [{"url": person.get_absolute_url(), "name": str(person), "note": mentionable.note(person)} for person in found]
    return JsonResponse({"people": people})


@login_required
@require_POST
def ask_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks somebody by name, then leads back to the question."""
    user, question = me(request), question_for(request.user, pk)
    form = PersonForm(request.POST, user=user)
    if not form.is_valid():
        raise Http404
    person = form.cleaned_data["person"]
    try:
        routing.ask_person(actor=user, question=question, person=person.user)
        messages.success(request, _("%(name)s has been asked.") % {"name": person})
    except QaError as problem:
        messages.error(request, str(problem.words))
    return redirect(question.get_absolute_url())


@login_required
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Cannot answer this one."""
    user = me(request)
    asked = get_object_or_404(AnswerRequest.objects.visible_to(user).filter(person=user).select_related("question"), pk=pk)
    routing.decline(actor=user, request=asked)
    messages.success(request, _("Thank you for saying so. The asker can bring the question to somebody else."))
    return redirect(asked.question.get_absolute_url())


@login_required
@require_POST
def request_setting(request: HttpRequest) -> HttpResponse:
    """Keeps whether and how often one may be asked."""
    form = RequestSettingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose how often you may be asked."))
        return redirect("people:profile")
    routing.set_requests(actor=me(request), **form.cleaned_data)
    messages.success(request, _("Your setting is saved."))
    return redirect("people:profile")
