"""Addresses of communities: /communities/ and the base of each space. Parts have address books of their own below the same slug."""

from django.urls import path

from communities.views import ending, joining, lists, members, settings, spaces
from kmportal.core import keys  # noqa: F401 - makes the converter "key" known

app_name = "communities"
SPACE = "communities/<slug:slug>"
urlpatterns = [
    path("communities/", lists.communities, name="list"),
    path("communities/new/", settings.new, name="new"),
    path("invitations/<str:token>/", joining.invited, name="invited"),
    path(f"{SPACE}/", spaces.space, name="space"),
    path(f"{SPACE}/join/", joining.join, name="join"),
    path(f"{SPACE}/ask/", joining.ask, name="ask"),
    path(f"{SPACE}/ask/withdraw/", joining.withdraw, name="withdraw"),
    path(f"{SPACE}/invitation/", joining.answer_invitation, name="answer_invitation"),
    path(f"{SPACE}/leave/", joining.leave, name="leave"),
    path(f"{SPACE}/me/", joining.myself, name="me"),
    path(f"{SPACE}/steps/", joining.step, name="step"),
    path(f"{SPACE}/lead/", joining.lead, name="lead"),
    path(f"{SPACE}/members/", members.members, name="members"),
    path(f"{SPACE}/members/<key:pk>/", members.member, name="member"),
    path(f"{SPACE}/members/<key:pk>/out/", members.put_out, name="put_out"),
    path(f"{SPACE}/settings/", settings.words, name="settings"),
    path(f"{SPACE}/parts/new/", settings.new_part, name="new_part"),
    path(f"{SPACE}/requests/", settings.requests, name="requests"),
    path(f"{SPACE}/requests/<key:pk>/", settings.decide, name="decide"),
    path(f"{SPACE}/invitations/", settings.invitations, name="invitations"),
    path(f"{SPACE}/invitations/<key:pk>/", settings.invitation, name="invitation"),
    path(f"{SPACE}/hand-over/", settings.hand_over, name="hand_over"),
    path(f"{SPACE}/hand-over/<key:pk>/", settings.answer_offer, name="answer_offer"),
    path(f"{SPACE}/health/", settings.health, name="health"),
    path(f"{SPACE}/end/", ending.renew, name="end"),
    path(f"{SPACE}/end/archive/", ending.archive, name="archive"),
    path(f"{SPACE}/end/restore/", ending.restore, name="restore"),
    path(f"{SPACE}/export/", ending.export, name="export"),
    path(f"{SPACE}/export/<key:pk>/", ending.export_file, name="export_file"),
    path(f"{SPACE}/export/<key:pk>/state/", ending.export_state, name="export_state"),
]
