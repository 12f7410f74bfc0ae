"""Which kind of knowledge a heading announces: for lines of tables, which carry no kind of their own."""

from kmportal.taxonomy.kinds import ItemKind

# In this order: "ปัญหาและข้อเสนอแนะ" announces obstacles first.
_CUES: tuple[tuple[ItemKind, tuple[str, ...]], ...] = (
    (ItemKind.OBSTACLE, ("ปัญหา", "อุปสรรค", "ข้อจำกัด", "ความเสี่ยง", "ข้อขัดข้อง", "obstacle", "problem", "barrier", "risk")),
    (ItemKind.SUCCESS_FACTOR, ("ปัจจัย", "ความสำเร็จ", "จุดแข็ง", "success", "strength")),
    (ItemKind.RECOMMENDATION, ("ข้อเสนอ", "แนวทางแก้ไข", "แนวทางการแก้ไข", "recommend", "suggest")),
    (ItemKind.LESSON, ("บทเรียน", "สิ่งที่ได้เรียนรู้", "lesson")),
    (ItemKind.METRIC, ("ตัวชี้วัด", "ค่าเป้าหมาย", "ผลลัพธ์", "indicator", "target", "metric", "kpi")),
    (ItemKind.QUESTION, ("คำถาม", "question")),
    (ItemKind.ANSWER, ("คำตอบ", "answer")),
    (ItemKind.DEFINITION, ("ความหมาย", "นิยาม", "คำจำกัดความ", "definition", "meaning")),
    (ItemKind.PRACTICE, ("การดำเนินการ", "การดำเนินงาน", "วิธีการ", "วิธีปฏิบัติ", "ขั้นตอน", "มาตรการ", "กิจกรรม", "แนวปฏิบัติ", "practice", "step", "activity")),
)  # fmt: skip


def kind_under(heading: str) -> ItemKind | None:
    """The kind that a heading announces, None where it announces none."""
    words = heading.casefold()
    return next((kind for kind, cues in _CUES if any(cue in words for cue in cues)), None)
