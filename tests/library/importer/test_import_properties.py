"""Whatever the bytes: a source or an UnreadableFile; whatever the text: nothing lost, nothing raised, nothing invented."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kmportal.library.importer import Draft, Source, UnreadableFile, candidate, coverage, parse, read_source
from kmportal.library.importer.text import bare
from tests.library.importer.docx_builder import BULLETS, LIST, cell, deleted, docx, inserted, p, table
from tests.library.importer.pdf_builder import pdf
from tests.library.importer.summaries import TEXTS
from tests.library.importer.word_summaries import DOCUMENTS

RELAXED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PIECES = st.sampled_from(
    [
        "ก",
        "ข",
        "การ",
        "ความ",
        "ปัญหา",
        "ปัจจัยความสำเร็จ",
        "ข้อเสนอแนะ",
        "นาย",
        "นายก",
        "นางสาวดี",
        "ใจ",
        "กรมก",
        "สำนักงาน",
        "ก.พ.ร.",
        "หมวด",
        "1",
        "Session",
        "วันที่",
        "1",
        "มกราคม",
        "2553",
        "ณ",
        "โรงแรม",
        "โดย",
        "และ",
        "คือ",
        "ดังนี้",
        ":",
        "1)",
        "2)",
        "(1)",
        "1.",
        "1.1",
        "๑.",
        "•",
        "·",
        "-",
        "–",
        "*",
        "#",
        "|",
        "=",
        "“",
        "”",
        "(",
        ")",
        "IT",
        "SP5",
        "คำถาม",
        ":",
        "ตอบ",
        ":",
        "\t",
        "\u200b",
        "\uf0b7",
        "\uf70a",
        "ำ",
        "่",
        "้",
        "ั",
        "a",
        "Bc",
        "ครั้งที่",
        "ประชุม",
        "สัมมนา",
        "สรุปผลการ",
        "เรื่อง",
        " ",
        "\t",
        "  ",
    ]
)
LINES = st.lists(PIECES, max_size=9).map("".join)
DOCUMENT = st.lists(LINES, min_size=1, max_size=30).map("\n".join)


def through(data: bytes) -> tuple[Source, Draft] | None:
    try:
        source = read_source(data, "x")
    except UnreadableFile as refused:
        assert refused.code in UnreadableFile.CODES
        return None
    return source, parse(source)


@RELAXED
@given(st.binary(max_size=600) | st.text(max_size=300).map(lambda s: s.encode("utf-8", "surrogatepass")))
def test_any_bytes(data: bytes) -> None:
    through(data)


@RELAXED
@given(st.integers(0, 10**9), st.sampled_from(["text", "wide", "docx", "pdf"]))
def test_any_damage(number: int, form: str) -> None:
    chance = random.Random(number)  # noqa: S311 - repeatable damage, nothing secret
    files = {
        "text": [s.text.encode() for s in TEXTS.values()],
        "wide": [s.text.encode("utf-16") for s in TEXTS.values()],
        "docx": [data for data, _ in DOCUMENTS.values()],
        "pdf": [pdf([[(72.0, 700.0, "สรุปผลการประชุม"), (72.0, 680.0, "• ข้อหนึ่ง")]])],
    }
    data = bytearray(chance.choice(files[form]))
    for _ in range(chance.choice([1, 3, 30])):
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(9)] = chance.randbytes(chance.randrange(9))
    if read := through(bytes(data)):
        assert coverage(*read) == []


@RELAXED
@given(DOCUMENT)
def test_nothing_lost_nothing_invented(text: str) -> None:
    read = through(text.encode())
    if read is None:
        return
    source, draft = read
    assert coverage(source, draft) == []
    everything = bare("".join(line.raw for line in source.lines))
    for item in candidate(draft)["items"]:
        assert all(bare(part) in everything for part in item["text"].split("\n"))
    orders = [block.first for block in draft.blocks]
    assert orders == sorted(orders)
    assert len({block.id for block in draft.blocks}) == len(draft.blocks)
    assert Draft.from_json(draft.to_json()) == draft
    assert Source.from_json(source.to_json()) == source


RUN = LINES.map(lambda t: t.replace("\t", " "))
PARAGRAPH = st.builds(
    lambda text, num, level, extra, gone, mark: p(text, inserted(extra), deleted(gone), num=num, level=level, mark_deleted=mark),
    RUN, st.sampled_from([0, LIST, BULLETS, 99]), st.integers(0, 4), RUN, RUN, st.booleans(),
)  # fmt: skip
TABLE = st.lists(
    st.lists(st.lists(RUN, max_size=3).map(lambda ps: cell(*ps)), min_size=1, max_size=3), min_size=1, max_size=4
).map(table)


@RELAXED
@given(st.lists(PARAGRAPH | TABLE, min_size=1, max_size=12), st.data())
def test_any_document(blocks: list[str], data: st.DataObject) -> None:
    read = through(docx(*blocks))
    if read:
        assert coverage(*read) == []
