"""/styleguide/: every component in every state, for people who build pages and for the tests.

The samples are real Thai with tall vowels, long names and one title of 120 letters, because that is what breaks layouts.
"""

from datetime import date
from types import SimpleNamespace as Thing
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kmportal.core import clean
from kmportal.core.assets import icons
from kmportal.core.richtext import RichTextArea

AGENCIES = [
    Thing(abbreviation="ปภ.", name="กรมป้องกันและบรรเทาสาธารณภัย"),
    Thing(abbreviation="ทช.", name="กรมทางหลวงชนบท"),
    Thing(abbreviation="พณ.", name="สำนักงานปลัดกระทรวงพาณิชย์"),
    Thing(abbreviation="", name="สถาบันกรมพระจันทบุรีนฤนาท"),
]
SHORT_TITLE = "ยุบคณะทำงาน 6 ชุดเหลือชุดเดียว ให้งาน PMQA ทุกหมวดเชื่อมกัน"
LONG_TITLE = "ปี่พาทย์ในที่ประชุม: ผู้ใหญ่กตัญญูรู้คุณ ญาติผู้น้อยฎีกาปัญหาปั๊มน้ำ ซื้อที่นี่มีที่อื่น ๆ ด้วย และหน่วยงานเล่าให้ฟังว่าทำสำเร็จได้อย่างไร"
TEXT = "ตั้งคณะทำงานชุดเดียว ให้ผู้แทนสำนัก กอง รับผิดชอบหมวดที่ตรงงาน และให้กลุ่มพัฒนาระบบบริหารเป็นฝ่ายเลขานุการ"


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="ชื่อเรื่อง", help_text="หนึ่งประโยค", max_length=120)
    email = forms.EmailField(label="อีเมล", required=False)
    story = forms.CharField(label="เกิดอะไรขึ้นบ้าง", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False)
    file = forms.FileField(label="ไฟล์สรุปสัมมนา", help_text="ไฟล์ .docx .txt หรือ .pdf ไม่เกิน 20 MB")
    agency = forms.ChoiceField(label="หน่วยงาน", choices=[("", "เลือกหน่วยงาน"), ("1", "กรมทางหลวงชนบท")])
    result = forms.ChoiceField(
        label="คุณนำบทเรียนนี้ไปใช้แล้วหรือยัง",
        choices=[("yes", "ใช้แล้ว ได้ผล"), ("part", "ใช้แล้ว ได้บางส่วน"), ("no", "ใช้แล้ว ยังไม่ได้ผล")],
        widget=forms.RadioSelect,
    )
    kinds = forms.MultipleChoiceField(
        label="ประเภท",
        choices=[("a", "อุปสรรค"), ("b", "ปัจจัยความสำเร็จ")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="เลือกได้มากกว่าหนึ่ง",
    )
    agree = forms.BooleanField(label="ยินยอมให้เผยแพร่ชื่อของฉัน", help_text="ถอนได้ทุกเมื่อ")


def samples() -> dict[str, Any]:
    """What styleguide.html shows."""
    day = date(2010, 7, 1)
    return {
        "agencies": AGENCIES,
        "title": SHORT_TITLE,
        "long_title": LONG_TITLE,
        "text": TEXT,
        "day": day,
        "day_after": date(2010, 7, 2),
        "empty_form": SampleForm(prefix="empty"),
        "refused_form": SampleForm({"refused-title": ""}, prefix="refused"),
        "editor": RichTextArea({"rows": 4}).get_context("story_text", "", {"id": "id_story_text"})["widget"],
        "page": Paginator(range(200), 20).page(4),
        "seeds": ["ผลงาน 1", "ผลงาน 2", "ผลงาน 3", "ชุมชน ก", "ชุมชน ข", "ชุมชน ค"],
        "icons": icons(),
        "swatches": ["page", "surface", "sunken", "ink", "khram", "tang", "rong", "chad", "leaf"],
        "html": clean.html("<p>ย่อหน้าแรก <strong>เน้น</strong></p><ol><li>หนึ่ง</li><li>สอง</li></ol><ul><li>ข้อ</li></ul>"),
        **_lists(day),
    }


def _lists(day: date) -> dict[str, Any]:
    return {
        "leaves": [
            {"mark": "P", "title": "ลักษณะสำคัญขององค์กร", "url": "#p", "count": 31},
            {"mark": "1", "title": "การนำองค์การ", "url": "#1", "count": 58},
            {"mark": "3", "title": "การให้ความสำคัญกับผู้รับบริการและผู้มีส่วนได้ส่วนเสีย", "url": "#3", "count": 72},
            {"mark": "6", "title": "การจัดการกระบวนการ", "url": "#6", "count": 0, "current": True},
        ],
        "gist": [("เดิม", "คณะทำงานแยก 6 หมวด"), ("เปลี่ยนเป็น", "คณะทำงานชุดเดียว"), ("เหมาะกับ", "กรมที่คนน้อย")],
        "agreed": [
            {"text": "ทำจากงานที่ทำประจำอยู่แล้ว", "agencies": AGENCIES[:3], "url": "#a"},
            {"text": "ผู้บริหารเอาจริง", "agencies": AGENCIES[1:3], "more": 2},
        ],
        "similar": [
            {"title": SHORT_TITLE, "url": "#s1", "tick": "มีคำตอบที่ใช้ได้", "meta": ["5 คำตอบ", "หมวด 2"]},
            {"title": LONG_TITLE, "url": "#s2", "meta": ["บทเรียน"]},
        ],
        "facts": [
            {"label": "ถนนในความดูแล", "value": "42,000", "unit": "กม."},
            {"label": "สำนัก", "value": 18},
            {"label": "นำไปใช้แล้ว", "value": 41, "unit": "ครั้ง", "tone": "ok"},
        ],
        "kpi": [
            {"label": "นำไปใช้", "value": 47, "unit": "ครั้ง", "note": "เดือนก่อน 39"},
            {"label": "หน่วยงาน", "value": 18, "note": "จาก 38"},
        ],
        "thread": [
            {"label": "สัมมนาเครือข่าย", "url": "#t1", "date": day, "note": "เขาใหญ่"},
            {"label": "สกัดเป็นบทเรียน", "here": True, "date": date(2026, 8, 2)},
            {"label": "นำไปใช้ 14 ครั้ง", "url": "#t2", "note": "9 หน่วยงาน"},
        ],
        "steps": [
            {"label": "เลือกไฟล์", "state": "done", "note": "สรุปสัมมนา.docx"},
            {"label": "ตรวจทาน", "state": "now", "note": "เหลือ 4 จุด"},
            {"label": "เผยแพร่"},
        ],
        "tabs": [
            {"label": "ทั้งหมด", "url": "#all", "count": 34, "current": True},
            {"label": "บทเรียน", "url": "#lessons", "count": 12},
            {"label": "สัมมนา", "url": "#seminars", "count": 0},
        ],
        "crumbs": [("คลังความรู้", "#library"), ("สรุปสัมมนา", "#seminars"), ("2553", "")],
        "topics": [Thing(name="SIPOC", url="#sipoc"), Thing(name="ข้อกำหนดที่สำคัญ", url="")],
        "parts": [
            {"label": "ได้ผลตามคาด", "value": 9, "start": 0, "tone": "tang"},
            {"label": "ได้ผลบางส่วน", "value": 4, "start": 9, "tone": "d2"},
            {"label": "ยังไม่ได้ผล", "value": 1, "start": 13, "tone": "d4"},
        ],
        "table_head": ["ผู้รับบริการ", "ผู้มีส่วนได้ส่วนเสีย", "ปี"],
        "table_rows": [["ประชาชนทั่วไป", "ชุมชนสองข้างทาง", "2553"], ["ผู้ประกอบการ", "ผู้รับจ้าง", "2554"]],
    }


def styleguide(request: HttpRequest) -> HttpResponse:
    """Only where the site is being built: with debugging on, or in the tests."""
    if not (settings.DEBUG or settings.TESTING):
        raise Http404
    return render(request, "styleguide.html", samples())
