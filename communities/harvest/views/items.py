"""What is to be done next, out of a lesson in the making: somebody owns it, by a date."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from communities.commons.actions.ground import CommonsError
from communities.commons.actions.items import add_action
from communities.commons.forms.items import ItemForm
from communities.harvest.fields import Field
from communities.harvest.views.ground import draft_for, member
from communities.space import inside


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def to_do(request: HttpRequest, slug: str, pk: int, statement: int) -> HttpResponse:
    """A statement of the field "what is to be done next" becomes an item with owner and date."""
    space, draft = inside(member(request), slug), draft_for(request.user, slug, pk)
    said = get_object_or_404(draft.statements.standing(), pk=statement, field=Field.ACTION)
    form = ItemForm(request.POST or None, community=space.community, initial={"text": said.text[:300]})
    if form.is_valid():
        try:
            add_action(actor=space.user, community=space.community, source=draft, **form.cleaned_data)
            messages.success(request, _("Given. Whoever owns it has been told."))
            return redirect(draft)
        except CommonsError as problem:
            form.add_error(None, str(problem.words))
    shown = {"space": space, "draft": draft, "form": form, "said": said}
    return render(request, "harvest/to_do.html", shown, status=422 if form.is_bound else 200)
