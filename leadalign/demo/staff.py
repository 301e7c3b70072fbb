"""Who works at the demo company: four in marketing, eight in sales, two managers. All are invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Somebody of the demo company."""

    person_id: str
    name: str
    function: str
    role: str
    team: str
    hourly_cost: int

    @property
    def email(self) -> str:
        """The address at work, under a domain that is reserved and reaches nobody."""
        return f"{self.person_id}@kesemor.example"


MARKETERS = (
    Person("m1", "Shira Almagor", "marketing", "marketing", "demand", 170),
    Person("m2", "Eitan Navon", "marketing", "marketing", "demand", 160),
    Person("m3", "Ruth Oster", "marketing", "marketing", "brand", 165),
    Person("m4", "Boaz Tiran", "marketing", "analyst", "operations", 180),
)
REPS = (
    Person("r1", "Dana Harlev", "sales", "sales", "enterprise", 230),
    Person("r2", "Omer Katzir", "sales", "sales", "enterprise", 225),
    Person("r3", "Noam Selay", "sales", "sales", "enterprise", 215),
    Person("r4", "Maya Drori", "sales", "sales", "enterprise", 220),
    Person("r5", "Gil Paran", "sales", "sales", "mid-market", 190),
    Person("r6", "Tamar Yovel", "sales", "sales", "mid-market", 185),
    Person("r7", "Adam Weissglas", "sales", "sales", "mid-market", 190),
    Person("r8", "יעל ברקאי", "sales", "sales", "mid-market", 195),
)
MANAGERS = (
    Person("x1", "Hila Gonen", "management", "executive", "management", 400),
    Person("x2", "Amir Shoval", "management", "sales_manager", "management", 340),
)
STAFF = MARKETERS + REPS + MANAGERS

EARLY_CALLER = REPS[4]
"""Calls fresh leads on the day they come in, ready or not."""
LOGS_NO_MINUTES = REPS[5]
"""Logs every activity and the length of none."""
