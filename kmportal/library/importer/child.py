"""The importer in a process of its own: whatever a file does to it, the server does not feel.

    python -m kmportal.library.importer.child read    stdin: a line of JSON {filename}, then the bytes of the file
    python -m kmportal.library.importer.child parse   stdin: a line of JSON {vocabulary}, then the source as JSON

stdout is one JSON document: {"source": …}, {"draft": …}, or {"problem": code, "detail": words for the log}.
The limits are set here, before a byte of the file is touched, because a threaded parent cannot safely do it for us.
"""

import json
import resource
import sys
from collections.abc import Mapping
from typing import Any

from .model import Agency, Source, UnreadableFile, Vocabulary

MEMORY = 1 << 30
CPU_SECONDS = 20
OUTPUT = 64 << 20
OPEN_FILES = 64


def main(step: str) -> int:
    """Runs one step; 0 whenever an answer was written."""
    confine()
    head, _newline, body = sys.stdin.buffer.read().partition(b"\n")
    try:
        answer = STEPS[step](json.loads(head), body)
    except UnreadableFile as error:
        answer = {"problem": error.code, "detail": error.detail}
    except (MemoryError, RecursionError) as error:
        answer = {"problem": "too_heavy", "detail": type(error).__name__}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    return 0


def confine() -> None:
    """Memory, processor time, size of what may be written, open files; no core dump."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: OUTPUT,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for which, wanted in limits.items():
        _soft, hard = resource.getrlimit(which)
        resource.setrlimit(which, (wanted, wanted) if hard == resource.RLIM_INFINITY else (min(wanted, hard), hard))


def read(head: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    """The lines of the file."""
    from .reading import read_source  # noqa: PLC0415 - the readers are loaded after the limits are set

    return {"source": read_source(body, head["filename"]).to_json()}


def parse(head: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    """The draft of a source that was read before."""
    from .result import parse as understand  # noqa: PLC0415 - as above

    return {"draft": understand(Source.from_json(json.loads(body)), vocabulary(head["vocabulary"])).to_json()}


def vocabulary(data: Mapping[str, Any]) -> Vocabulary:
    """The known names, from what `json` carries."""
    return Vocabulary(
        agencies=tuple(Agency(name, tuple(aliases)) for name, aliases in data["agencies"]),
        provinces=tuple(data["provinces"]),
        categories=dict(data["categories"]),
    )


STEPS = {"read": read, "parse": parse}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
