"""Pages of citizen reception: the schedule, one day, one visit, the register, their papers."""

from danvan.petitions.views.reception.days import (
    act,
    act_handling,
    card,
    notice_paper,
    of_conclusion,
    own,
    plan,
    post_month,
    put_back,
    schedule,
    schedule_paper,
    sentence,
)
from danvan.petitions.views.reception.register import (
    open_rows,
    print_register,
    register,
    register_docx,
    register_sheet,
)
from danvan.petitions.views.reception.visits import (
    answer,
    joined,
    minutes,
    notice,
    receipt,
    record,
    told,
    visit,
)

__all__ = [
    "act", "act_handling", "answer", "card", "joined", "minutes", "notice", "notice_paper", "of_conclusion", "open_rows", "own", "plan",
    "post_month", "print_register", "put_back", "receipt", "record", "register", "register_docx", "register_sheet",
    "schedule", "schedule_paper", "sentence", "told", "visit",
]  # fmt: skip
