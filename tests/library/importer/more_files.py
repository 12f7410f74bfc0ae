"""The Word and PDF files of the second set: a panel, and proceedings in English."""

from .docx_builder import LIST, cell, docx, p, run, table
from .pdf_builder import pdf
from .summaries import Summary

PANEL_DOCX = (
    docx(
        p(run("สรุปการเสวนาออนไลน์", bold=True), centre=True),
        p(run("“ทำงานข้ามกรมโดยไม่ต้องรอคำสั่ง”", bold=True), centre=True),
        p("วันอังคารที่ 5 กันยายน 2566 เวลา 13.00 – 15.00 น. ผ่านระบบ Microsoft Teams", centre=True),
        p("ผู้ร่วมเสวนา"),
        p("1.\tดร.ศุภชัย ตั้งใจ\tผู้อำนวยการกองยุทธศาสตร์ กรมควบคุมมลพิษ"),
        p("2.\tนางอุไร พงษ์ไพร\tหัวหน้ากลุ่มงานแผนที่ กรมพัฒนาที่ดิน"),
        p("ผู้ดำเนินรายการ : นายปกรณ์ ศรีสุข"),
        p(run("1. จุดเริ่มต้น", bold=True)),
        p("\tทั้งสองกรมใช้ภาพถ่ายดาวเทียมชุดเดียวกันแต่ซื้อแยกกันมาสี่ปี จนเจ้าหน้าที่สองคนพบกันในงานอบรมและแลกไฟล์กันดู"),
        p(run("2. วิธีทำงานร่วมกัน", bold=True)),
        p("2.1\tนัดคุยกันทุกวันพุธบ่ายโมง ไม่มีหนังสือเชิญ"),
        p("2.2\tใช้แผนที่กลางแผ่นเดียว ใครแก้ใครลงชื่อ"),
        p(run("3. เสียงจากผู้ฟัง", bold=True)),
        table(
            [
                [cell("คำถาม"), cell("คำตอบ")],
                ["ถ้าผู้บริหารไม่รู้เรื่องจะมีปัญหาหรือไม่", "แจ้งด้วยวาจาก่อน แล้วส่งผลงานชิ้นแรกให้ดู"],
                ["ใครเป็นเจ้าของข้อมูล", "เจ้าของคือกรมที่เก็บ แต่สิทธิใช้เป็นของทุกกรม"],
            ]
        ),
        p(run("4. ข้อคิดที่ได้", bold=True)),
        p("ความไว้ใจเกิดจากการส่งไฟล์ที่ยังไม่สมบูรณ์ให้กันดู", num=LIST),
        p("งานข้ามกรมตายเมื่อคนใดคนหนึ่งย้าย จึงต้องมีคู่สำรอง", num=LIST),
    ),
    Summary(
        text="",
        title="ทำงานข้ามกรมโดยไม่ต้องรอคำสั่ง",
        start="2023-09-05",
        end="2023-09-05",
        speakers=frozenset({("ศุภชัย", "ตั้งใจ"), ("อุไร", "พงษ์ไพร")}),
        items=(
            ("ทั้งสองกรมใช้ภาพถ่ายดาวเทียมชุดเดียวกันแต่ซื้อแยกกันมาสี่ปี", "practice observation obstacle"),
            ("นัดคุยกันทุกวันพุธบ่ายโมง ไม่มีหนังสือเชิญ", "practice"),
            ("ใช้แผนที่กลางแผ่นเดียว ใครแก้ใครลงชื่อ", "practice"),
            ("ถ้าผู้บริหารไม่รู้เรื่องจะมีปัญหาหรือไม่", "question"),
            ("แจ้งด้วยวาจาก่อน แล้วส่งผลงานชิ้นแรกให้ดู", "answer"),
            ("เจ้าของคือกรมที่เก็บ แต่สิทธิใช้เป็นของทุกกรม", "answer"),
            ("ความไว้ใจเกิดจากการส่งไฟล์ที่ยังไม่สมบูรณ์ให้กันดู", "lesson"),
            ("งานข้ามกรมตายเมื่อคนใดคนหนึ่งย้าย จึงต้องมีคู่สำรอง", "lesson"),
        ),
        headings=("2. วิธีทำงานร่วมกัน", "ข้อคิดที่ได้"),
    ),
)

LETTER_PDF = (
    pdf(
        [
            [
                (180.0, 780.0, "Proceedings of the Seminar"),
                (150.0, 758.0, "Small Museums, Large Publics"),
                (190.0, 736.0, "Phuket, 3-5 June 2024"),
                (72.0, 700.0, "1. What we tried"),
                (72.0, 678.0, "We opened the storeroom on Sundays and let visitors choose one object to be told about,"),
                (72.0, 662.0, "which doubled the length of a visit."),
                (72.0, 640.0, "2. Success factors"),
                (90.0, 618.0, "\uf0b7 Guides were paid for listening, not for talking."),
                (90.0, 602.0, "\uf0b7 The mayor came as a visitor and queued."),
                (72.0, 580.0, "3. Challenges"),
                (90.0, 558.0, "\uf0b7 Humidity in the open storeroom rose above seventy per cent in the wet months and the"),
                (102.0, 542.0, "paper collection had to be moved."),
                (72.0, 520.0, "4. Recommendations"),
                (90.0, 498.0, "a) Buy two dehumidifiers before the next rains."),
                (90.0, 482.0, "b) Keep one Sunday a month closed for the staff."),
            ]
        ],
        size=11,
    ),
    Summary(
        text="",
        title="Small Museums, Large Publics",
        start="2024-06-03",
        end="2024-06-05",
        items=(
            (
                "We opened the storeroom on Sundays and let visitors choose one object to be told about, which doubled the length of a visit.",
                "practice",
            ),
            ("Guides were paid for listening, not for talking.", "success_factor"),
            ("The mayor came as a visitor and queued.", "success_factor"),
            (
                "Humidity in the open storeroom rose above seventy per cent in the wet months and the paper collection had to be moved.",
                "obstacle",
            ),
            ("Buy two dehumidifiers before the next rains.", "recommendation"),
            ("Keep one Sunday a month closed for the staff.", "recommendation"),
        ),
        headings=("Success factors", "Challenges"),
    ),
)

DOCUMENTS = {"panel": PANEL_DOCX}
PDFS = {"museums": LETTER_PDF}
