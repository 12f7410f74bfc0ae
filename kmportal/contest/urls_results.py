"""The popular vote, results, gallery, certificates."""

from django.urls import path, re_path

from kmportal.contest.views import certificates, gallery, organising, results, vote
from kmportal.core import keys  # noqa: F401 - makes the converter "key" known

ONE = "<slug:slug>/"
CODE = r"(?P<code>[A-Z0-9]{12})"

urlpatterns = [
    path("gallery/", gallery.gallery, name="gallery"),
    path("verify/", certificates.ask, name="verify_ask"),
    re_path(rf"^verify/{CODE}/$", certificates.verify, name="verify"),
    re_path(rf"^certificates/{CODE}\.pdf$", certificates.sheet, name="certificate"),
    path(f"{ONE}vote/", vote.ballot, name="vote"),
    path(f"{ONE}vote/<key:pk>/", vote.cast, name="cast"),
    path(f"{ONE}results/", results.current, name="results"),
    path(f"{ONE}results/<key:number>/", results.version, name="version"),
    path(f"{ONE}gallery/<key:pk>/", gallery.shown, name="shown"),
    path(f"{ONE}gallery/<key:pk>/applied/", gallery.applied, name="applied"),
    path(f"{ONE}gallery/<key:pk>/lesson/", gallery.teach, name="teach"),
    path(f"{ONE}publishing/", organising.desk, name="publishing"),
    path(f"{ONE}publishing/<key:number>/", organising.preview, name="preview"),
    path(f"{ONE}publishing/<key:number>/now/", organising.publish, name="publish"),
    path(f"{ONE}publishing/<key:number>/at/", organising.schedule, name="schedule"),
    path(f"{ONE}votes/", organising.patterns, name="patterns"),
    path(f"{ONE}votes/<key:pk>/", organising.decide_pattern, name="decide_pattern"),
    path(f"{ONE}applied/", organising.reports, name="reports"),
    path(f"{ONE}applied/<key:pk>/", organising.decide_report, name="decide_report"),
    path(f"{ONE}press/", organising.press, name="press"),
    re_path(r"^(?P<slug>[-\w]{1,60})/press\.(?P<form>csv|txt)$", organising.press_file, name="press_file"),
    re_path(r"^(?P<slug>[-\w]{1,60})/figures-(?P<number>[0-9]{1,4})\.zip$", organising.figures, name="figures"),
    path(f"{ONE}book/", organising.book, name="book"),
]
