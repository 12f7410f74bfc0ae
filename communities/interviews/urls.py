"""Addresses of interviews. The link of a mail needs no account: whoever holds it is whom the mail was written to."""

from collections.abc import Callable, Iterator

from django.urls import URLPattern, path, re_path

from communities.interviews.views import recordings, screens, spaces
from communities.interviews.views.ground import READ, View, at_link, at_own, at_space
from kmportal.core import keys  # noqa: F401 - makes the converter "key" known

app_name = "interviews"
# Name, rest of the address, view, methods: the same behind every door.
SCREENS: tuple[tuple[str, str, View, list[str]], ...] = (
    ("page", "", screens.page, READ),
    ("step", "step/", screens.step, ["POST"]),
    ("answer", "answers/<key:number>/", screens.answer, ["GET", "HEAD", "POST"]),
    ("listen", "recordings/<key:number>/", recordings.listen, ["GET", "HEAD", "POST"]),
    ("file", "recordings/<key:number>/sound/", recordings.file, READ),
    ("remove", "recordings/<key:number>/remove/", recordings.remove, ["GET", "HEAD", "POST"]),
    ("note_remove", "notes/<key:number>/remove/", recordings.note_remove, ["GET", "HEAD", "POST"]),
)
BY_LINK = r"^interview/(?P<secret>[\w-]{43})/"


def _behind(kind: str, start: str, door: Callable[..., View]) -> Iterator[URLPattern]:
    for name, rest, view, methods in SCREENS:
        if kind == "link":
            yield re_path(
                BY_LINK + rest.replace("<key:number>", r"(?P<number>[0-9]{1,9})") + "$", door(view, methods), name=f"link_{name}"
            )
        else:
            yield path(start + rest, door(view, methods), name=f"{kind}_{name}")


IN_SPACE = "communities/<slug:slug>/interviews/<key:pk>/"
urlpatterns = [
    path("communities/<slug:slug>/interviews/", spaces.listed, name="list"),
    path("communities/<slug:slug>/interviews/new/", spaces.new, name="new"),
    path(IN_SPACE + "plan/", at_space(spaces.plan), name="space_plan"),
    path(IN_SPACE + "questions/", at_space(spaces.questions), name="space_questions"),
    path(IN_SPACE + "recordings/", at_space(recordings.add), name="space_add"),
    path("interviews/", spaces.mine, name="mine"),
    re_path(BY_LINK + "renew/$", spaces.renew, name="renew"),
    *_behind("space", IN_SPACE, at_space),
    *_behind("own", "interviews/<key:pk>/", at_own),
    *_behind("link", "", at_link),
]
