"""The pages of the CMS by their own addresses: the same pattern as Wagtail's, which follows in kmportal.urls for reversing."""

from django.urls import re_path
from wagtail.urls import serve_pattern

from kmportal.library.views import pages

urlpatterns = [re_path(serve_pattern, pages.serve)]
