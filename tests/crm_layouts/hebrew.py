"""The company as a Salesforce with Hebrew screens exports it: the same reports, their headers and values in Hebrew."""

from tests.crm_layouts import salesforce
from tests.crm_layouts.company import Company

TELLS = salesforce.TELLS
WORDS = {
    "Lead ID": "מזהה ליד", "Lead Owner": "בעלים של ליד", "First Name": "שם פרטי", "Last Name": "שם משפחה",
    "Company / Account": "חברה / חשבון", "Email": "דוא״ל", "Lead Source": "מקור ליד", "Rating": "דירוג",
    "Lead Status": "סטטוס ליד", "Converted": "הומר", "Converted Date": "תאריך המרה", "Create Date": "תאריך יצירה",
    "Last Modified Date": "תאריך שינוי אחרון", "Opportunity ID": "מזהה הזדמנות", "Opportunity Name": "שם הזדמנות",
    "Account Name": "שם חשבון", "Stage": "שלב", "Amount": "סכום", "Close Date": "תאריך סגירה",
    "Created Date": "נוצר בתאריך", "Opportunity Owner": "בעלים של הזדמנות", "Loss Reason": "סיבת הפסד",
    "Subject": "נושא", "Assigned": "משויך", "Date": "תאריך", "Task Type": "סוג משימה", "Status": "מצב",
    "Qualified": "מוסמך", "Working - Contacted": "בעבודה – נוצר קשר", "Unqualified": "לא מוסמך",
    "Closed - Converted": "סגור - הומר", "Closed Won": "נסגר – זכייה", "Closed Lost": "נסגר - הפסד",
    "Negotiation/Review": "משא ומתן", "Call": "שיחה", "Meeting": "פגישה", "Completed": "הושלמה",
}  # fmt: skip


def files(company: Company) -> dict[str, bytes]:
    """The exports, by file name."""
    return {
        name: _translated(content.decode()).encode("utf-8-sig") for name, content in salesforce.files(company).items()
    }


def _translated(text: str) -> str:
    for word, hebrew in WORDS.items():
        text = text.replace(f'"{word}"', f'"\u200f{hebrew}"')
    return text
