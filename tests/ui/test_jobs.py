"""Long work runs beside the pages: seen from outside, stopped from outside, its end found again."""

import threading

import pytest

from leadalign.problems import Refusal
from leadalign.ui.jobs import CANCELLED, DONE, FAILED, REFUSED, Job, Jobs


def steps_until(go_on: threading.Event, job: Job) -> str:
    """Work that tells its steps until it may end."""
    number = 0
    while not go_on.wait(0.01):
        number += 1
        job.tell("reading", number, None)
    return "all of it"


def test_work_is_found_by_its_key_with_its_result():
    jobs, go_on = Jobs(one=1), threading.Event()
    job = jobs.start("one", "a", lambda job: steps_until(go_on, job))
    assert jobs.start("one", "a", lambda job: "another") is job
    assert job.pending
    go_on.set()
    assert job.wait(20)
    assert (job.state, job.result) == (DONE, "all of it")
    assert jobs.find("a") is job


def test_whoever_stops_it_stops_it_at_its_next_step():
    jobs = Jobs(one=1)
    job = jobs.start("one", "a", lambda job: steps_until(threading.Event(), job))
    job.cancel()
    assert job.wait(20)
    assert (job.state, job.result) == (CANCELLED, None)


def test_what_waits_for_room_can_be_stopped_before_it_begins():
    jobs, go_on, begun = Jobs(one=1), threading.Event(), []
    first = jobs.start("one", "a", lambda job: steps_until(go_on, job))
    second = jobs.start("one", "b", begun.append)
    second.cancel()
    go_on.set()
    assert first.wait(20)
    assert second.wait(20)
    assert (second.state, begun) == (CANCELLED, [])


def test_a_refusal_is_kept_for_the_page_and_a_fault_has_an_id():
    jobs = Jobs(one=1)

    def refuses(job: Job) -> None:
        raise Refusal("empty_file", file="a.csv")

    def breaks(job: Job) -> None:
        raise ZeroDivisionError

    refused, broken = jobs.start("one", "a", refuses), jobs.start("one", "b", breaks)
    assert refused.wait(20)
    assert broken.wait(20)
    assert (refused.state, refused.refusal.problem.code) == (REFUSED, "empty_file")
    assert broken.state == FAILED
    assert len(broken.error_id) == 8


def test_ended_jobs_do_not_pile_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("leadalign.ui.jobs.KEPT", 3)
    jobs = Jobs(one=1)
    for number in range(8):
        assert jobs.start("one", number, lambda job: None).wait(20)
    assert [job.key for job in jobs.all()] == [5, 6, 7]
