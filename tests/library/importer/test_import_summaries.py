"""Whole summaries of many makes: metadata, units, items and kinds as a reader finds them, and no line lost."""

import pytest

from tests.library.importer import (
    dense_summaries,
    fourth_summaries,
    more_files,
    more_summaries,
    pdf_summaries,
    summaries,
    third_summaries,
    word_summaries,
)
from tests.library.importer.reading_figures import figures
from tests.library.importer.summaries import Summary

ENCODINGS = {"glyphs": "utf-16", "tabbed": "cp874", "groups": "utf-16-le", "labels": "utf-8-sig"}
TEXTS = {**summaries.TEXTS, **dense_summaries.TEXTS, **more_summaries.TEXTS, **third_summaries.TEXTS, **fourth_summaries.TEXTS}
FILES = {
    **{
        f"{name}.docx": made
        for name, made in {
            **word_summaries.DOCUMENTS,
            **more_files.DOCUMENTS,
            **third_summaries.DOCUMENTS,
            **fourth_summaries.DOCUMENTS,
        }.items()
    },
    **{f"{name}.pdf": made for name, made in {**pdf_summaries.PDFS, **more_files.PDFS, **fourth_summaries.PDFS}.items()},
}


@pytest.mark.parametrize("name", TEXTS)
def test_text(name: str) -> None:
    summary = TEXTS[name]
    check(summary.text.encode(ENCODINGS.get(name, "utf-8")), f"{name}.txt", summary)


@pytest.mark.parametrize("name", FILES)
def test_file(name: str) -> None:
    data, summary = FILES[name]
    check(data, name, summary)


def check(data: bytes, name: str, summary: Summary) -> None:
    got = figures(data, name, summary)
    assert got.wrong == []
    assert got.found == len(summary.items)
    assert got.kinds == len(summary.items)
