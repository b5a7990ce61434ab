"""Reorganisations for the tests of pages: drafts, one that was applied, and what was handed over."""

from datetime import date

from danvan.organisations.models import HandOver
from danvan.organisations.services.reorganising import (
    add_new_unit,
    apply_reorganisation,
    draft_reorganisation,
    set_passing,
)

DAY = date(2026, 7, 1)
DECISION = "Nghị quyết số 1678/NQ-UBTVQH15"
DRAFTED = ("amend", "apply", "check", "children", "preview", "shares", "sizes", "units")


def a_draft(scope, kind="merge", *, title="Nhập các xã", on=DAY, actor=None, **said):
    return draft_reorganisation(
        kind,
        title=title,
        scope_id=scope.pk,
        effective_on=on,
        decision=DECISION,
        actor=actor,
        **said,
    )


def a_merger(province, *, communes=None, name="Xã Chi Khê", code="17254", on=DAY, **said):
    """A draft that merges communes of the province into a new one, by equal shares unless told otherwise."""
    said.setdefault("measure", "equal")
    draft = a_draft(province.place, title=f"Nhập thành {name}", on=on, **said)
    new = add_new_unit(
        draft, actor=None, name=name, level="commune", type_word="Xã", code=code,
        parent_id=province.place.pk,
    )  # fmt: skip
    for place in communes or province.communes[:2]:
        set_passing(draft, place.pk, new_unit_id=new.pk, actor=None)
    return draft


def founding(scope, *, name="Thôn Bắc Sơn", on=DAY):
    """A draft that founds a village in a commune."""
    draft = a_draft(scope, "found", title=f"Lập {name}", on=on)
    add_new_unit(
        draft, actor=None, name=name, level="village", type_word="Thôn", parent_id=scope.pk
    )
    return draft


def reorganised(commune, front):
    """What the addresses of the workbench name, in one commune: by the names of its pages."""
    draft, given_up = founding(commune), founding(commune, name="Thôn Nam Sơn")
    applied = apply_reorganisation(founding(commune, name="Thôn Đông Sơn"), actor=None)
    handed = HandOver.objects.create(
        reorganisation=applied, holder="commitments.lead", row_id=1, title="Sửa cầu treo",
        giver=front, taker=front,
    )  # fmt: skip
    return {
        **{f"desk:reorganise-{name}": {"pk": draft.pk} for name in DRAFTED},
        "desk:reorganise-drop": {"pk": given_up.pk},
        "desk:reorganise-again": {"pk": applied.pk},
        "desk:reorganise-undo": {"pk": applied.pk},
        "desk:reorganisation": {"pk": applied.pk},
        "desk:hand-over": {"pk": handed.pk},
    }
