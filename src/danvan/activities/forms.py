"""What people type about activities. The rules themselves are the services'; forms only read."""

import hashlib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from danvan.accounts.selectors import units_granted
from danvan.activities.enums import ActivityKind
from danvan.activities.selectors import Asked, Meant, recordable_units, unit_meant
from danvan.activities.services import Draft
from danvan.foundation import clock
from danvan.foundation.fields import DayField, OfferedField, SeveralFilesField, WholeField
from danvan.foundation.periods import Every, Period
from danvan.foundation.refusals import RefusableForm
from danvan.foundation.uploads import read_sent
from danvan.organisations.enums import Kind
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.following import WITHOUT, stood_before
from danvan.vietnamese.text import fold

if TYPE_CHECKING:
    from danvan.accounts.models import User

KINDS = [("", "Chọn loại hoạt động"), *ActivityKind.choices]


def _days(**more: Any) -> dict[str, Any]:
    return {"inputmode": "numeric", "autocomplete": "off", "placeholder": "ngày/tháng/năm", **more}


class ActivityForm(RefusableForm):
    """The quick form: what was done, by whom, when; the counts and the files if there are any."""

    unit = forms.CharField(
        label="Đơn vị chủ trì",
        error_messages={"required": "Đồng chí vui lòng chọn đơn vị chủ trì."},
    )
    kind = forms.ChoiceField(
        label="Loại hoạt động",
        choices=KINDS,
        error_messages={"required": "Đồng chí vui lòng chọn loại hoạt động."},
    )
    title = forms.CharField(
        label="Nội dung",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Đồng chí vui lòng ghi nội dung hoạt động."},
    )
    held_on = DayField(
        label="Ngày thực hiện",
        widget=forms.TextInput(attrs=_days()),
        error_messages={"required": "Đồng chí vui lòng ghi ngày thực hiện."},
    )
    place = forms.CharField(label="Địa điểm", required=False)
    quantity = WholeField(
        label="Số lượng",
        initial="1",
        required=False,
        help_text="Số nội dung, buổi, cuộc, lớp; để trống là 1.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    attendance = WholeField(
        label="Lượt người dự",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    persons = WholeField(
        label="Số người", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    opinions = WholeField(
        label="Lượt ý kiến", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    summary = forms.CharField(
        label="Kết quả", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    partners = forms.CharField(label="Đơn vị phối hợp", required=False)
    evidence = SeveralFilesField(
        label="Minh chứng",
        required=False,
        help_text="Tệp PDF, Word, Excel hoặc ảnh; nhiều nhất 10 tệp.",
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user, self._today = user, clock.today()
        units = recordable_units(user, on=self._today)
        if units is None:
            self.fields["unit_id"] = forms.CharField(widget=forms.HiddenInput, required=False)
            self.fields["unit"].help_text = "Gõ tên, không cần dấu, ví dụ: mon son."
            kinds = [("loai", kind) for kind in Kind.values]
            query = urlencode([("viec", "activities.record"), *kinds])
            self.fields["unit"].widget.attrs |= {
                "autocomplete": "off",
                "data-typeahead": f"{reverse('desk:find-units')}?{query}",
                "data-typeahead-id": "unit_id",
            }
            self.fields["partners"].widget = forms.Textarea(attrs={"rows": 2})
            self.fields["partners"].help_text = "Mỗi dòng một đơn vị."
        else:
            choices = [(str(pk), name) for pk, name in units]
            self.fields["unit"] = _picked(self.fields["unit"], choices)
            self.fields["partners"] = forms.MultipleChoiceField(
                label="Đơn vị phối hợp",
                required=False,
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
            )
        self._few = units is not None
        self._offers: list[tuple[str, str]] = []

    def clean_unit(self) -> int | None:
        """The id of the lead unit; where several fit the words, they are offered to choose from."""
        if self._few:
            return int(self.cleaned_data["unit"])
        picked = self.data.get("unit_id", "")
        if picked.isascii() and picked.isdigit() and len(picked) < 18:
            return int(picked)
        chosen = self.data.get("offer", "")
        meant = self._meant(self.cleaned_data["unit"])
        if meant.unit_id is None and chosen in {str(pk) for pk, _ in meant.offers}:
            return int(chosen)
        if meant.unit_id is None and meant.offers:
            self._offers = [(str(pk), name) for pk, name in meant.offers]
            raise forms.ValidationError("Có nhiều đơn vị như vậy, đồng chí vui lòng chọn một.")
        if meant.unit_id is None:
            raise forms.ValidationError(
                "Không tìm thấy đơn vị này trong phạm vi đồng chí được ghi. Đồng chí vui lòng gõ lại tên."
            )
        return meant.unit_id

    def clean_partners(self) -> tuple[int, ...]:
        """The ids of the partner units."""
        if self._few:
            return tuple(int(pk) for pk in self.cleaned_data["partners"])
        lines = [
            line.strip() for line in self.cleaned_data["partners"].splitlines() if line.strip()
        ]
        found = []
        for line in lines[:20]:
            meant = self._meant(line)
            if meant.unit_id is None:
                raise forms.ValidationError(
                    f"Chưa rõ “{line}” là đơn vị nào. Đồng chí vui lòng ghi đủ tên, ví dụ kèm tên xã."
                )
            found.append(meant.unit_id)
        return tuple(found)

    def clean(self) -> None:
        """Where several units fit the words, let the writer pick one."""
        if self._offers:
            self.fields["offer"] = forms.ChoiceField(
                label="Đồng chí muốn ghi cho đơn vị nào",
                choices=self._offers,
                widget=forms.RadioSelect,
                required=False,
            )

    def _meant(self, words: str) -> Meant:
        granted = units_granted(self._user, "activities.record")
        return unit_meant(words, on=self._today, within=granted, organisations_only=True)

    def draft(self) -> Draft:
        """What was typed, ready to be recorded."""
        said = self.cleaned_data
        draft = Draft(
            unit_id=said["unit"],
            kind=said["kind"],
            title=said["title"],
            held_on=said["held_on"],
            place=said["place"],
            quantity=1 if said["quantity"] is None else said["quantity"],
            attendance=said["attendance"],
            persons=said["persons"],
            opinions=said["opinions"],
            summary=said["summary"],
            partner_ids=said["partners"],
        )
        # Sent twice as it stands it is one activity; gone back to and changed it is another.
        sent = hashlib.sha256(f"{said['token']}{draft}".encode()).hexdigest()
        return replace(draft, import_key=sent) if said["token"] else draft

    def uploads(self) -> list[tuple[str, bytes]]:
        """The evidence chosen, as (name, bytes)."""
        return [(file.name, read_sent(file)) for file in self.cleaned_data["evidence"]]


def _picked(field: forms.Field, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=field.label,
        choices=choices if len(choices) == 1 else [("", "Chọn đơn vị"), *choices],
        initial=choices[0][0] if len(choices) == 1 else None,
        error_messages={
            **field.error_messages,
            "invalid_choice": "Đồng chí không ghi hoạt động được cho đơn vị này.",
        },
    )


class EvidenceForm(forms.Form):
    """Files added to an activity that is already recorded."""

    evidence = SeveralFilesField(
        label="Thêm minh chứng",
        error_messages={"required": "Đồng chí vui lòng chọn tệp."},
        help_text="Tệp PDF, Word, Excel hoặc ảnh.",
    )


class WithdrawForm(forms.Form):
    """Why an activity is withdrawn."""

    why = forms.CharField(
        label="Lý do rút",
        max_length=300,
        error_messages={"required": "Đồng chí vui lòng ghi lý do rút hoạt động này."},
    )


class SheetForm(forms.Form):
    """The sheet to import."""

    sheet = forms.FileField(
        label="Tệp Excel",
        help_text="Tệp .xlsx, nhiều nhất 5.000 dòng.",
        allow_empty_file=True,
        error_messages={"required": "Đồng chí vui lòng chọn tệp Excel."},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


def choosable_periods(today: date) -> list[Period]:
    """This year and the two before it, each with its quarters and months that have begun; the latest first."""
    found = []
    for number in range(today.year, today.year - 3, -1):
        year = Period.starting(date(number, 1, 1), Every.YEAR)
        parts = [*year.parts(Every.QUARTER), *year.parts(Every.MONTH)]
        found += [year, *(part for part in parts if part.first <= today)]
    return found


class ActivityFilter(forms.Form):
    """What a list of activities is asked for; it stands in the address, so it stays."""

    q = forms.CharField(label="Nội dung", required=False, max_length=100)
    loai = forms.ChoiceField(
        label="Loại hoạt động", required=False, choices=[("", "Tất cả"), *ActivityKind.choices]
    )
    ky = forms.ChoiceField(label="Kỳ", required=False)
    don_vi = forms.CharField(label="Đơn vị hoặc địa bàn", required=False, max_length=100)
    # Which unit of that name: a link gives it, words that a reader types instead set it aside.
    don_vi_id = forms.CharField(required=False, widget=forms.HiddenInput)
    ca_truoc = OfferedField(
        label="Đơn vị trước sắp xếp", choices=[("", "Gồm cả"), (WITHOUT, "Không gồm")]
    )
    tinh_trang = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[("", "Tất cả"), ("duoc-dem", "Được đếm"), ("da-rut", "Đã rút")],
    )
    thieu = forms.BooleanField(label="Chưa có minh chứng", required=False)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        periods = choosable_periods(clock.today())
        if (linked := _period_in(self.data.get("ky", ""))) and linked not in periods:
            periods.append(linked)
        self.fields["ky"].choices = [  # type: ignore[attr-defined]
            ("", "Tất cả"),
            *((one.code, one.label) for one in periods),
        ]
        self.unit: Meant | None = None

    def clean_don_vi(self) -> str:
        """The words; the unit they mean stands in `unit`."""
        words: str = self.cleaned_data["don_vi"].strip()
        if words:
            granted = units_granted(self._user, "activities.view")
            self.unit = self._linked(words) or unit_meant(
                words, on=clock.today(), within=granted, organisations_only=False
            )
            if self.unit.unit_id is None:
                few = "; ".join(name for _, name in self.unit.offers[:4])
                raise forms.ValidationError(
                    f"Có nhiều đơn vị như vậy: {few}. Đồng chí vui lòng gõ đủ tên."
                    if few
                    else "Không tìm thấy đơn vị này trong phạm vi đồng chí được xem."
                )
            if stood_before(self.unit.unit_id, on=clock.today()):
                self.fields["ca_truoc"].offer()  # type: ignore[attr-defined]
        return words

    def _linked(self, words: str) -> Meant | None:
        """The unit a link names, while the words are still its name."""
        given = self.data.get("don_vi_id", "")
        if not (given.isascii() and given.isdigit() and len(given) < 18):
            return None
        period = _period_in(self.data.get("ky", ""))
        day = min(clock.today(), period.last) if period else clock.today()
        name = last_names([int(given)], day).get(int(given), "")
        return Meant(int(given), name) if name and fold(name) == fold(words) else None

    def asked(self) -> Asked | None:
        """What is asked for; None where it cannot be understood (the faults stand by the fields)."""
        if not self.is_valid():
            return None
        said = self.cleaned_data
        return Asked(
            words=said["q"],
            kind=said["loai"],
            period=Period.parse(said["ky"]) if said["ky"] else None,
            unit_id=self.unit.unit_id if self.unit else None,
            before=said["ca_truoc"] != WITHOUT,
            unproven=said["thieu"],
            withdrawn={"duoc-dem": False, "da-rut": True}.get(said["tinh_trang"]),
        )


def _period_in(code: str) -> Period | None:
    try:
        return Period.parse(code)
    except ValueError:
        return None
