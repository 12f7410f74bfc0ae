"""A seminar summary as civil servants type it, turned into structured knowledge. Pure Python: no Django here.

The way through:

    source = read_source(data, filename)      # UnreadableFile(code) for anything that cannot be read
    draft = parse(source, vocabulary)         # never fails; what is not understood stays as flagged paragraphs
    coverage(source, draft)                   # lost lines: always []
    candidate(draft)                          # the plain dict printed by `import_seminar --format json`

`edit` holds the moves of the preview editor, `similar` finds near-duplicate statements.
"""

from .model import (
    BLOCK_TYPES,
    KINDS,
    UNSURE,
    Agency,
    Block,
    Cell,
    Draft,
    Entry,
    Found,
    Limits,
    Source,
    SourceLine,
    Speaker,
    UnreadableFile,
    Vocabulary,
    Warn,
    block_from_json,
)
from .reading import read_source
from .result import candidate, coverage, parse

__all__ = [
    "BLOCK_TYPES",
    "KINDS",
    "UNSURE",
    "Agency",
    "Block",
    "Cell",
    "Draft",
    "Entry",
    "Found",
    "Limits",
    "Source",
    "SourceLine",
    "Speaker",
    "UnreadableFile",
    "Vocabulary",
    "Warn",
    "block_from_json",
    "candidate",
    "coverage",
    "parse",
    "read_source",
]
