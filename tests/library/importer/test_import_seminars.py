"""The seminar summaries outside the repository, with their own scorer. Skipped, visibly, where they are not at hand.

KM_SEMINARS names their folder; without it ../shared/seminars beside the repository is tried.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kmportal.library.importer import candidate, coverage, parse, read_source
from kmportal.library.importer.text import bare

FOLDER = Path(os.environ.get("KM_SEMINARS", Path(__file__).parents[4] / "shared" / "seminars"))
pytestmark = pytest.mark.skipif(not (FOLDER / "score.py").exists(), reason=f"no seminar summaries in {FOLDER} (set KM_SEMINARS)")


def read(name: str) -> tuple[dict[str, Any], list[Any]]:
    source = read_source((FOLDER / name).read_bytes(), name)
    draft = parse(source)
    return candidate(draft), coverage(source, draft)


@pytest.mark.parametrize("name", ["seed.txt", "seed-clean.docx", "seed-cp874-crlf.txt"])
def test_seed(name: str, tmp_path: Path) -> None:
    made, lost = read(name)
    file = tmp_path / "candidate.json"
    file.write_text(json.dumps(made), encoding="utf-8")
    command = [sys.executable, str(FOLDER / "score.py"), str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    score = json.loads(done.stdout)
    assert lost == []
    assert {k: score[k] for k in ("title", "start", "end", "venue", "sessions", "units", "speakers", "agencies")} == {
        "title": True, "start": True, "end": True, "venue": True,
        "sessions": "2/2", "units": "6 found, 6 gold", "speakers": "6/6", "agencies": "6/6",
    }  # fmt: skip
    assert score["item_recall"] >= 0.97
    assert score["item_precision"] >= 0.97
    assert score["kind_accuracy_on_matched"] >= 0.9


@pytest.mark.parametrize("name", ["moi-cop6-2563", "moph-who-uhpr-2565", "mot-workshop-2565"])
def test_others(name: str) -> None:
    made, lost = read(f"{name}.txt")
    gold = json.loads((FOLDER / f"{name}.gold.json").read_text(encoding="utf-8"))
    assert lost == []
    assert bare(made["title"]) == bare(gold["title"])
    assert (made["start"], made["end"]) == (gold["dates"]["event_start"], gold["dates"]["event_end"])
    texts = [bare(i["text"]) for i in made["items"]]
    found = [item for item in gold["items"] if any(bare(item["text"]) in text for text in texts)]
    assert len(found) >= 9
