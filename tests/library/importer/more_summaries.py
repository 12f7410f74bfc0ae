"""A second set, written after the first was read well: news, minutes, agendas, panels, reviews, parallel languages."""

from tests.library.importer.docx_builder import LIST, cell, docx, p, run, table
from tests.library.importer.pdf_builder import pdf
from tests.library.importer.summaries import Summary

NEWS = Summary(
    text="""สำนักงานประกันสังคม ประชุมเชิงปฏิบัติการเพิ่มทักษะเจ้าหน้าที่รับเรื่องร้องเรียน หวังลดเรื่องค้างให้เหลือไม่เกิน 7 วัน

วันศุกร์ที่ 13 มกราคม 2566
สำนักงานประกันสังคม ประชุมเชิงปฏิบัติการเพิ่มทักษะเจ้าหน้าที่รับเรื่องร้องเรียน หวังลดเรื่องค้างให้เหลือไม่เกิน 7 วัน
นางรัชนี เรืองศรี รองเลขาธิการสำนักงานประกันสังคม เป็นประธานเปิดการประชุมเชิงปฏิบัติการ "รับฟังให้เป็น ตอบให้ทัน" ระหว่างวันที่ 11 - 12 มกราคม 2566 ณ โรงแรมท่าจีนพาเลซ จังหวัดสมุทรสาคร โดยมีเจ้าหน้าที่จาก 24 จังหวัดเข้าร่วม
รองเลขาธิการ กล่าวว่า เจ้าหน้าที่ที่รับสายวันละกว่า 200 สายต้องได้พักทุกสองชั่วโมง มิฉะนั้นน้ำเสียงจะเปลี่ยนโดยไม่รู้ตัว พร้อมมอบแนวทางปฏิบัติ ดังนี้
1. ทวนชื่อและเลขเรื่องให้ผู้ร้องฟังก่อนวางสาย
2. โทรกลับภายในสามวันแม้ยังไม่มีคำตอบ
3. ห้ามใช้คำว่า "ไม่ใช่หน้าที่" ให้โอนสายพร้อมเล่าเรื่องแทนผู้ร้อง
ด้านปัญหาที่เจ้าหน้าที่สะท้อน ได้แก่
- ระบบค้นประวัติช้าในช่วงสิ้นเดือน
- ผู้ร้องต้องเล่าเรื่องซ้ำเมื่อเปลี่ยนเจ้าหน้าที่
ทั้งนี้ ที่ประชุมเห็นควรให้เพิ่มช่องบันทึกอารมณ์ผู้ร้องในระบบ เพื่อให้คนรับช่วงเตรียมใจได้

ที่มา : https://www.example.go.th/news/1
""",
    title="รับฟังให้เป็น ตอบให้ทัน",
    start="2023-01-11",
    end="2023-01-12",
    venue="โรงแรมท่าจีนพาเลซ",
    items=(
        ("ทวนชื่อและเลขเรื่องให้ผู้ร้องฟังก่อนวางสาย", "practice recommendation"),
        ("โทรกลับภายในสามวันแม้ยังไม่มีคำตอบ", "practice recommendation"),
        ("ให้โอนสายพร้อมเล่าเรื่องแทนผู้ร้อง", "practice recommendation"),
        ("ระบบค้นประวัติช้าในช่วงสิ้นเดือน", "obstacle"),
        ("ผู้ร้องต้องเล่าเรื่องซ้ำเมื่อเปลี่ยนเจ้าหน้าที่", "obstacle"),
        ("ที่ประชุมเห็นควรให้เพิ่มช่องบันทึกอารมณ์ผู้ร้องในระบบ", "recommendation"),
        ("เจ้าหน้าที่ที่รับสายวันละกว่า 200 สายต้องได้พักทุกสองชั่วโมง", "practice recommendation obstacle"),
    ),
)

AGENDA = Summary(
    text="""สรุปสาระการสัมมนาวิชาการ ประจำปี ๒๕๖๕ ของกรมส่งเสริมสหกรณ์
เรื่อง “สหกรณ์เล็กอยู่รอดด้วยบัญชีที่ชาวบ้านอ่านออก”
วันพฤหัสบดีที่ ๘ ก.ย. ๖๕ เวลา ๐๙.๐๐ – ๑๖.๐๐ น. ห้องแกรนด์ โรงแรมดอยคำ อ.เมือง จ.ลำปาง

๐๙.๐๐ – ๑๐.๓๐ น. การบรรยายพิเศษ หัวข้อ “บัญชีหน้าเดียว” โดย นางสาวอรทัย ศรีวงค์ นักวิชาการตรวจสอบบัญชีชำนาญการพิเศษ กรมตรวจบัญชีสหกรณ์
๑) วาดรูปกระปุกออมสินสามใบแทนคำว่าสินทรัพย์ หนี้สิน และทุน
๒) ปิดบัญชีทุกวันศุกร์ต่อหน้าสมาชิกอย่างน้อยห้าคน
๒.๑) ใช้กระดานดำหน้าร้านแทนการส่งเอกสาร
๒.๒) เปลี่ยนคนอ่านตัวเลขทุกสัปดาห์
๑๐.๔๕ – ๑๒.๐๐ น. การอภิปราย หัวข้อ “ทำไมสหกรณ์ข้างบ้านจึงล้ม” โดย นายบุญมี คำแสน ประธานสหกรณ์การเกษตรแม่วัง
สาเหตุและปัญหา
๑) กรรมการชุดเดียวอยู่นานจนไม่มีใครกล้าถาม
๒) ให้กู้ตามความสนิท ไม่ได้ดูรายได้จริง
ข้อเสนอแนะเชิงนโยบาย
๑) กำหนดวาระกรรมการไม่เกินสองสมัย
๒) ให้ผู้สอบบัญชีพบสมาชิกโดยไม่มีกรรมการนั่งอยู่ด้วย
""",
    title="สหกรณ์เล็กอยู่รอดด้วยบัญชีที่ชาวบ้านอ่านออก",
    start="2022-09-08",
    end="2022-09-08",
    venue="โรงแรมดอยคำ",
    units=2,
    speakers=frozenset({("อรทัย", "ศรีวงค์"), ("บุญมี", "คำแสน")}),
    agencies=("กรมตรวจบัญชีสหกรณ์",),
    items=(
        ("วาดรูปกระปุกออมสินสามใบแทนคำว่าสินทรัพย์ หนี้สิน และทุน", "practice"),
        ("ปิดบัญชีทุกวันศุกร์ต่อหน้าสมาชิกอย่างน้อยห้าคน", "practice"),
        ("ใช้กระดานดำหน้าร้านแทนการส่งเอกสาร", "practice"),
        ("เปลี่ยนคนอ่านตัวเลขทุกสัปดาห์", "practice"),
        ("กรรมการชุดเดียวอยู่นานจนไม่มีใครกล้าถาม", "obstacle"),
        ("ให้กู้ตามความสนิท ไม่ได้ดูรายได้จริง", "obstacle"),
        ("กำหนดวาระกรรมการไม่เกินสองสมัย", "recommendation"),
        ("ให้ผู้สอบบัญชีพบสมาชิกโดยไม่มีกรรมการนั่งอยู่ด้วย", "recommendation"),
    ),
    headings=("สาเหตุและปัญหา", "ข้อเสนอแนะเชิงนโยบาย"),
)

MINUTES = Summary(
    text="""รายงานการประชุมคณะกรรมการจัดการความรู้
กรมการขนส่งทางบก
ครั้งที่ 2/2567
วันจันทร์ที่ 20 พฤษภาคม 2567 เวลา 09.30 น.
ณ ห้องประชุม 1 อาคาร 3 กรมการขนส่งทางบก
----------------------------

ผู้มาประชุม
1. นายกิตติ พูนสุข รองอธิบดี ประธาน
2. นางลดา จันทร์ฉาย ผู้อำนวยการกองแผนงาน กรรมการ

เริ่มประชุมเวลา 09.30 น.
ระเบียบวาระที่ 1 เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ
ประธานแจ้งว่าปีนี้จะประเมินการจัดการความรู้จากจำนวนเรื่องที่มีหน่วยงานอื่นนำไปใช้ ไม่นับจำนวนเรื่องที่เขียน
ระเบียบวาระที่ 2 เรื่องเพื่อพิจารณา
2.1 การถอดบทเรียนสถานีตรวจสภาพรถเคลื่อนที่
ฝ่ายเลขานุการรายงานว่าสำนักงานขนส่งจังหวัดแห่งหนึ่งจัดคิวตามหมู่บ้าน ทำให้รถไถและรถเข็นสามล้อได้ตรวจครบในสองวัน อุปสรรคคือเครื่องวัดควันพกพามีเพียงเครื่องเดียว
มติที่ประชุม
เห็นชอบให้จัดซื้อเครื่องวัดควันพกพาเพิ่มภาคละสองเครื่อง
มอบกองแผนงานทำคู่มือจัดคิวตามหมู่บ้านให้เสร็จภายในวันที่ 30 มิถุนายน 2567
เลิกประชุมเวลา 12.00 น.
ผู้จดรายงานการประชุม : นายสิทธิ แก้วตา
""",
    title="การประชุมคณะกรรมการจัดการความรู้",
    start="2024-05-20",
    end="2024-05-20",
    venue="ห้องประชุม 1 อาคาร 3 กรมการขนส่งทางบก",
    items=(
        ("ปีนี้จะประเมินการจัดการความรู้จากจำนวนเรื่องที่มีหน่วยงานอื่นนำไปใช้", "practice observation"),
        ("จัดคิวตามหมู่บ้าน ทำให้รถไถและรถเข็นสามล้อได้ตรวจครบในสองวัน", "practice obstacle"),
        ("อุปสรรคคือเครื่องวัดควันพกพามีเพียงเครื่องเดียว", "obstacle"),
        ("เห็นชอบให้จัดซื้อเครื่องวัดควันพกพาเพิ่มภาคละสองเครื่อง", "recommendation"),
        ("มอบกองแผนงานทำคู่มือจัดคิวตามหมู่บ้านให้เสร็จ", "recommendation"),
    ),
    headings=("มติที่ประชุม", "ผู้มาประชุม"),
)

ORDINALS = Summary(
    text="""ถอดบทเรียนโครงการธนาคารขยะชุมชน
เทศบาลตำบลเขาแก้ว จ.ระยอง
17-18 ต.ค. 2565

บทเรียนที่ 1 เริ่มจากขวดน้ำ ไม่ต้องเริ่มจากทุกอย่าง
เด็กนักเรียนเป็นผู้ชั่งน้ำหนักเอง จึงจำตัวเลขได้และไปเล่าที่บ้าน
บทเรียนที่ 2 จ่ายเป็นแต้มแลกไข่ คนมาเร็วกว่าจ่ายเป็นเงิน
บทเรียนที่ 3 ร้านรับซื้อของเก่าต้องเป็นหุ้นส่วนตั้งแต่วันแรก

ปัจจัยที่ทำให้สำเร็จ ประการแรก มีคนขับรถที่ตรงเวลาทุกวันเสาร์ ประการที่สอง มีป้ายราคากลางให้เห็นทุกครั้ง
สิ่งที่ยังทำไม่ได้ดี : ขยะเปียกจากตลาดนัดยังปนมากับถุงรีไซเคิล
ก้าวต่อไป :
• ขยายไปอีกสี่หมู่บ้านภายในปีหน้า
• ชวนโรงแรมริมหาดแยกแก้วออกจากพลาสติก
""",
    title="โครงการธนาคารขยะชุมชน",
    start="2022-10-17",
    end="2022-10-18",
    items=(
        ("เริ่มจากขวดน้ำ ไม่ต้องเริ่มจากทุกอย่าง", "lesson"),
        ("เด็กนักเรียนเป็นผู้ชั่งน้ำหนักเอง จึงจำตัวเลขได้และไปเล่าที่บ้าน", "lesson"),
        ("จ่ายเป็นแต้มแลกไข่ คนมาเร็วกว่าจ่ายเป็นเงิน", "lesson"),
        ("ร้านรับซื้อของเก่าต้องเป็นหุ้นส่วนตั้งแต่วันแรก", "lesson"),
        ("มีคนขับรถที่ตรงเวลาทุกวันเสาร์", "success_factor"),
        ("ขยะเปียกจากตลาดนัดยังปนมากับถุงรีไซเคิล", "obstacle"),
        ("ขยายไปอีกสี่หมู่บ้านภายในปีหน้า", "recommendation"),
        ("ชวนโรงแรมริมหาดแยกแก้วออกจากพลาสติก", "recommendation"),
    ),
    headings=("ก้าวต่อไป :",),
)

PARALLEL = Summary(
    text="""การสัมมนาเชิงปฏิบัติการ "ครูกับข้อมูลนักเรียน" / Workshop "Teachers and Student Data"
3 กุมภาพันธ์ 2568 / 3 February 2025
สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน / Office of the Basic Education Commission

1. สิ่งที่ได้ผล / What worked
1.1 ครูดูข้อมูลการขาดเรียนทุกเช้าวันจันทร์ก่อนเข้าแถว
    Teachers look at absences every Monday before assembly.
1.2 โทรหาผู้ปกครองภายในสิบนาทีเมื่อเด็กไม่มา
    Call the family within ten minutes when a child is missing.
2. สิ่งที่เป็นอุปสรรค / Obstacles
2.1 ครูหนึ่งคนดูแลสามระบบที่ไม่คุยกัน
    One teacher feeds three systems that do not talk to each other.
3. ข้อเสนอ / Recommendations
3.1 ยกเลิกแบบรายงานที่ไม่มีใครเปิดอ่านในสองปีที่ผ่านมา
    Drop every report nobody opened in the last two years.
""",
    title="ครูกับข้อมูลนักเรียน",
    start="2025-02-03",
    end="2025-02-03",
    items=(
        ("ครูดูข้อมูลการขาดเรียนทุกเช้าวันจันทร์ก่อนเข้าแถว", "success_factor practice"),
        ("Teachers look at absences every Monday before assembly.", "success_factor practice"),
        ("โทรหาผู้ปกครองภายในสิบนาทีเมื่อเด็กไม่มา", "success_factor practice"),
        ("ครูหนึ่งคนดูแลสามระบบที่ไม่คุยกัน", "obstacle"),
        ("One teacher feeds three systems that do not talk to each other.", "obstacle"),
        ("ยกเลิกแบบรายงานที่ไม่มีใครเปิดอ่านในสองปีที่ผ่านมา", "recommendation"),
    ),
    headings=("สิ่งที่ได้ผล / What worked", "ข้อเสนอ / Recommendations"),
)

REVIEW = Summary(
    text="""แบบสรุป After Action Review (AAR)
กิจกรรม : ซ้อมแผนอพยพโรงพยาบาลกรณีน้ำท่วมฉับพลัน
วันเดือนปี : ๒ สิงหาคม ๒๕๖๗
หน่วยงาน : โรงพยาบาลชุมชนท่าวัง สำนักงานสาธารณสุขจังหวัด

1. สิ่งที่คาดหวัง
ย้ายผู้ป่วยหนัก 12 รายขึ้นชั้นสองภายในสามสิบนาที
2. สิ่งที่เกิดขึ้นจริง
ใช้เวลาห้าสิบสองนาที เพราะลิฟต์ถูกตัดไฟตามแผน
3. สิ่งที่ทำได้ดี
3.1 พยาบาลเวรเช้าเรียกชื่อผู้ป่วยครบทุกคนก่อนเริ่มย้าย
3.2 แม่บ้านรู้จุดเก็บเปลผ้าโดยไม่ต้องถาม
4. สิ่งที่ควรปรับปรุง
4.1 ถังออกซิเจนสำรองอยู่ชั้นล่างทั้งหมด
4.2 วิทยุสื่อสารสองเครื่องถ่านหมด
5. สิ่งที่จะทำต่อ
ย้ายถังออกซิเจนครึ่งหนึ่งขึ้นชั้นสองภายในเดือนนี้
""",
    title="ซ้อมแผนอพยพโรงพยาบาลกรณีน้ำท่วมฉับพลัน",
    start="2024-08-02",
    end="2024-08-02",
    items=(
        ("ใช้เวลาห้าสิบสองนาที เพราะลิฟต์ถูกตัดไฟตามแผน", "practice observation obstacle"),
        ("พยาบาลเวรเช้าเรียกชื่อผู้ป่วยครบทุกคนก่อนเริ่มย้าย", "success_factor practice"),
        ("แม่บ้านรู้จุดเก็บเปลผ้าโดยไม่ต้องถาม", "success_factor practice"),
        ("ถังออกซิเจนสำรองอยู่ชั้นล่างทั้งหมด", "obstacle recommendation"),
        ("วิทยุสื่อสารสองเครื่องถ่านหมด", "obstacle recommendation"),
        ("ย้ายถังออกซิเจนครึ่งหนึ่งขึ้นชั้นสองภายในเดือนนี้", "recommendation practice"),
    ),
    headings=("สิ่งที่ทำได้ดี", "สิ่งที่ควรปรับปรุง"),
)

ESSAY = Summary(
    text="""Lessons from a year of night clinics

Report of the National Seminar on Primary Care, Khon Kaen, 14 March 2024

Between January and December the district opened its clinic until ten in the evening on three days a week. Attendance grew from 40 to 95 people a night, most of them factory workers who could not come by day.

Lesson 1: Start with one evening, not three.
Lesson 2: Pay the pharmacist first; without drugs nobody comes back.
Lesson 3: Tell the village heads before telling the newspaper.

What went wrong?
Two nurses resigned in June because the last bus leaves at nine. The generator failed twice and nobody on duty had been shown how to restart it.

Next steps
The province should share one night bus among three clinics. We must also write the restart procedure on the wall.
""",
    title="Lessons from a year of night clinics",
    start="2024-03-14",
    end="2024-03-14",
    items=(
        ("Start with one evening, not three.", "lesson"),
        ("Pay the pharmacist first; without drugs nobody comes back.", "lesson"),
        ("Tell the village heads before telling the newspaper.", "lesson"),
        ("Two nurses resigned in June because the last bus leaves at nine.", "obstacle"),
        ("nobody on duty had been shown how to restart it", "obstacle"),
        ("The province should share one night bus among three clinics.", "recommendation"),
        ("Attendance grew from 40 to 95 people a night", "metric practice observation"),
    ),
    headings=("Next steps",),
)

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

TEXTS = {
    "news": NEWS,
    "agenda": AGENDA,
    "minutes": MINUTES,
    "ordinals": ORDINALS,
    "parallel": PARALLEL,
    "review": REVIEW,
    "essay": ESSAY,
}
DOCUMENTS = {"panel": PANEL_DOCX}
PDFS = {"museums": LETTER_PDF}
