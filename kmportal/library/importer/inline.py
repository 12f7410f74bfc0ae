"""Lists inside a sentence: "… ได้แก่ 1) … 2) … และ 3) …". They are offered as splits, never split by themselves."""

from __future__ import annotations

from .model import Block


def with_spans(block: Block) -> Block:
    """The block with the offsets of its inline list."""
    return block
