"""What the worker does for petitions, again and again."""

from danvan.foundation import clock, jobs
from danvan.organisations.enums import Level
from danvan.organisations.selectors.reaching import places_at
from danvan.petitions.selectors.vault.totals import least_told
from danvan.petitions.services import clear_held_files
from danvan.petitions.services.erasing import erase_old_petitioners
from danvan.petitions.services.together import forget_ended_followers
from danvan.petitions.services.vault import name_superiors, tell_what_is_over


# Not whole: each person is a transaction of its own. It may be run twice.
@jobs.job(whole=False)
def erase_petitioners() -> None:
    """Erase who petitioned longer ago than their data is kept."""
    erase_old_petitioners()


@jobs.job
def forget_followers() -> None:
    """Erase the addresses of who followed together by codes that are over."""
    forget_ended_followers()


# Not whole: file by file, each in a transaction of its own. It may be run twice.
@jobs.job(whole=False)
def clear_what_was_held() -> None:
    """Throw away the files of papers that nobody wrote down."""
    clear_held_files()


# Not whole: case by case, each in a transaction of its own. It may be run twice.
@jobs.job(whole=False)
def name_superiors_of_cases() -> None:
    """Name a superior for each case of the vault whose readers are all shut out or gone."""
    name_superiors()


# Not whole: period by period, each in a transaction of its own. It may be run twice.
@jobs.job(whole=False)
def tell_totals_of_the_vault() -> None:
    """Tell the totals of the vault of each province for the periods that are over, once for all."""
    if least_told() is not None:
        tell_what_is_over(list(places_at([Level.PROVINCE], on=clock.today())))


def register() -> None:
    """Put it on the schedule of this process."""
    jobs.every(hours=24)(erase_petitioners)
    jobs.every(hours=24)(forget_followers)
    jobs.every(hours=1)(clear_what_was_held)
    jobs.every(hours=1)(name_superiors_of_cases)
    jobs.every(hours=24)(tell_totals_of_the_vault)
