"""Workers as processes of their own: killed, told to stop, two at once, beside the pages."""

import time

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_schedule")]


WORK = """
import sys
from danvan.foundation import jobs
from tests.foundation import work
jobs.sign_of_life("one")
jobs.run_next("one")
"""


LOOK = """
from danvan.foundation.models import NumberSeries
from django_tasks_db.models import DBTaskResult
print(list(NumberSeries.objects.filter(key={key!r}).values_list("last", flat=True)),
      [row.status for row in DBTaskResult.objects.all()])
"""


@pytest.mark.parametrize(
    ("job", "meanwhile"), [("die", "[] ['RUNNING']"), ("die_between", "[2] ['RUNNING']")]
)
def test_a_job_whose_worker_is_killed_is_done_wholly_by_the_next(outside, job, meanwhile):
    key = f"killed:{job}"
    outside.script(
        "from django_tasks_db.models import DBTaskResult; DBTaskResult.objects.all().delete()\n"
        f"from tests.foundation import work; work.{job}.enqueue({key!r})"
    )
    killed = outside.run(
        "-c", "import sys; sys.path.insert(0, 'src'); import django; django.setup()\n" + WORK
    )
    assert killed.returncode == -9
    assert outside.script(LOOK.format(key=key)) == meanwhile
    outside.script(
        "from datetime import timedelta\n"
        "from django_tasks_db.models import DBTaskResult\n"
        "from danvan.foundation import clock, jobs\n"
        "assert jobs.reap() == 0\n"  # it was seen a moment ago
        "assert jobs.reap(silent_for=timedelta(0)) == 1\n"
        "DBTaskResult.objects.update(run_after=clock.machine())\n"
        "assert jobs.run_all('two') == 1\n"
    )
    assert outside.script(LOOK.format(key=key)) == "[2] ['SUCCESSFUL']"


def test_the_worker_process_works_until_it_is_told_to_stop(outside):
    outside.script(
        "from tests.foundation import work; from danvan.foundation import audit\n"
        "from danvan.foundation.models import NumberSeries\n"
        "thing, _ = NumberSeries.objects.get_or_create(key='for the worker')\n"
        "audit.record(None, 'things.change', thing)\n"
        "work.slow.enqueue('worked')"
    )
    process = outside.start("manage.py", "work")
    ask = (
        "from tests.foundation import work; from danvan.foundation import audit\n"
        "from danvan.foundation.models import JobWorker\n"
        "print(work.noted('worked'), audit.unsealed(whole=True).count(), JobWorker.objects.count())"
    )
    end = time.monotonic() + 120
    while time.monotonic() < end and not outside.script(ask).startswith("1 0"):
        time.sleep(0.2)
    told = outside.script(ask)
    process.terminate()
    out, err = process.communicate(timeout=30)
    assert (told.split()[:2], process.returncode, err) == (["1", "0"], 0, "")
    assert "Đang chờ việc cuối cùng kết thúc" in out
    assert int(outside.script(ask).split()[2]) == int(told.split()[2]) - 1


def test_two_workers_share_the_jobs_and_none_runs_twice(outside):
    outside.script(
        "from tests.foundation import work\n"
        "for number in range(40): work.count.enqueue(f'shared:{number}')"
    )
    code = (
        "import sys; sys.path.insert(0, 'src'); import django; django.setup()\n"
        "from danvan.foundation import jobs; import os\n"
        "jobs.run_all(f'w{os.getpid()}')"
    )
    both = [outside.start("-c", code) for _ in range(2)]
    ended = [process.communicate(timeout=60) for process in both]
    assert [err for _, err in ended] == ["", ""]
    told = outside.script(
        "from danvan.foundation.models import NumberSeries\n"
        "print(sorted(NumberSeries.objects.filter(key__startswith='shared:').values_list('last', flat=True)))"
    )
    assert told == str([1] * 40)


def test_a_worker_runs_beside_the_pages_of_one_process(outside):
    told = outside.script(
        "import time\n"
        "from danvan.foundation.worker import start_background_worker\n"
        "from tests.foundation import work\n"
        "worker = start_background_worker()\n"
        "work.slow.enqueue('beside')\n"
        "end = time.monotonic() + 30\n"
        "while time.monotonic() < end and not work.noted('beside'): time.sleep(0.1)\n"
        "print(worker.running, worker.stop(), worker.running, work.noted('beside'))\n"
        "worker.sign_off()\n"
    )
    assert told == "True True False 1"
