"""A process that dies, and processes that write at the same time: the index says afterwards what the rows say."""

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from kmportal.library.models import KnowledgePage
from kmportal.retrieval import actions, engine, readers
from kmportal.retrieval.models import IndexState, Passage
from tests.make.library import item, make_lesson, make_seminar
from tests.retrieval.test_index import assert_counts
from tests.retrieval.test_rebuild import whole

pytestmark = pytest.mark.django_db(transaction=True)
BEGIN = """
import os, random, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "kmportal.settings"
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.db import transaction
from kmportal.library.models import KnowledgePage, LessonPage
from kmportal.retrieval import actions
from kmportal.retrieval.actions.tallies import Tally

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
"""
NARROW_AND_DIE = """
Tally.write = die
with transaction.atomic():
    KnowledgePage.objects.update(visibility="network")
    actions.index(LessonPage.objects.all())
"""
COMMIT_LATE = """
with transaction.atomic():
    KnowledgePage.objects.update(visibility="network")
    actions.index(LessonPage.objects.all())
    die()
"""
REBUILD_AND_DIE = """
def progress(done, total):
    if done > 2:
        die()
actions.rebuild(progress=progress)
"""
# Words that both writers use, so that they change the same counts.
EDIT = """
random.seed(sys.argv[2])
words = "น้ำ เขื่อน งบประมาณ บุคลากร ถามก่อน lesson learned network".split()
keys = [int(key) for key in sys.argv[3].split(",")]
for _ in range(12):
    with transaction.atomic():
        key = random.choice(keys)
        KnowledgePage.objects.filter(pk=key).update(
            summary=" ".join(random.choices(words, k=6)), visibility=random.choice(["public", "network"]), live=random.random() > 0.2
        )
        actions.index_keys(LessonPage, [key])
"""


def start(script: str, *args: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", BEGIN + script, str(connection.settings_dict["NAME"]), *args]
    environment = {**os.environ, "KM_TESTING": "1", "KM_SEMANTIC": "0"}
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def end(process: "subprocess.Popen[bytes]", code: int = 0) -> None:
    complaints = process.communicate(timeout=120)[1].decode()
    assert process.returncode == code, complaints


@pytest.mark.parametrize("script", [NARROW_AND_DIE, COMMIT_LATE], ids=["in the middle of writing", "before the commit"])
def test_a_narrowing_that_was_cut_off_happened_to_both_or_to_neither(script: str) -> None:
    page = make_lesson("คานารี", why="<p>เพราะ</p>")
    before = whole()

    end(start(script), -signal.SIGKILL)

    assert KnowledgePage.objects.get(pk=page.pk).visibility == "public"
    assert whole() == before
    assert not actions.check()


def test_a_rebuild_that_was_cut_off_leaves_an_index_to_use_and_to_mend() -> None:
    make_seminar("สัมมนา", items=[item("obstacle", f"อุปสรรคที่ {number}") for number in range(3)])
    for number in range(3):
        make_lesson(f"บทเรียนที่ {number}", visibility="network")
    before = whole()
    Passage.objects.update(digest="of the older analysis")
    IndexState.objects.update(analysis="older")

    end(start(REBUILD_AND_DIE), -signal.SIGKILL)

    found = engine.find("อุปสรรค", readers.Readers(), kinds=["item"])
    assert found.total == 3
    drift = actions.check()
    assert drift.analysis
    assert any(drift.outdated.values())
    assert_counts()
    actions.mend(drift)
    assert not actions.check()
    assert whole() == before


def test_two_writers_of_the_same_and_of_other_objects_count_right() -> None:
    keys = [make_lesson(f"บทเรียนที่ {number}").pk for number in range(4)]

    writers = [start(EDIT, seed, ",".join(map(str, own))) for seed, own in (("1", keys[:3]), ("2", keys[1:]))]
    for writer in writers:
        end(writer)

    assert_counts()
    assert not actions.check()
