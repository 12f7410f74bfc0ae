"""A stand-in for the model of the optional semantic layer: near is what shares letters. Quick, and the same on every machine."""

import zlib
from typing import Any

import pytest

from kmportal.retrieval import semantic


def by_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Switches the layer on with the stand-in; skips aloud where numpy is missing."""
    numpy = pytest.importorskip("numpy")

    def encode(texts: list[str]) -> Any:
        made = numpy.zeros((len(texts), 64), "f4")
        for row, text in enumerate(texts):
            for at in range(len(text) - 1):
                made[row, zlib.crc32(text[at : at + 2].encode()) % 64] += 1
        return made / numpy.maximum(numpy.linalg.norm(made, axis=1, keepdims=True), 1e-9)

    monkeypatch.setattr(semantic, "_encode", encode)
    monkeypatch.setattr(semantic, "is_on", lambda: True)
    monkeypatch.setattr(semantic, "_audiences", {})
