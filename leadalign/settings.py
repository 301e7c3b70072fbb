"""What a company sets once, by file or environment: zone, working days, currency, minutes by default, the benchmark."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Settings(BaseSettings):
    """The company's settings: `LEADALIGN_<NAME>` in the environment, else `leadalign.toml`, else these."""

    model_config = SettingsConfigDict(env_prefix="LEADALIGN_", toml_file="leadalign.toml", extra="forbid", frozen=True)

    database: Path = Path("var/leadalign.duckdb")
    inbox: Path | None = None
    """A folder that the running app watches for exports, beside the database where it is no full path; None: none."""
    inbox_seconds: float = Field(5, gt=0)
    """Between two looks into the inbox; a file that two of them found unchanged is taken."""
    language: Literal["en", "he"] = "en"
    zone: str = "Asia/Jerusalem"
    week_start: Weekday = "sunday"
    work_days: tuple[Weekday, ...] = ("sunday", "monday", "tuesday", "wednesday", "thursday")
    holidays_country: str = "IL"
    half_day_fraction: float = Field(0.5, ge=0, le=1)
    day_overrides: dict[date, float] = {}
    """Share of a working day, for eves and the company's own days off."""

    currency: str = "ILS"
    default_minutes: dict[str, float] = {
        "call": 10, "meeting": 60, "demo": 60, "visit": 90, "proposal": 60, "email": 5,
    }  # fmt: skip
    """Minutes of a sales activity whose length nobody logged, by its type."""
    longest_activity_minutes: float = 600
    allowance_minutes: float = 15
    """Qualification allowance: the first minutes of the first sales contact of each hand-over cycle."""
    rating_work_days: int = 10
    """A rating counts when given within so many working days of the hand-over."""

    daily_work_minutes: float = Field(480, gt=0)
    """Working minutes of a full day, for sales people whose own nobody entered."""
    completeness_floor: float = Field(0.9, ge=0, le=1)
    """Below this share of the definition's points known, too many leads cannot be judged (ours; agree on your own)."""
    duplicates_limit: float = Field(0.05, ge=0, le=1)
    """Above this share of duplicates, counts of leads mislead (ours)."""
    orphans_limit: float = Field(0.05, ge=0, le=1)
    """Above this share of activities on no lead we know, sales time is understated (ours)."""
    imputed_limit: float = Field(0.2, ge=0, le=1)
    """Above this share of minutes that nobody logged, one default for all is no longer enough (Rubin 1987)."""
    sequence_errors_limit: float = Field(0, ge=0)
    """More impossible sequences than this ask for a look (ours: one is enough)."""
    recording_delay_limit: float = Field(1, ge=0)
    """Days within which nine in ten facts should be recorded (ours: the next day)."""
    rating_floor: float = Field(0.6, ge=0, le=1)
    """Below this share of worked leads rated, those who answer may not speak for the others (ours)."""
    logging_floor: float = Field(0.6, ge=0, le=1)
    """Below this share of working time logged, sales time cannot be held against others' benchmarks (ours)."""
    feed_days: float = Field(7, gt=0)
    """An export without a rhythm of its own is due again after so many days."""
    feed_patience: float = Field(1.5, ge=1)
    """An export is overdue when so many times its usual rhythm has passed."""

    sponsor_must_sign: bool = False
    """Whether a version waits for management's signature too; it is asked for in any case."""
    definition_days: float = Field(180, gt=0)
    """After so many days without a look, the definition asks whether it still holds (ours; agree on your own)."""
    disputed_limit: float = Field(0.2, ge=0, le=1)
    """Above this share of rated leads on which sales and the definition differ, it asks for a talk (ours)."""
    cannot_judge_limit: float = Field(0.15, ge=0, le=1)
    """Above this share of leads that cannot be judged, it asks for what nobody collects (ours)."""

    marketing_systems: tuple[str, ...] = ("hubspot", "mautic")
    """Whose records are marketing's, where two systems tell of the same leads."""
    sales_systems: tuple[str, ...] = ("salesforce", "pipedrive", "dynamics", "odoo", "zoho", "espocrm", "suitecrm")
    """Whose records are sales'."""

    maturity_days: int = 90
    """A lead this old has had its time to be won; younger ones say "not yet", never "no"."""

    sales_capacity: int | None = Field(None, gt=0)
    """Leads that sales can take in a month; None: as many as the month's goal of sales-ready leads."""

    benchmark_share: float = 0.25
    """IDC 2008 (M. Gerard): about a quarter of sales time goes to unproductive prospecting."""

    own_domains: tuple[str, ...] = ()
    """Mail domains of the company itself: whoever writes from there is no lead."""
    competitor_domains: tuple[str, ...] = ()
    """Mail domains of competitors: their leads are marked, and count."""
    test_share: float = Field(0.2, ge=0, le=1)
    """A rule against test leads that fits more of a file than this asks first: the file may be anonymised."""

    leads_goal: float = 50
    sales_ready_goal: float = 10
    nurtured_goal: float = 40
    deals_goal: float = 10

    memory_limit: str = "4GB"
    threads: int | None = None

    @property
    def inbox_folder(self) -> Path | None:
        """Where the inbox is."""
        return self.database.parent / self.inbox if self.inbox else None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


@cache
def settings() -> Settings:
    """The settings in force in this process, read once."""
    return Settings()
