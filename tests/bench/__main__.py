"""Prints three tables: pages (CPU, queries, weight), what the bundles weigh, and seconds per imported file."""

import gzip
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kmportal.settings")
os.environ["KM_TESTING"] = "1"

import django

django.setup()

from django.conf import settings  # noqa: E402 - after Django is set up
from django.contrib.staticfiles import finders  # noqa: E402 - after Django is set up
from django.core.management import call_command, get_commands  # noqa: E402 - after Django is set up
from django.db import connection  # noqa: E402 - after Django is set up
from django.test import Client  # noqa: E402 - after Django is set up
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402 - after Django is set up

from kmportal.core import translations  # noqa: E402 - after Django is set up
from kmportal.library.importer import parse, read_source  # noqa: E402 - after Django is set up
from kmportal.library.models import KnowledgePage  # noqa: E402 - after Django is set up
from kmportal.people.models import User  # noqa: E402 - after Django is set up
from tests.database import ROOT, copies  # noqa: E402 - after Django is set up

ROUNDS = 15
FLOOR = "/bench/floor/"
PAGES = [
    "/",
    "/library/",
    "/library/?kind=obstacle",
    "/library/?q=ความรู้",
    "/pmqa/6/",
    "/search/?q=ความรู้",
    "/search/suggest/?q=ความ",
    "/agencies/",
    "/people/",
    "/cabinet/",
    "/accounts/login/",
]
MEMBERS_PAGES = ["/search/?q=ความรู้", "/inbox/", "/me/points/", "/me/", "/imports/", "/cms/"]
# Summaries to time the importer on: those of the demonstration, and more from outside the repository where there are any.
SUMMARIES = [ROOT / "kmportal" / "demo" / "files", ROOT.parent / "shared" / "seminars"]


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")


def cpu(client: Client, path: str) -> float:
    """The least CPU milliseconds of some visits."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        client.get(path)
        best = min(best, time.process_time() - began)
    return best * 1000


def weight(html: bytes) -> tuple[int, int]:
    """(bytes over the wire without fonts, requests) of a first visit: the page and what it links to, compressed."""
    total = len(gzip.compress(html))
    linked = re.findall(
        rb'<(?:link[^>]*rel="(?:stylesheet|modulepreload)"[^>]*href|script[^>]*src|img[^>]*src)="(/static/[^"]+)"', html
    )
    linked += re.findall(rb'<link[^>]*href="(/static/[^"]+\.css)"', html)
    for address in set(linked):
        found = finders.find(address.decode().removeprefix(settings.STATIC_URL))
        total += len(gzip.compress(Path(str(found)).read_bytes())) if found else 0
    return total, 1 + len(set(linked))


def knowledge() -> Iterator[str]:
    """The address of the longest published page of each kind."""
    seen: dict[str, Any] = {}
    for page in KnowledgePage.objects.filter(live=True, visibility="public").specific():
        kind = type(page).__name__
        if len(str(getattr(page, "body", ""))) >= len(str(getattr(seen.get(kind), "body", ""))):
            seen[kind] = page
    return (str(page.url) for page in seen.values())


def pages() -> None:
    visitor, member = Client(raise_request_exception=False), Client(raise_request_exception=False)
    member.force_login(User.objects.get(email__startswith="coordinator@"), backend=settings.AUTHENTICATION_BACKENDS[0])
    floor = cpu(visitor, FLOOR)
    say(f"{'page':44}{'as':>8}{'status':>8}{'queries':>9}{'CPU ms':>9}{'x floor':>9}{'KB gz':>8}{'requests':>10}")
    wanted = [(visitor, "visitor", path) for path in [FLOOR, *PAGES, *knowledge()]]
    wanted += [(member, "member", path) for path in [*PAGES[:3], *knowledge(), *MEMBERS_PAGES]]
    for client, who, path in wanted:
        client.get(path)
        with CaptureQueriesContext(connection) as caught:
            response = client.get(path)
        queries, spent = len(caught), cpu(client, path)
        size, requests = weight(response.content)
        say(
            f"{path[:43]:44}{who:>8}{response.status_code:>8}{queries:>9}{spent:>9.1f}{spent / floor:>9.1f}{size / 1024:>8.1f}{requests:>10}"
        )


def bundles() -> None:
    say(f"\n{'file':44}{'KB':>8}{'KB gz':>8}")
    for path in sorted((ROOT / "static" / "vendor").rglob("*")):
        if path.suffix in {".css", ".js", ".woff2"}:
            data = path.read_bytes()
            say(f"{path.relative_to(ROOT / 'static')!s:44}{len(data) / 1024:>8.1f}{len(gzip.compress(data)) / 1024:>8.1f}")


def imports() -> None:
    files = [
        path
        for folder in SUMMARIES
        if folder.is_dir()
        for path in sorted(folder.iterdir())
        if path.suffix in {".docx", ".txt", ".pdf"}
    ]
    say(f"\n{'summary':44}{'KB':>8}{'CPU s':>8}{'blocks':>8}")
    for path in files:
        data, began = path.read_bytes(), time.process_time()
        draft = parse(read_source(data, path.name))
        say(f"{path.name[:43]:44}{len(data) / 1024:>8.1f}{time.process_time() - began:>8.2f}{len(draft.blocks):>8}")
    if not files:
        say("(no summaries here)")


def main() -> None:
    translations.compile_if_stale()
    settings.ROOT_URLCONF = "tests.bench.urls"
    made = copies()
    made.create()
    setup_test_environment()
    try:
        if "load_demo" in get_commands():
            call_command("load_demo", verbosity=0)
        pages()
        bundles()
        imports()
    finally:
        made.drop()


if __name__ == "__main__":
    main()
