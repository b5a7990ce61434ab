"""People in posts of the first commune, for the tests that open every page."""

from danvan.organisations.services.officers import assign_field, found_temporary_body
from tests.organisations.officers import SINCE, hold, make_officer, make_post

# Everyone who may read the register reads these of any unit.
SHARED_PAGES = {
    f"desk:{name}"
    for name in (
        "officer", "posts", "posts-sheet", "assignments", "vacancies", "vacancies-sheet", "uncharged",
        "concurrent-heads", "concurrent-sheet", "temporary-bodies",
    )
}  # fmt: skip


def people_of(commune, committee):
    """Which object each page about people in posts is tried on."""
    officer, post = make_officer(), make_post(committee, "Bí thư")
    held = hold(officer, post)
    given = assign_field(committee, officer, "Dân tộc", decision="TB 1", on=SINCE, actor=None)
    body = found_temporary_body(
        "team", "Tổ công tác 1", founder_id=committee.pk, place_id=commune.pk, words="Nắm tình hình",
        decision="QĐ 1", on=SINCE, actor=None,
    )  # fmt: skip
    pages = {page: {"pk": committee.pk} for page in SHARED_PAGES}
    pages |= {
        f"desk:{name}": {"pk": one.pk}
        for one, names in {
            committee: ("post-add", "assignment-add", "temporary-found"),
            post: ("post-edit", "post-close", "post-appoint"),
            held: ("appointment-end", "appointment-rotate"),
            officer: ("officer", "officer-edit", "officer-training"),
            given: ("assignment-end",),
            body: ("temporary-end",),
        }.items()
        for name in names
    }
    return pages
