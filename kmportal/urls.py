"""The address book: one include per app; machine addresses carry no language, pages for people do (/en/…), Wagtail comes last."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from communities.commons.views import calendars
from kmportal.library.api import router as api
from kmportal.library.cms_words import cms_words
from kmportal.library.sitemaps import SITEMAPS
from kmportal.library.views import cabinet, machines
from kmportal.people import oidc
from kmportal.search import api as search_api

urlpatterns = [
    path("", include("kmportal.core.urls")),
    path("accounts/oidc/<slug:provider_id>/login/callback/", oidc.callback, name="oidc_callback"),
    path("cms/login/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="cms_login"),
    path("cms/jsi18n/", cms_words, name="cms_words"),
    path("cms/", include(wagtailadmin_urls)),
    path("api/v1/search", search_api.search, name="search_api"),
    path("api/v1/search/", search_api.search),
    path("api/v1/", api.urls),
    path("pictures/", include("kmportal.pictures.urls")),
    path("calendar/<slug:token>.ics", calendars.feed, name="calendar_feed"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", machines.robots),
    # Under Wagtail's own name, because rich text links to it; the answer is ours.
    re_path(r"^documents/(?P<pk>\d{1,18})/(?P<name>[^/]+)$", cabinet.download, name="wagtaildocs_serve"),
    *i18n_patterns(
        path("accounts/", include("allauth.urls")),
        path("", include("kmportal.people.urls")),
        path("", include("kmportal.inbox.urls")),
        path("", include("kmportal.moderation.urls")),
        path("", include("rewards.urls")),
        path("", include("communities.urls")),
        path("", include("communities.commons.urls")),
        path("", include("communities.circles.urls")),
        path("", include("qa.urls")),
        path("", include("communities.talk.urls")),
        path("", include("communities.harvest.urls")),
        path("", include("communities.experts.urls")),
        path("", include("communities.interviews.urls")),
        path("contests/", include("kmportal.contest.urls")),
        path("imports/", include("kmportal.library.urls_imports")),
        path("", include("kmportal.search.urls")),
        path("", include("kmportal.library.urls")),
        path("", include("kmportal.library.urls_pages")),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

handler500 = "kmportal.core.errors.server_error"
