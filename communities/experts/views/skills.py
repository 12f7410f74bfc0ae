"""What I say of myself."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.experts.actions import skills as verbs
from communities.experts.forms.skills import LeavingForm, SkillForm
from communities.experts.models import Leaving, Skill
from communities.experts.views.ground import me, page, sent, step, tried, writing, written


@writing
def skills(request: HttpRequest) -> HttpResponse:
    """My lines, one more, and when I leave."""
    user = me(request)
    mine = Leaving.objects.visible_to(user).filter(owner=user).first()
    form = SkillForm(sent(request, "add"))
    leaving = LeavingForm(sent(request, "leave"), prefix="l", initial={"on": mine.on if mine else None})
    if form.is_bound and written(form, lambda: verbs.add_skill(actor=user, **form.cleaned_data)):
        messages.success(request, _("It stands on your page now."))
        return redirect("experts:skills")
    if leaving.is_bound and written(leaving, lambda: verbs.declare_leaving(actor=user, on=leaving.cleaned_data["on"])):
        messages.success(request, _("Saved."))
        return redirect("experts:skills")
    lines = Skill.objects.visible_to(user).filter(owner=user)
    return page(request, "skills.html", form=form, leaving=leaving, skills=lines)


@step
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    user = me(request)
    skill = Skill.objects.visible_to(user).filter(pk=pk, owner=user).first()
    if skill is None:
        raise Http404
    tried(request, lambda: verbs.remove_skill(actor=user, skill=skill), said=_("Taken away."))
    return redirect("experts:skills")
