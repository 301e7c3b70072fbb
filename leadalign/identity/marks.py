"""What an address is known for: a function, free mail, a competitor; such leads are marked, never left out."""

from leadalign.intake import addresses
from leadalign.settings import settings


def address_marks(email: str | None) -> tuple[str, ...]:
    """The codes of what the address is known for."""
    box, at, domain = (email or "").strip().lower().rpartition("@")
    if not at or not box:
        return ()
    known = addresses.words()
    said = {
        "role_address": box.split("+")[0] in known["role"],
        "free_mail": domain in known["free_mail"],
        "competitor": domain in {each.lower() for each in settings().competitor_domains},
    }
    return tuple(code for code, holds in said.items() if holds)
