"""The 77 provinces of Thailand (Royal Thai Government Gazette names), to part a venue from its province."""

from __future__ import annotations

import re

from .model import Vocabulary
from .text import collapse

PROVINCES = [
    "กระบี่",
    "กาญจนบุรี",
    "กาฬสินธุ์",
    "กำแพงเพชร",
    "ขอนแก่น",
    "จันทบุรี",
    "ฉะเชิงเทรา",
    "ชลบุรี",
    "ชัยนาท",
    "ชัยภูมิ",
    "ชุมพร",
    "เชียงราย",
    "เชียงใหม่",
    "ตรัง",
    "ตราด",
    "ตาก",
    "นครนายก",
    "นครปฐม",
    "นครพนม",
    "นครราชสีมา",
    "นครศรีธรรมราช",
    "นครสวรรค์",
    "นนทบุรี",
    "นราธิวาส",
    "น่าน",
    "บึงกาฬ",
    "บุรีรัมย์",
    "ปทุมธานี",
    "ประจวบคีรีขันธ์",
    "ปราจีนบุรี",
    "ปัตตานี",
    "พระนครศรีอยุธยา",
    "พะเยา",
    "พังงา",
    "พัทลุง",
    "พิจิตร",
    "พิษณุโลก",
    "เพชรบุรี",
    "เพชรบูรณ์",
    "แพร่",
    "ภูเก็ต",
    "มหาสารคาม",
    "มุกดาหาร",
    "แม่ฮ่องสอน",
    "ยโสธร",
    "ยะลา",
    "ร้อยเอ็ด",
    "ระนอง",
    "ระยอง",
    "ราชบุรี",
    "ลพบุรี",
    "ลำปาง",
    "ลำพูน",
    "เลย",
    "ศรีสะเกษ",
    "สกลนคร",
    "สงขลา",
    "สตูล",
    "สมุทรปราการ",
    "สมุทรสงคราม",
    "สมุทรสาคร",
    "สระแก้ว",
    "สระบุรี",
    "สิงห์บุรี",
    "สุโขทัย",
    "สุพรรณบุรี",
    "สุราษฎร์ธานี",
    "สุรินทร์",
    "หนองคาย",
    "หนองบัวลำภู",
    "อ่างทอง",
    "อำนาจเจริญ",
    "อุดรธานี",
    "อุตรดิตถ์",
    "อุทัยธานี",
    "อุบลราชธานี",
    "กรุงเทพมหานคร",
]
_MARKED = re.compile(r"\s*(?:จังหวัด|จ\.)\s{0,2}(?P<name>\S+)\s*$")
_BANGKOK = ("กรุงเทพฯ", "กรุงเทพ", "กทม.", "กทม", "Bangkok")


def find_province(venue: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """(venue without the province, province); the province may be marked by จังหวัด or จ., or stand last."""
    if found := _MARKED.search(venue):
        return collapse(venue[: found.start()]).strip(" ,") or collapse(venue), found["name"].strip(" ,.")
    known = (*PROVINCES, *vocabulary.provinces)
    last = venue.rsplit(" ", maxsplit=1)[-1].strip(" ,.)") if venue else ""
    if last in known and " " in venue:
        return venue[: -len(venue.rsplit(" ", maxsplit=1)[-1])].strip(" ,"), last
    if venue.rstrip(" ,.").endswith(_BANGKOK):
        return venue, "กรุงเทพมหานคร"
    inside = next((p for p in known if len(p) > 3 and p in venue), "")
    return venue, inside
