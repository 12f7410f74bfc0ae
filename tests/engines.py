"""Which tests run on PostgreSQL and Redis too. The rule: all of them, but

- what opens no database (templates, the importer's text work, house rules): the engine cannot make a difference to it;
- the pages of SCREENS: they ask for words, HTML, forms and numbers of queries. What stands behind them (verbs, querysets, circles, search)
  has tests of its own that run on both, and each of their addresses is opened on both by tests/house/test_nonsense_addresses.py.

A new file runs on both until somebody writes it down here with a reason. What writes from several threads or processes never stands here.
"""

import inspect
import os
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
DATABASE = {"db", "transactional_db", "live_server"}
SCREENS = {
    "tests/circles/test_pages.py": "pages over the verbs of test_moving.py, test_blind.py and test_any_order.py",
    "tests/commons/test_calendar.py": "the text of calendar files; who may read what is in test_canary.py",
    "tests/commons/test_item_pages.py": "pages over the verbs of test_items.py",
    "tests/communities/test_community_screens.py": "CMS screens over the verbs of test_membership.py and test_leading.py",
    "tests/core/test_errors.py": "words of error pages",
    "tests/core/test_headers.py": "headers of answers",
    "tests/core/test_preferences.py": "cookies and choices of a reader",
    "tests/harvest/test_screens.py": "pages over the verbs of test_to_a_lesson.py",
    "tests/house/test_private_answers.py": "headers of answers",
    "tests/inbox/test_screens.py": "pages over inbox verbs; telling itself is in test_tell.py, test_mail.py and test_at_once.py",
    "tests/interviews/test_pages.py": "pages over verbs that have a file each in interviews/",
    "tests/library/imports/test_edit.py": "moves of the review, kept as one JSON text",
    "tests/library/imports/test_review.py": "pages of the importer; its verbs are in test_create.py, test_again.py and test_moves.py",
    "tests/library/imports/test_upload.py": "what is taken and what is refused before it is read",
    "tests/library/test_api.py": "shape and words of the JSON; who gets what is in test_api_circles.py",
    "tests/library/test_cabinet.py": "pages of the cabinet; filing and circles are in test_documents.py",
    "tests/library/test_cms_dates.py": "dates as typed and shown",
    "tests/library/test_cms_review.py": "words of the CMS editor; the review itself is in test_review.py",
    "tests/library/test_cms_spreadsheets.py": "cells of exported files",
    "tests/library/test_feeds.py": "XML of feeds; what is public is in test_visibility.py",
    "tests/library/test_footer.py": "the foot of pages",
    "tests/library/test_history.py": "words of two versions side by side",
    "tests/library/test_lists.py": "choices and numbers in the addresses of lists; circles are in test_visibility.py",
    "tests/library/test_naming.py": "a name in the frame of pages",
    "tests/library/test_reading.py": "reading pages and their queries; circles are in test_visibility.py",
    "tests/moderation/test_screens.py": "pages over the verbs of test_decide.py and test_at_once.py",
    "tests/people/test_cms.py": "CMS pages over the verbs of test_agencies.py, test_persons.py and test_roles.py",
    "tests/people/test_pages.py": "words and look of account pages",
    "tests/people/test_permissions.py": "rows of a table of rights, as answers of addresses; the verbs ask the same rules in their own files",
    "tests/people/test_profile.py": "forms of one's own profile",
    "tests/people/test_signin.py": "allauth's pages, which its makers test on both",
    "tests/people/test_sso.py": "talk with a sign-in provider",
    "tests/qa/views/test_asking.py": "the form; asking is in qa/test_ask.py",
    "tests/qa/views/test_bounty.py": "the form; bounties are in qa/test_bounty.py",
    "tests/qa/views/test_filters.py": "a filter of one's own, kept as its text",
    "tests/qa/views/test_reading.py": "the page and its queries; circles and hidden names are in qa/test_lists.py",
    "tests/qa/views/test_steps.py": "buttons over verbs that have a file each in qa/",
    "tests/qa/views/test_writing.py": "forms; writing is in qa/test_answer.py and qa/test_edit.py",
    "tests/rewards/test_cms.py": "CMS pages of rules; the rules are in test_rules.py",
    "tests/rewards/test_desk_pages.py": "pages over the verbs of test_desk.py",
    "tests/rewards/test_how.py": "words about points",
    "tests/rewards/test_shop_pages.py": "pages over the verbs of test_redeem.py and test_rush.py",
    "tests/rewards/test_statement.py": "one's own figures on the screen; the ledger is in test_issue.py, test_vest.py and test_check_ledger.py",
    "tests/search/test_api.py": "shape and words of the JSON; the answers are in retrieval/",
    "tests/search/test_cms.py": "CMS screens over the verbs of test_log.py",
    "tests/search/test_page.py": "the page around an answer; the answers are in retrieval/ and search/test_canary.py",
    "tests/search/test_visibility.py": "page, suggestions and JSON; the same circles are asked of the engine in search/test_canary.py",
    "tests/talk/test_pages.py": "pages over the verbs of talk/",
    "tests/taxonomy/test_taxonomy_screens.py": "CMS screens over the verbs of the taxonomy",
}

# Files that keep a worker busy for ten seconds and more. tests/house/test_engines.py looks whether they are still there.
LONG = {
    "tests/core/test_serve.py",
    "tests/demo/test_load_demo.py",
    "tests/house/test_nonsense_addresses.py",
    "tests/house/test_snapshot.py",
    "tests/inbox/test_screens.py",
    "tests/library/test_api.py",
    "tests/library/test_cms_circles.py",
    "tests/library/test_keep_current.py",
    "tests/library/test_lists.py",
    "tests/qa/views/test_steps.py",
    "tests/retrieval/test_canary.py",
    "tests/retrieval/test_crash.py",
    "tests/retrieval/test_wagtail_backend.py",
    "tests/search/test_canary.py",
    "tests/search/test_visibility.py",
}

LEFT_OUT = pytest.StashKey[int]()


def name_of(item: pytest.Item) -> str:
    return item.path.relative_to(ROOT).as_posix()


def opens_a_database(item: pytest.Item) -> bool:
    """As pytest-django decides it, and by our own fixtures that unblock the database themselves (it lists its own for every test)."""
    if item.get_closest_marker("django_db") is not None or DATABASE & set(getattr(item, "fixturenames", ())):
        return True
    made = getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {})
    ours = {name: last for name, (*_, last) in made.items() if not last.func.__module__.startswith("pytest_django")}
    return any("django_db_blocker" in fixture.argnames for name, fixture in ours.items() if name != "django_db_setup")


def is_for_sqlite_alone(item: pytest.Item) -> bool:
    """Whether PostgreSQL and Redis could add nothing to what SQLite says. `async` tests meet the channel layer, so they run on both."""
    if item.get_closest_marker("postgres") or item.get_closest_marker("both_engines"):
        return False
    if inspect.iscoroutinefunction(getattr(item, "obj", None)):
        return False
    return name_of(item) in SCREENS or not opens_a_database(item)


def leave_out(config: pytest.Config, items: list[pytest.Item], left: list[pytest.Item]) -> None:
    if left:
        config.hook.pytest_deselected(items=left)
        out = set(left)
        items[:] = [item for item in items if item not in out]


class Choice:
    """The plugin: KM_TEST_ONLY=engine leaves out what is for SQLite alone and says how many that were; long files come first."""

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        if os.environ.get("KM_TEST_ONLY") == "engine":
            alone = [item for item in items if is_for_sqlite_alone(item)]
            config.stash[LEFT_OUT] = len(alone)
            leave_out(config, items, alone)
        items.sort(key=lambda item: name_of(item) not in LONG)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
        if output is not None:
            output["left_out"] = session.config.stash.get(LEFT_OUT, 0)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """All workers of xdist leave out the same; only the controller can say so."""
        node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)

    def pytest_terminal_summary(self, terminalreporter: Any, config: pytest.Config) -> None:
        if left := config.stash.get(LEFT_OUT, 0):
            terminalreporter.write_line(f"{left} tests left to the run on SQLite: no database, or listed in tests/engines.py.")
