"""Invented customers: people and companies, some written in Hebrew, with addresses that reach nobody."""

from dataclasses import dataclass

from leadalign.demo.dice import Dice

FIRST_NAMES = {
    "Avi": "אבי", "Noa": "נועה", "Yossi": "יוסי", "Michal": "מיכל", "Ronen": "רונן", "Tali": "טלי", "Oren": "אורן",
    "Keren": "קרן", "Eyal": "אייל", "Dafna": "דפנה", "Nir": "ניר", "Sigal": "סיגל", "Uri": "אורי", "Orly": "אורלי",
    "Itai": "איתי", "Liat": "ליאת", "Gadi": "גדי", "Hadas": "הדס", "Moshe": "משה", "Inbal": "ענבל", "Yaron": "ירון",
    "Rina": "רינה", "Shai": "שי", "Einat": "עינת", "Doron": "דורון", "Galit": "גלית", "Ilan": "אילן", "Vered": "ורד",
}  # fmt: skip
LAST_NAMES = {
    "Barlev": "ברלב", "Shemer": "שמר", "Harari": "הררי", "Nevo": "נבו", "Golanski": "גולנסקי", "Tzur": "צור",
    "Ravid": "רביד", "Elroy": "אלרועי", "Kedem": "קדם", "Yarden": "ירדן", "Shaked": "שקד", "Almog": "אלמוג",
    "Carmon": "כרמון", "Negbi": "נגבי", "Arbel": "ארבל", "Sapir": "ספיר", "Lavon": "לבון", "Ophir": "אופיר",
    "Magal": "מגל", "Reshef": "רשף", "Tamir": "תמיר", "Yanai": "ינאי", "Gefen": "גפן", "Snir": "שניר",
}  # fmt: skip
ABROAD_FIRST = ("Alice", "Marcus", "Priya", "Jonas", "Claire", "Victor", "Emma", "Rafael", "Ingrid", "Colin")
ABROAD_LAST = ("Fenwick", "Halloran", "Brandt", "Iyer", "Moreau", "Lindqvist", "Osgood", "Castell", "Weller", "Thorne")
STEMS = {
    "Talvira": "טלוירה", "Nirvon": "נירבון", "Orkesh": "אורקש", "Galimor": "גלימור", "Zohartek": "זוהרטק",
    "Meravit": "מרבית", "Shakedon": "שקדון", "Arbelix": "ארבליקס", "Netzura": "נצורה", "Kfirano": "כפירנו",
    "Dolevan": "דולבן", "Tzafira": "צפירה", "Almogil": "אלמוגיל", "Barkanet": "ברקנט", "Yahelum": "יהלום",
    "Rimonix": "רימוניקס", "Sapirel": "ספיראל", "Gvanim": "גוונים", "Eshkolit": "אשכולית", "Hadarion": "הדריון",
    "Livnatek": "לבנטק", "Meitaron": "מיתרון", "Nofarim": "נופרים", "Odemia": "אודמיה", "Pninor": "פנינור",
    "Raananix": "רעננקס", "Seledor": "סלדור", "Tidharon": "תדהרון", "Uzimar": "עוזימר", "Vardimon": "ורדימון",
}  # fmt: skip
TRADES = {
    "Software": ("Systems", "תוכנה"), "Telecom": ("Networks", "תקשורת"), "Finance": ("Capital", "פיננסים"),
    "Retail": ("Stores", "רשתות"), "Education": ("Academy", "הדרכה"), "Manufacturing": ("Industries", "תעשיות"),
    "Health Care": ("Clinics", "רפואה"), "Logistics": ("Logistics", "לוגיסטיקה"),
}  # fmt: skip
TITLES = {
    "junior": ("IT Specialist", "Systems Analyst", "Student"),
    "manager": ("IT Manager", "Operations Manager", "Project Manager"),
    "director": ("Director of IT", "Director of Operations"),
    "vp": ("VP R&D", "VP Operations", "VP Information Systems"),
    "cxo": ("CIO", "CTO", "CEO"),
}


@dataclass(frozen=True)
class Contact:
    """A person at a customer, as the CRM writes them."""

    first_name: str
    last_name: str
    email: str
    company: str


def contact(dice: Dice, country: str, industry: str) -> Contact:
    """Somebody invented, at an invented company of that `industry`."""
    stem = dice.pick(tuple(STEMS))
    trade, hebrew_trade = TRADES[industry]
    domain = f"{stem}-{trade}.example".lower()
    if country != "Israel":
        first, last = dice.pick(ABROAD_FIRST), dice.pick(ABROAD_LAST)
        return Contact(first, last, f"{first}.{last}@{domain}".lower(), f"{stem} {trade}")
    first, last = dice.pick(tuple(FIRST_NAMES)), dice.pick(tuple(LAST_NAMES))
    email = f"{first}.{last}@{domain}".lower()
    if dice.chance(0.2):
        return Contact(FIRST_NAMES[first], LAST_NAMES[last], email, f"{STEMS[stem]} {hebrew_trade}")
    return Contact(first, last, email, f"{stem} {trade}")
