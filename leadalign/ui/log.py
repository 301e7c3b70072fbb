"""The log: one JSON object a line, on standard error, with no e-mail address in it."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


def write_log_as_fields() -> None:
    """From here on what is logged is fields, and an error of a page is logged once, by us."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            without_emails,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    logging.getLogger("streamlit.error_util").addFilter(_not_by_streamlit)


def without_emails(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The event with each e-mail address made unreadable."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = _EMAIL.sub("<e-mail>", value)
    return event


def _not_by_streamlit(record: logging.LogRecord) -> bool:
    """Streamlit's own record of the same error has no id and would show addresses."""
    return record.getMessage() != "Uncaught app execution"
