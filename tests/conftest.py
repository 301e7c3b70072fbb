"""What every test shares: where the sample files lie, how hard Hypothesis tries, on how many cores a whole run goes."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]

settings.register_profile("here", max_examples=25, deadline=None)
settings.register_profile(
    "ci", max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """A whole run uses every core; a chosen test starts at once, in this process."""
    chosen = [part for part in config.invocation_params.args if not str(part).startswith("-")]
    if chosen:
        config.option.dist = "no"
        return 0
    return os.cpu_count() or 1


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of sample files beside the clone; they are not ours to ship, so a clone alone may lack them."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        absent = f"the sample files are not here: {folder}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(absent)
    return folder
