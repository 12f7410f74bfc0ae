"""Search: how well it finds (where the collections of questions are), how fast, and how large the index is.

python -m tests.bench.search [quality] [passages …]      default all of it, at 5000 20000 50000; KM_TEST_DATABASE_URL for PostgreSQL

Times are CPU of the thread that asks and by the clock: what else the machine does shows little in the one and much in the other. A
PostgreSQL server on the same machine works in a process of its own: its CPU is told beside, as the mean of a query.
"""

import importlib
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

QUESTIONS = Path(__file__).resolve().parents[3] / "shared" / "search"
SETS = ("seed", "xquad-th", "iapp-para", "xquad-en2th")
SIZES = (5_000, 20_000, 50_000)
SUBJECTS = [
    "การจัดการความรู้",
    "น้ำท่วม",
    "ถนน",
    "ยุทธศาสตร์",
    "ตัวชี้วัด",
    "อาสาสมัคร",
    "งบประมาณ",
    "เว็บไซต์",
    "ประชาชน",
    "บุคลากร",
    "เครือข่าย",
    "ผู้บริหาร",
    "ข้อร้องเรียน",
    "ความเสี่ยง",
    "คู่มือ",
    "อบรม",
    "นวัตกรรม",
    "สายด่วน",
    "seminar",
    "website",
    "report",
    "lesson",
    "team",
]


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def quality(make: Any) -> None:
    """Mean reciprocal rank of each collection."""
    if not QUESTIONS.is_dir():
        say(f"(no collections of questions at {QUESTIONS.name}: quality is not measured)")
        return
    say(f"{'questions':16}{'asked':>7}{'r@1':>8}{'r@10':>8}{'MRR':>8}")
    for name in SETS:
        asked = json.loads((QUESTIONS / "dev" / f"{name}.json").read_text(encoding="utf-8"))
        docs = json.loads((QUESTIONS / asked["corpus"]).read_text(encoding="utf-8"))["docs"]
        search, ranks = make(docs), []
        for query in asked["queries"]:
            found = [one for one, _ in search(query["query"], 10)]
            ranks.append(next((place for place, one in enumerate(found, 1) if one in query["relevant"]), 0))
        count = len(ranks)
        first, any_place = sum(rank == 1 for rank in ranks) / count, sum(rank > 0 for rank in ranks) / count
        say(f"{name:16}{count:>7}{first:>8.3f}{any_place:>8.3f}{sum(1 / rank for rank in ranks if rank) / count:>8.3f}")


def passages(count: int) -> Iterator[dict[str, str]]:
    """Texts of some 400 characters: halves of real ones put together anew, or made of a list of subjects."""
    chance = random.Random(7)  # noqa: S311 - no secret
    file = QUESTIONS / "corpora" / "iapp-para.json"
    real = json.loads(file.read_text(encoding="utf-8"))["docs"] if file.exists() else []
    for number in range(count):
        if real:
            one, other = chance.choice(real), chance.choice(real)
            half = len(one["body"]) // 2
            yield {"id": str(number), "title": other["title"], "body": one["body"][:half] + " " + other["body"][half:]}
        else:
            yield {
                "id": str(number),
                "title": " ".join(chance.choices(SUBJECTS, k=3)),
                "body": " ".join(chance.choices(SUBJECTS, k=40)),
            }


def queries() -> list[str]:
    if not QUESTIONS.is_dir():
        return [f"{one} {other}" for one, other in pairwise(SUBJECTS)] + [one[:-1] for one in SUBJECTS]
    found: list[str] = []
    for name, step in (("seed", 1), ("iapp-para", 12)):
        asked = json.loads((QUESTIONS / "dev" / f"{name}.json").read_text(encoding="utf-8"))["queries"]
        found += [query["query"] for query in asked[::step]]
    return found


def server_cpu() -> float:
    """CPU seconds that the database's own process has spent for us, where it has one and we can see it."""
    connection = importlib.import_module("django.db").connection
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        file = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not file.exists():
        return 0.0
    spent = file.read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")


def speed(sizes: list[int]) -> None:
    """What a query takes, and what the index weighs."""
    scratch = importlib.import_module("kmportal.retrieval.scratch")
    say(f"\n{'passages':>10}{'wall p50':>10}{'p95 ms':>9}{'CPU p50':>10}{'p95 ms':>9}{'server':>8}{'MB':>8}{'build CPU s':>13}")
    asked = queries()
    for size in sizes:
        began = time.thread_time()
        corpus = scratch.Scratch(list(passages(size)))
        built = time.thread_time() - began + server_cpu()
        wall, cpu = [], []
        corpus.search(asked[0], 20)
        before = server_cpu()
        for query in asked:
            clock, spent = time.perf_counter(), time.thread_time()
            corpus.search(query, 20)
            wall.append((time.perf_counter() - clock) * 1000)
            cpu.append((time.thread_time() - spent) * 1000)
        server = (server_cpu() - before) / len(asked) * 1000
        wall, cpu = sorted(wall), sorted(cpu)
        half, most = len(wall) // 2, int(len(wall) * 0.95)
        say(
            f"{size:>10}{wall[half]:>10.1f}{wall[most]:>9.1f}{cpu[half]:>10.1f}{cpu[most]:>9.1f}{server:>8.1f}{corpus.size() / 1e6:>8.0f}{built:>13.0f}"
        )


def nonsense() -> None:
    """The worst that any typed thing costs, in the index that was measured last."""
    engine, readers = (importlib.import_module(f"kmportal.retrieval.{name}") for name in ("engine", "readers"))
    typed = importlib.import_module("tests.retrieval.nonsense").NASTY
    worst: dict[str, tuple[float, str]] = {}
    for ask in (engine.find, engine.similar, engine.suggest):
        for name, query in typed.items():
            spent = []
            for _ in range(3):
                began = time.thread_time()
                ask(query, readers.Readers())
                spent.append((time.thread_time() - began) * 1000)
            worst[ask.__name__] = max(worst.get(ask.__name__, (0.0, "")), (min(spent), name))
    say("\nnonsense, the worst of each in CPU ms: " + ", ".join(f"{ask} {ms:.0f} ({name})" for ask, (ms, name) in worst.items()))


def main(sizes: list[int], parts: set[str]) -> None:
    os.environ.setdefault("KM_TESTING", "1")
    make = importlib.import_module("kmportal.retrieval.factory").make
    make([])
    say(f"search on {importlib.import_module('django.db').connection.vendor}")
    if "quality" in parts:
        quality(make)
    if sizes:
        speed(sizes)
        nonsense()


if __name__ == "__main__":
    given = sys.argv[1:]
    main([int(size) for size in given if size.isdigit()] if given else list(SIZES), set(given) or {"quality"})
