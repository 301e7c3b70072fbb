"""leadalign with a hand on it: while a file `hold` lies beside the database, work stops where it first tells of rows.

A test that must catch work midway needs no large file and no fast hands then. Run it as streamlit is run.
"""

import os
import time
from pathlib import Path

from streamlit.web.cli import main

from leadalign.ui.jobs import Job

HOLD = Path(os.environ["LEADALIGN_DATABASE"]).with_name("hold")
tell = Job.tell


def tell_and_wait(job: Job, step: str, done: int, total: int | None) -> None:
    """Notes how far the job is, and lets it go on when the hold is gone or somebody stops it."""
    tell(job, step, done, total)
    while done and HOLD.exists() and not job.stopping:
        time.sleep(0.02)
    tell(job, step, done, total)


Job.tell = tell_and_wait  # type: ignore[method-assign]

if __name__ == "__main__":
    main()
