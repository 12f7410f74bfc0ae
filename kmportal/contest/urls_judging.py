"""Appointing judges, giving entries to them, judging."""

from django.urls import path

from kmportal.contest.views import judge, panel
from kmportal.core import keys  # noqa: F401 - makes the converter "key" known

urlpatterns = [
    path("<slug:slug>/judge/", judge.judge, name="judge"),
    path("<slug:slug>/judge/calibration/", judge.compared, name="compared"),
    path("<slug:slug>/judge/<key:number>/", judge.sheet, name="sheet"),
    path("<slug:slug>/judge/<key:number>/aside/", judge.aside, name="aside"),
    path("<slug:slug>/judge/<key:number>/files/<key:place>/", judge.file, name="judge_file"),
    path("<slug:slug>/judge/<key:number>/photos/<key:place>/", judge.photo, {"size": "small"}, name="judge_photo"),
    path("<slug:slug>/judge/<key:number>/photos/<key:place>/large/", judge.photo, {"size": "large"}, name="judge_photo_large"),
    path("<slug:slug>/panel/", panel.panel, name="panel"),
    path("<slug:slug>/panel/names/", panel.names, name="panel_names"),
    path("<slug:slug>/panel/appoint/<slug:handle>/", panel.appoint, name="panel_appoint"),
    path("<slug:slug>/panel/judges/<key:judge>/release/", panel.release, name="panel_release"),
    path("<slug:slug>/panel/draw/", panel.draw, name="panel_draw"),
    path("<slug:slug>/panel/fill/", panel.fill_up, name="panel_fill"),
    path("<slug:slug>/panel/give/", panel.give, name="panel_give"),
    path("<slug:slug>/panel/conflict/", panel.bar, name="panel_bar"),
    path("<slug:slug>/panel/calibration/", panel.calibration, name="panel_calibration"),
    path("<slug:slug>/panel/compare/", panel.compare, name="panel_compare"),
    path("<slug:slug>/panel/sheets/<key:sheet>/take/", panel.take_back, name="panel_take"),
    path("<slug:slug>/panel/sheets/<key:sheet>/return/", panel.give_back, name="panel_return"),
    path("<slug:slug>/panel/close/", panel.close, name="panel_close"),
    path("<slug:slug>/draw/", panel.shown_draw, name="shown_draw"),
]
