"""The outline: every block once, in order, under the right heading."""

from typing import Any
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from kmportal.library import outline
from kmportal.library.outline_nodes import ItemNode, ParagraphNode, TableNode
from tests.make.library import block, item, paragraph, section, session, table, talk


def _value(kind: str, level: int) -> dict[str, Any]:
    values: dict[str, dict[str, Any]] = {
        "session": {"title": "S"},
        "talk": {"title": "T", "speakers": [], "agency": None},
        "section": {"title": "H"},
        "item": {"kind": "practice", "text": "x", "level": level},
        "paragraph": {"text": "p"},
        "table": {"rows": [["a"], ["b\nc"]]},
    }
    return values[kind]


BLOCKS = st.lists(
    st.tuples(st.sampled_from(["session", "talk", "section", "item", "paragraph", "table"]), st.integers(0, 3)), max_size=30
)


@given(BLOCKS)
@settings(max_examples=200, deadline=None)
def test_every_block_stands_in_the_tree_once_and_in_order(kinds: list[tuple[str, int]]) -> None:
    stream = [{"type": kind, "id": str(uuid4()), "value": _value(kind, level)} for kind, level in kinds]

    tree = outline.read(stream)

    assert [node.block_id for node in tree.in_order()] == [UUID(str(raw["id"])) for raw in stream]
    assert [node.position for node in tree.in_order()] == list(range(len(stream)))


def test_items_nest_by_level_and_a_paragraph_starts_afresh() -> None:
    tree = outline.read(
        [item("practice", "a"), item("practice", "b", 2), item("practice", "c", 1), paragraph("p"), item("practice", "d", 1)]
    )
    content = tree.sessions[0].talks[0].sections[0].content

    first, middle, last = content
    assert isinstance(first, ItemNode) and isinstance(last, ItemNode)
    assert [child.text for child in first.children] == ["b", "c"]
    assert isinstance(middle, ParagraphNode)
    assert (last.text, last.children) == ("d", [])


def test_what_stands_before_any_heading_gets_unnamed_places() -> None:
    tree = outline.read([paragraph("p"), session("One"), *talk("T"), section("H"), item("obstacle", "o")])

    assert [(each.title, each.implied) for each in tree.sessions] == [("", True), ("One", False)]
    assert [each.title for each in tree.talks] == ["T"]
    assert tree.sessions[1].talks[0].sections[0].title == "H"


def test_a_table_has_a_header_and_lines_with_lasting_ids() -> None:
    raw = table([["ปัญหา", "ทางแก้"], ["เงินน้อย\nคนน้อย", "ขอเพิ่ม"], ["เงินน้อย", ""]])
    moved = {**raw, "value": {**raw["value"], "rows": [raw["value"]["rows"][0], ["ใหม่", ""], *raw["value"]["rows"][1:]]}}

    found, after = (outline.read([each]).sessions[0].talks[0].sections[0].content[0] for each in (raw, moved))

    assert isinstance(found, TableNode) and isinstance(after, TableNode)
    assert found.header == ["ปัญหา", "ทางแก้"]
    lines = [(line.text, line.heading) for line in found.lines]
    assert lines == [("เงินน้อย", "ปัญหา"), ("คนน้อย", "ปัญหา"), ("ขอเพิ่ม", "ทางแก้"), ("เงินน้อย", "ปัญหา")]
    ids = [line.block_id for line in found.lines]
    assert len(set(ids)) == 4
    assert ids == [line.block_id for line in after.lines if line.text != "ใหม่"]


def test_list_blocks_are_read_in_both_of_their_forms() -> None:
    speaker = {"person": 7, "position": "ผอ."}
    wrapped = block("talk", title="T", speakers=[{"type": "item", "id": str(uuid4()), "value": speaker}], agency=3)
    plain = block("talk", title="T", speakers=[speaker], agency=3)

    for raw in (wrapped, plain):
        tree = outline.read([raw])
        assert (tree.person_ids, tree.agency_ids) == ({7}, {3})


def test_bad_values_never_stop_the_reading() -> None:
    tree = outline.read(
        [
            {"type": "item", "value": {"kind": "nonsense", "text": "t", "level": None}},
            {"type": "talk", "value": {"speakers": [None, {"person": None}]}, "id": "no-id"},
            {"type": "unknown", "value": "words"},
            {"type": "table", "value": {"rows": None}},
        ]
    )
    nodes = list(tree.in_order())

    assert isinstance(nodes[0], ItemNode) and nodes[0].kind == "observation"
    assert isinstance(nodes[2], ParagraphNode) and nodes[2].text == "words"
    assert len({node.block_id for node in nodes}) == 4
