"""Addresses of who knows what. The link of a mail needs no account: whoever holds it is whom the mail was written to."""

from django.urls import path, re_path

from communities.experts.views import agreeing, consulting, duties, finding, offering, skills
from kmportal.core import keys  # noqa: F401 - makes the converter "key" known

app_name = "experts"
urlpatterns = [
    path("experts/", finding.experts, name="list"),
    path("me/skills/", skills.skills, name="skills"),
    path("me/skills/<key:pk>/remove/", skills.remove, name="skill_remove"),
    path("me/offer/", offering.offer, name="offer"),
    path("me/offer/<slug:verb>/", offering.change, name="offer_change"),
    re_path(r"^agreements/(?P<secret>[\w-]{43})/$", agreeing.by_link, name="by_link"),
    path("agreements/<key:pk>/", agreeing.own, name="agreement"),
    path("people/<slug:handle>/consult/", consulting.ask, name="ask"),
    path("consultations/", consulting.consultations, name="consultations"),
    path("consultations/<key:pk>/", consulting.consultation, name="consultation"),
    path("consultations/<key:pk>/outcome/", consulting.outcome, name="outcome"),
    path("consultations/<key:pk>/confirm/", consulting.confirm, name="confirm"),
    path("consultations/<key:pk>/lesson/", consulting.lesson, name="lesson"),
    path("consultations/<key:pk>/draft/", consulting.draft, name="draft"),
    path("consultations/<key:pk>/propose/", consulting.propose, name="propose"),
    path("consultations/<key:pk>/<slug:verb>/", consulting.change, name="change"),
    path("me/duties/", duties.duties, name="duties"),
    path("me/duties/new/", duties.new, name="duty_new"),
    path("me/duties/kit/", duties.kit, name="kit"),
    path("me/away/<key:pk>/remove/", duties.back, name="back"),
    path("duties/<key:pk>/", duties.duty, name="duty"),
    path("duties/<key:pk>/edit/", duties.edit, name="duty_edit"),
    path("duties/<key:pk>/remove/", duties.remove, name="duty_remove"),
    path("duties/<key:pk>/answer/", duties.answer, name="duty_answer"),
]
