"""Seminar summaries as files, and imports of them, through the real verbs."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from kmportal.library.actions.imports import reading, receive
from kmportal.library.models import ImportJob
from kmportal.people.models import User

SUMMARY = """สรุปผลการสัมมนา เรื่อง การจัดการความรู้ของหน่วยงาน
วันที่ 3 - 4 มีนาคม 2565
ณ ห้องประชุมใหญ่ จังหวัดนครปฐม

Session 1 : เล่าสู่กันฟัง

การลดขั้นตอนการอนุญาตของกรมหนึ่ง : นายทดสอบ ตั้งใจดี ผู้อำนวยการกอง
กรมทดสอบหนึ่ง

1. ปัจจัยความสำเร็จ
- ผู้บริหารติดตามทุกสัปดาห์
- ทีมงานมาจากทุกกอง
2. ปัญหาและอุปสรรค
- ข้อมูลกระจัดกระจายหลายที่
- บุคลากรย้ายบ่อย

การสัมมนากลุ่มย่อย
โจทย์ : ทำอย่างไรให้ความรู้อยู่กับองค์กร
คำตอบ :
1. จดบันทึกหลังปฏิบัติงาน
2. จัดเวทีแลกเปลี่ยนทุกเดือน
"""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx(paragraphs: Iterable[str], **more: bytes) -> bytes:
    """The smallest Word file that holds these paragraphs; `more` are further entries of the archive."""
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>' for text in paragraphs)
    return archive(
        {
            "[Content_Types].xml": b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
            "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'.encode(),
            **more,
        }
    )


def archive(entries: dict[str, bytes]) -> bytes:
    """A zip file of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries.items():
            made.writestr(name, data)
    return out.getvalue()


def make_upload(owner: User, data: bytes | str = SUMMARY, name: str = "summary.txt") -> ImportJob:
    """An upload that waits for its reader."""
    content = data.encode() if isinstance(data, str) else data
    return receive.upload(actor=owner, file=ContentFile(content), name=name, now=timezone.now())


def make_import(owner: User, data: bytes | str = SUMMARY, name: str = "summary.txt") -> ImportJob:
    """An import that was read: under review, or failed."""
    job = make_upload(owner, data, name)
    reading.read(job_id=job.pk, now=timezone.now())
    return ImportJob.objects.get(pk=job.pk)


def shared(name: str) -> Path:
    """A file that lies beside the repository where it is developed; the test is skipped, aloud, where it does not."""
    path = Path(__file__).resolve().parents[3] / "shared" / "seminars" / name
    if not path.exists():
        pytest.skip(f"needs {path}, which only the place of development has")
    return path
