"""Small files written as a reader sees them, and what intake understands of them."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from leadalign.intake import Understanding, understand
from leadalign.settings import Settings

SAMPLES = Path(__file__).parent / "samples"
Read = Callable[..., Understanding]


@pytest.fixture(scope="session")
def company() -> Settings:
    """Settings of a company in Israel that reads times as Jerusalem times."""
    return Settings(zone="Asia/Jerusalem", currency="ILS", longest_activity_minutes=600)


@pytest.fixture
def read(company: Settings) -> Read:
    """Understands a text as if it were uploaded."""

    def understood(text: str | bytes, name: str = "file.csv", **more: object) -> Understanding:
        content = text.encode() if isinstance(text, str) else text
        return understand(name, content, settings=company, **more)  # type: ignore[arg-type]

    return understood


@pytest.fixture
def sample(read: Read) -> Callable[[str], Understanding]:
    """Understands one of the sample files, by the name of its format."""
    return lambda name: read((SAMPLES / f"{name}.csv").read_bytes(), f"{name}.csv")


@pytest.fixture
def real(read: Read, shared: Path) -> Callable[..., Understanding]:
    """Understands one of the shared data files."""
    return lambda path, **more: read((shared / path).read_bytes(), Path(path).name, **more)


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """Some columns of a frame as tuples, moments as UTC texts."""
    return [tuple(_plain(value) for value in row) for row in frame[list(columns)].itertuples(index=False)]


def _plain(value: object) -> object:
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d %H:%M")
    return None if pd.isna(value) else value  # type: ignore[call-overload]
