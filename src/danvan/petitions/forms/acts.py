"""One form an act, told by the names of its fields; what hangs on the petition (outcomes, people, requests) is offered to it."""

from typing import TYPE_CHECKING, Any

from django import forms

from danvan.accounts.selectors import holders_at, users_allowed
from danvan.commitments.fields import UnitField, look_up, meant
from danvan.commitments.services import Assignment
from danvan.foundation import clock
from danvan.foundation.fields import DayField
from danvan.foundation.refusals import RefusableForm
from danvan.organisations.selectors import place_of
from danvan.petitions.enums import (
    OUTCOMES,
    REFUSALS,
    Kind,
)
from danvan.petitions.forms.act_fields import ACT_FORMS, SIGNED
from danvan.petitions.forms.receiving import words
from danvan.petitions.models import Petition
from danvan.petitions.moves import HANDLE, Move
from danvan.petitions.papers import draft_answer
from danvan.petitions.selectors.competence import first_round_for, not_above, units_above
from danvan.petitions.selectors.notices import notice_owed
from danvan.petitions.services import AppealDraft, MatterDraft, PersonDraft
from danvan.petitions.services.identities import is_signed_by

if TYPE_CHECKING:
    from danvan.accounts.models import User

NO_FIRST = (
    "Không có khiếu nại lần đầu nào số này, của người này, do đơn vị của đồng chí giải quyết lần hai. Đồng chí vui lòng xem lại số "
    "và họ tên trên giấy của nơi giải quyết lần đầu; nơi ấy chưa dùng phần mềm thì đồng chí nhận như đơn mới."
)
PERSONS = ("name", "address", "id_number", "phone")


class ActForm(RefusableForm):
    """The form of one act. `seen` is how the petition stood when the page was opened."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, move: Move, petition: Petition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.move = move
        for name, build in ACT_FORMS[move.name].items():
            self.fields[name] = build()
        self.users: dict[str, User] = {}
        self.near = {petition.unit_id}
        self._offer(petition)

    def clean(self) -> None:
        """The units that the words mean."""
        for name in ("to_unit", "unit"):
            if name in self.fields:
                self.cleaned_data[f"{name}_id"] = meant(self, name, near=self.near)

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        said = {name: self.cleaned_data[name] for name in (*ACT_FORMS[self.move.name], "seen")}
        match self.move.name:
            case "split":
                said["requests"] = tuple(
                    one.strip() for one in said["requests"].splitlines() if one.strip()
                )
                seen = said.pop("seen")
                return {"drafts": [MatterDraft(**said)], "seen": seen}
            case "transfer":
                del said["to_unit"]
                said["to_unit_id"] = self.cleaned_data["to_unit_id"]
            case "appeal":
                return {"draft": _second(self, self.cleaned_data["unit_id"]), "seen": said["seen"]}
            case "group":
                parts = {part: said[part] for part in PERSONS}
                typed = any(parts.values())
                persons = [PersonDraft(**parts, representative=True)] if typed else []
                return {"persons": persons, "standing": said["standing"], "seen": said["seen"]}
            case "assign" | "bar":
                name = "verifier" if self.move.name == "assign" else "user"
                said[name] = self.users[said[name]]
            case "withdraw_part":
                said["request_ids"] = [int(one) for one in said["request_ids"]]
        return said

    def _offer(self, petition: Petition) -> None:
        """What may be chosen hangs on the petition."""
        for name in ("to_unit", "unit"):
            if name in self.fields:
                look_up(self, name, gan="1")
        if "outcome" in self.fields:
            self._choose(
                "outcome",
                [(one.value, one.label) for one in OUTCOMES[petition.kind, petition.round]],
            )
        if self.move.name == "refuse":
            reasons = REFUSALS[petition.kind]
            self._choose("closing", [(one.value, f"{one.value}: {one.label}") for one in reasons])
        if self.move.name == "notice" and (owed := notice_owed(petition)) is not None:
            self.fields["on"].help_text = f"Văn bản {owed[1]}."
        if self.move.name in ("withdraw", "withdraw_part") and petition.kind == Kind.COMPLAINT:
            self.fields["symbol"].help_text = SIGNED
        if self.move.name == "withdraw_part":
            standing = petition.requests.filter(withdrawn_on=None)
            self._choose(
                "request_ids",
                [(str(one.pk), f"{one.number}. {one.words}") for one in standing],
                none=False,
            )
        if self.move.name in ("assign", "bar"):
            people = users_allowed(HANDLE, petition.unit_id)
            name = "verifier" if self.move.name == "assign" else "user"
            if name == "verifier":
                people = _nearest(people, petition.unit_id)
            self.users = {str(one.pk): one for one in people}
            self._choose(
                name,
                [
                    (key, f"{one.full_name}, {one.position}".rstrip(", "))
                    for key, one in self.users.items()
                ],
            )

    def _choose(self, name: str, choices: list[Any], *, none: bool = True) -> None:
        found: Any = self.fields[name]
        found.choices = [("", "Chọn"), *choices] if none else choices


def _nearest(people: "list[User]", unit_id: int) -> "list[User]":
    """Those who work at the unit or the place it stands in; all where there are none: nobody sends a superior to verify."""
    place = place_of(unit_id, clock.today())
    held = holders_at([unit_id, *([place] if place else [])], HANDLE)
    here = {pk for found in held.values() for pk in found}
    return [one for one in people if one.pk in here] or people


def form_of(move: Move, petition: Petition, data: Any = None) -> ActForm:
    """The form of a move, empty with today's day and how the petition stands, or as it was sent."""
    today = clock.today()
    first: dict[str, Any] = {
        "seen": petition.changes,
        "on": today,
        "received_on": today,
        "held_on": petition.dialogue_on,
    }
    if move.name == "appeal":
        above = units_above(petition, today)
        first["unit"] = next(iter(above.values())) if len(above) == 1 else ""
    if move.name == "answer":
        first["text"] = draft_answer(petition)
    return ActForm(data, move=move, petition=petition, initial=first)


class SecondForm(RefusableForm):
    """Nhận khiếu nại lần hai at who settles it: by the number of the first, which who sent it has on paper, and their name: a digit
    that was mistyped ends nobody else's complaint.
    """

    first: Petition
    unit_id: int

    number = forms.CharField(
        label="Số đơn lần đầu",
        max_length=20,
        help_text="Như ghi trên giấy của nơi giải quyết lần đầu, ví dụ KN-2026-0148.",
        error_messages={"required": "Đồng chí vui lòng ghi số đơn lần đầu."},
    )
    name = forms.CharField(
        label="Họ tên người khiếu nại",
        max_length=120,
        help_text="Như ghi trên đơn, để chắc không gõ nhầm số của đơn khác. Đơn nhiều người: tên một người.",
        error_messages={"required": "Đồng chí vui lòng ghi họ tên người khiếu nại."},
    )

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for name, build in ACT_FORMS["appeal"].items():
            self.fields[name] = build()
        self.fields["unit"].required = False
        self.fields["unit"].help_text = "Để trống nếu chỉ một đơn vị có thẩm quyền."
        look_up(self, "unit")

    def clean(self) -> None:
        """The first complaint that the number means, and the unit that settles the second."""
        said = self.cleaned_data
        number, on = said.get("number", "").strip().upper(), said.get("received_on")
        name = said.get("name", "")
        if not number or not name or on is None:
            return
        first = first_round_for(self.user, number, on)
        if first is None or not is_signed_by(first.paper, name):
            self.add_error("number", NO_FIRST)
            return
        self.first, above, picked = first, units_above(first, on), meant(self, "unit")
        if picked is None and len(above) > 1 and "unit" not in self.errors:
            self.add_error("unit", not_above(first, on))
        self.unit_id = picked or next(iter(above))

    def draft(self) -> AppealDraft:
        """The second complaint as the service takes it."""
        return _second(self, self.unit_id)


def _second(form: forms.Form, unit_id: int) -> AppealDraft:
    """The second complaint that was typed, for this unit."""
    said = {name: form.cleaned_data[name] for name in ACT_FORMS["appeal"] if name != "unit"}
    return AppealDraft(unit_id=unit_id, **said)


class ReplyForm(RefusableForm):
    """Trả lời một yêu cầu: the words, and what they rest on."""

    reply = words("Trả lời", rows=5, missing="Đồng chí vui lòng ghi trả lời cho yêu cầu này.")
    basis = forms.CharField(
        label="Căn cứ",
        max_length=300,
        help_text="Điều khoản, văn bản làm căn cứ.",
        error_messages={"required": "Đồng chí vui lòng ghi điều khoản, văn bản làm căn cứ."},
    )
    on = DayField(label="Ngày", error_messages={"required": "Đồng chí vui lòng ghi ngày."})


class GiveForm(RefusableForm):
    """Giao việc từ một yêu cầu: who does what by when."""

    title = words(
        "Việc phải làm",
        rows=2,
        missing="Đồng chí vui lòng ghi nội dung việc phải làm.",
        help_text="Không ghi tên người gửi: việc này nhiều người đọc được.",
    )
    lead = UnitField(
        "lead",
        label="Đơn vị chủ trì",
        error_messages={"required": "Đồng chí vui lòng chọn đơn vị chủ trì."},
    )
    product = forms.CharField(
        label="Sản phẩm",
        max_length=300,
        error_messages={
            "required": "Đồng chí vui lòng ghi sản phẩm: xong việc thì có gì trong tay."
        },
    )
    due_on = DayField(label="Hạn", error_messages={"required": "Đồng chí vui lòng ghi hạn."})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        look_up(self, "lead")

    def clean(self) -> None:
        """The unit that the words mean."""
        self.lead_id = meant(self, "lead")

    def assignment(self) -> Assignment:
        """What was typed, as the ledger takes it."""
        said = self.cleaned_data
        return Assignment(
            lead_id=self.lead_id or 0,
            title=said["title"],
            product=said["product"],
            due_on=said["due_on"],
        )
