"""Hands a file to the importer's child process and takes its answer, or says what became of it."""

import json
import logging
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from kmportal.library.importer.model import Draft, Source, Vocabulary

WALL_SECONDS = 45
TOO_HEAVY = frozenset({signal.SIGXCPU, signal.SIGXFSZ, signal.SIGKILL, signal.SIGSEGV})
logger = logging.getLogger(__name__)


class ReadingFailed(Exception):
    """The file was not read. code: one of UnreadableFile.CODES, "too_heavy" (time or memory) or "broken" (our own fault)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


def read_file(data: bytes, filename: str) -> Source:
    """The lines of an uploaded file.

    Raises:
        ReadingFailed: for anything that cannot be read within the limits.
    """
    return Source.from_json(_ask("read", {"filename": filename}, data)["source"])


def understand(source: Source, vocabulary: Vocabulary) -> Draft:
    """What the lines mean.

    Raises:
        ReadingFailed: when it took too much time or memory.
    """
    known = {
        "agencies": [[agency.name, list(agency.aliases)] for agency in vocabulary.agencies],
        "provinces": list(vocabulary.provinces),
        "categories": dict(vocabulary.categories),
    }
    return Draft.from_json(_ask("parse", {"vocabulary": known}, json.dumps(source.to_json()).encode())["draft"])


def _ask(step: str, head: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as complaints:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell, nothing of the file in the arguments
                [sys.executable, "-s", "-m", "kmportal.library.importer.child", step],
                input=json.dumps(head).encode() + b"\n" + body,
                stdout=out,
                stderr=complaints,
                cwd=settings.BASE_DIR,
                env={"LC_ALL": "C.UTF-8"},  # the child has no use for our keys and passwords
                timeout=WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise ReadingFailed("too_heavy", f"{step} took more than {WALL_SECONDS} s") from error
        out.seek(0)
        if done.returncode:
            complaints.seek(0)
            raise _crash(step, done.returncode, complaints.read()[-500:].decode(errors="replace"))
        answer: dict[str, Any] = json.loads(out.read())
    if "problem" in answer:
        raise ReadingFailed(answer["problem"], answer["detail"])
    return answer


def _crash(step: str, code: int, last_words: str) -> ReadingFailed:
    if -code in TOO_HEAVY or "MemoryError" in last_words:
        return ReadingFailed("too_heavy", f"{step} ended by signal {-code}")
    logger.error("The importer's child ended with %d while it did %r: %r", code, step, last_words)
    return ReadingFailed("broken", f"{step} ended with {code}")
