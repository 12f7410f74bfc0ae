"""Thai for the scripts of the CMS: Wagtail sends them its own catalogue only, so ours is put over it."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language, gettext, ngettext
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

WORDS = (
    "(%(number)s new items in this menu)",
    "(1 new item in this menu)",
    "(New)",
    "%(time_zone_option)s: %(localized_time_zone_label)s",
    "A network error occurred.",
    "A server error occurred.",
    "Actions",
    "Add",
    "Add a comment",
    "Alt text",
    "Are you sure?",
    "Autosave in progress…",
    "Blocks",
    "Broken link",
    "Cancel",
    "Changes have been autosaved.",
    "Character count:",
    "Close",
    "Collapse all",
    "Comment",
    "Complex",
    "Dashboard",
    "Decorative image",
    "Delete",
    "Delete error",
    "Deleting",
    "Drag",
    "Duplicate",
    "Edit",
    "Edit '%(title)s'",
    "Enter your comments...",
    "Enter your reply...",
    "Error while sending preview data.",
    "Expand all",
    "Fair",
    "Focus comment",
    "Good",
    "Horizontal line",
    "Insert a block",
    "Line break",
    "Loading…",
    "Main menu",
    "Missing document",
    "More actions",
    "Move down",
    "Move up",
    "No",
    "No results",
    "Page",
    "Page explorer",
    "Pages",
    "Pin toolbar",
    "Preview",
    "Reload saved content",
    "Reload the page",
    "Reply",
    "Report this error to your website administrator with the following information:",
    "Resolve",
    "Retry",
    "Save",
    "Save error",
    "Saving...",
    "Search",
    "Search options…",
    "See all",
    "Server Error",
    "Settings",
    "Show error",
    "Show latest content",
    "Split block",
    "The editor just crashed. Content has been reset to the last saved version.",
    "The maximum number of items is %(max_num)d",
    "The minimum number of items is %(min_num)d",
    "This field is required.",
    "Toggle section",
    "Toggle side panel",
    "Toggle sidebar",
    "Unfocus comment",
    "Unpin toolbar",
    "View child pages of '%(title)s'",
    "Write something or type ‘/’ to insert a block",
    "Yes",
)  # fmt: skip
COUNTED = (
    ("%(num)s error", "%(num)s errors"),
    ("%(num)s min", "%(num)s mins"),
    ("%(num)s pixel", "%(num)s pixels"),
)


class CmsWords(JavaScriptCatalog):
    packages = ["wagtail.admin"]

    def get_catalog(self) -> dict[str, Any]:
        catalog: dict[str, Any] = super().get_catalog()
        if (get_language() or "").startswith("th"):
            catalog |= {word: gettext(word) for word in WORDS}
            catalog |= {one: [ngettext(one, many, 1)] for one, many in COUNTED}
        return catalog


_words = CmsWords.as_view()


def cms_words(request: HttpRequest) -> HttpResponseBase:
    """In the language of the account, like the rest of the CMS."""
    if not request.user.is_authenticated:
        return _words(request)
    return get_localized_response(_words, request)
