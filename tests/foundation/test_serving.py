"""How many processes serve pages where nobody said so."""

import os

import pytest

from danvan.foundation import serving


@pytest.fixture
def limits(tmp_path, monkeypatch):
    """What the system tells of the groups of this process, by file; eight processors otherwise."""

    def tell(own="", **files):
        (tmp_path / "own").write_text(own)
        for name, words in files.items():
            path = tmp_path / "groups" / name.replace("__", "/").replace("_max", ".max")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(words)

    monkeypatch.setattr(serving, "OWN_GROUP", tmp_path / "own")
    monkeypatch.setattr(serving, "CGROUPS", tmp_path / "groups")
    monkeypatch.setattr(os, "sched_getaffinity", lambda who: set(range(8)), raising=False)
    return tell


def test_a_machine_without_limits_gets_a_process_a_processor_and_four_at_most(limits, monkeypatch):
    assert serving.usual_workers() == 4
    limits("0::/\n", cpu_max="max 100000\n")
    assert serving.usual_workers() == 4
    monkeypatch.setattr(os, "sched_getaffinity", lambda who: {0, 5, 6})
    assert serving.usual_workers() == 3


@pytest.mark.parametrize(
    ("quota", "number"), [("200000 100000", 2), ("150000 100000", 2), ("50000 100000", 1)]
)
def test_a_container_gets_no_more_processes_than_its_share(limits, quota, number):
    limits("0::/\n", cpu_max=quota)
    assert serving.usual_workers() == number


def test_the_limit_of_a_group_above_holds_too(limits):
    limits(
        "1:cpu:/\n0::/system.slice/danvan.service\n",
        system__slice__cpu_max="100000 100000",
    )
    assert serving.usual_workers() == 4  # another group's
    limits("0::/a/b\n", a__cpu_max="100000 100000", a__b__cpu_max="max 100000")
    assert serving.usual_workers() == 1


def test_the_older_groups_are_read_and_a_system_without_either_tells_its_processors(
    limits, tmp_path, monkeypatch
):
    limits(cpu__cpu=".", x="")
    (tmp_path / "groups" / "cpu" / "cpu.cfs_quota_us").write_text("-1")
    (tmp_path / "groups" / "cpu" / "cpu.cfs_period_us").write_text("100000")
    assert serving.usual_workers() == 4
    (tmp_path / "groups" / "cpu" / "cpu.cfs_quota_us").write_text("200000")
    assert serving.usual_workers() == 2
    (tmp_path / "groups" / "cpu" / "cpu.cfs_quota_us").write_text("-1")
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert serving.usual_workers() == 1
