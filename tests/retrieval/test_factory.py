"""The engine over a corpus of its own, and the quality it must keep on the collections of questions that are kept beside the project."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kmportal.retrieval import importer
from tests.retrieval.corpus import ANYBODY, empty, fill, text

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ROOT.parent / "shared" / "search"
OUTSIDE = """
import sys
sys.path.insert(0, sys.argv[1])
from kmportal.retrieval.factory import make
first = make([{"id": "a", "title": "น้ำท่วม", "body": "อาสาสมัครช่วยกัน"}, {"id": "b", "title": "ถนน", "body": "ซ่อมแล้ว"}])
second = make([{"id": "c", "title": "น้ำท่วม", "body": ""}])
print([one for one, score in first("น้ำท่วม", 5)], [one for one, score in second("น้ำทวม", 5)], [one for one, score in first("ถนน", 5)])
"""


def test_called_from_a_foreign_folder(tmp_path: Path) -> None:
    """Sets Django up by itself, and leaves nothing behind."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DJANGO"))}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", OUTSIDE, str(ROOT)],
        cwd=tmp_path,
        env={**known, "KM_SEMANTIC": "0", "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.strip() == "['a'] ['c'] ['b']", done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("collection", "step", "least"), [("seed", 1, 0.93), ("xquad-th", 12, 0.95)])
def test_quality(collection: str, step: int, least: float) -> None:
    """Mean reciprocal rank, of a sample where there are many questions."""
    from kmportal.retrieval.engine import find

    if not QUESTIONS.is_dir():
        pytest.skip(f"no collections of questions at {QUESTIONS}")
    asked = json.loads((QUESTIONS / "dev" / f"{collection}.json").read_text(encoding="utf-8"))
    docs = json.loads((QUESTIONS / asked["corpus"]).read_text(encoding="utf-8"))["docs"]
    empty()
    importer.load_synonyms()
    fill((text(doc["title"], doc["body"]) for doc in docs), first=0)

    ranks = []
    for query in asked["queries"][::step]:
        found = [docs[hit.object_id]["id"] for hit in find(query["query"], ANYBODY, limit=10).hits]
        ranks.append(next((1 / place for place, one in enumerate(found, 1) if one in query["relevant"]), 0.0))

    assert sum(ranks) / len(ranks) >= least
