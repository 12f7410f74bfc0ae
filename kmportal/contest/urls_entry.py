"""The list, a contest's page, setting up, entering."""

from django.urls import path

from kmportal.contest.views import contests, entry, parts_of_entry, screening, setup
from kmportal.core import keys  # noqa: F401 - makes the converter "key" known

ONE, SETUP, ENTRY = "<slug:slug>/", "<slug:slug>/setup/", "<slug:slug>/entries/<key:pk>/"

urlpatterns = [
    path("", contests.contests, name="list"),
    path("desk/", contests.desk, name="desk"),
    path("mine/", entry.mine, name="mine"),
    path("new/", setup.new, name="new"),
    path(ONE, contests.contest, name="contest"),
    path(f"{ONE}rules/", contests.rules, name="rules"),
    path(f"{ONE}enter/", entry.enter, name="enter"),
    path(f"{ONE}screening/", screening.entries, name="screening"),
    path(f"{ONE}screening/<key:pk>/", screening.decide, name="screen"),
    path(SETUP, setup.overview, name="setup"),
    path(f"{SETUP}words/", setup.words, name="setup_words"),
    path(f"{SETUP}dates/", setup.dates, name="setup_dates"),
    path(f"{SETUP}entering/", setup.entering, name="setup_entering"),
    path(f"{SETUP}judging/", setup.judging, name="setup_judging"),
    path(f"{SETUP}organisers/", setup.organisers, name="setup_organisers"),
    path(f"{SETUP}announce/", setup.announce, name="announce"),
    path(f"{SETUP}call-off/", setup.call_off, name="call_off"),
    path(f"{SETUP}<slug:kind>/", setup.part_list, name="part_list"),
    path(f"{SETUP}<slug:kind>/new/", setup.part, name="new_part"),
    path(f"{SETUP}<slug:kind>/<key:pk>/", setup.part, name="part"),
    path(f"{SETUP}<slug:kind>/<key:pk>/remove/", setup.remove_part, name="remove_part"),
    path(ENTRY, entry.entry, name="entry"),
    path(f"{ENTRY}corner/", entry.step, {"name": "corner"}, name="corner"),
    path(f"{ENTRY}corner/keep/", entry.keep, {"name": "corner"}, name="keep_corner"),
    path(f"{ENTRY}lesson/", entry.step, {"name": "lesson"}, name="lesson"),
    path(f"{ENTRY}lesson/keep/", entry.keep, {"name": "lesson"}, name="keep_lesson"),
    path(f"{ENTRY}fill/", entry.fill, name="fill"),
    path(f"{ENTRY}pictures/", parts_of_entry.pictures, name="pictures"),
    path(f"{ENTRY}put-in/pictures/", parts_of_entry.put_in, {"kind": "pictures"}, name="put_in_pictures"),
    path(f"{ENTRY}put-in/files/", parts_of_entry.put_in, {"kind": "files"}, name="put_in_files"),
    path(f"{ENTRY}pictures/<key:number>/", parts_of_entry.picture, name="picture"),
    path(f"{ENTRY}files/<key:number>/", entry.file, name="file"),
    path(f"{ENTRY}files/<key:number>/remove/", parts_of_entry.remove_file, name="remove_file"),
    path(f"{ENTRY}team/", parts_of_entry.people, name="team"),
    path(f"{ENTRY}team/ask/<slug:handle>/", parts_of_entry.ask, name="ask"),
    path(f"{ENTRY}team/<key:number>/remove/", parts_of_entry.remove_person, name="remove_person"),
    path(f"{ENTRY}answer/", parts_of_entry.answer, name="answer"),
    path(f"{ENTRY}check/", entry.check, name="check"),
    path(f"{ENTRY}hand-in/", entry.hand_in, name="hand_in"),
    path(f"{ENTRY}withdraw/", entry.withdraw, name="withdraw"),
    path(f"{ENTRY}receipt/", entry.receipt, name="receipt"),
]
