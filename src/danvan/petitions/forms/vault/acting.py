"""The form of each move of a denunciation, and of opening what is sealed."""

from typing import Any

from django import forms

from danvan.foundation.fields import DayField
from danvan.foundation.refusals import RefusableForm
from danvan.petitions.forms.receiving import tick, words
from danvan.petitions.forms.vault.entering import DAY, pick
from danvan.petitions.services.vault import CONDITIONS
from danvan.petitions.vault_enums import (
    FILED_FOR,
    REFUSED_FOR,
    Ending,
    GoingOn,
    Openness,
    Purpose,
    ReviewResult,
    Sign,
    Stillness,
    TakenBack,
    VaultOutcome,
)
from danvan.petitions.vault_moves import VaultMove


def _codes(choices: Any) -> list[tuple[str, str]]:
    return [(one.value, f"{one.value}: {one.label}") for one in choices]


# What a move asks for besides words, a paper and a day.
MORE: dict[str, dict[str, Any]] = {
    "accept": {
        name: lambda words=words: tick(words[:1].upper() + words[1:])
        for name, words in CONDITIONS.items()
    },
    "refuse": {"not_taken": lambda: pick("Lý do không thụ lý", _codes(REFUSED_FOR), "Đồng chí vui lòng chọn lý do không thụ lý.")},
    "file": {
        "not_taken": lambda: pick("Lý do không xử lý", _codes(FILED_FOR), "Đồng chí vui lòng chọn lý do không xử lý."),
        "inspected": lambda: tick("Rõ người vi phạm và có chứng cứ: chuyển thanh tra, kiểm tra"),
    },
    "assign": {"until": lambda: DayField(label="Hạn xác minh", error_messages=DAY)},
    "extend": {
        "signs": lambda: forms.MultipleChoiceField(
            label="Tiêu chí phức tạp", choices=Sign.choices, widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Đồng chí vui lòng chọn tiêu chí phức tạp."},
        )
    },
    "suspend": {"ground": lambda: pick("Căn cứ", Stillness.choices, "Đồng chí vui lòng chọn căn cứ tạm đình chỉ.")},
    "terminate": {"ground": lambda: pick("Căn cứ", Ending.choices, "Đồng chí vui lòng chọn căn cứ đình chỉ.")},
    "conclude": {"outcome": lambda: pick("Kết luận", [one for one in VaultOutcome.choices if one[0]], "Đồng chí vui lòng chọn kết luận: đúng, đúng một phần hoặc sai.")},
    "publish": {"way": lambda: pick("Hình thức công khai", Openness.choices, "Đồng chí vui lòng chọn hình thức công khai.")},
    "withdraw": {
        "form": lambda: pick("Hình thức rút", TakenBack.choices, "Đồng chí vui lòng chọn hình thức rút tố cáo."),
        "going_on": lambda: forms.ChoiceField(label="Vẫn giải quyết", choices=GoingOn.choices, required=False),
    },
    "withdraw_part": {"form": lambda: pick("Hình thức rút", TakenBack.choices, "Đồng chí vui lòng chọn hình thức rút tố cáo.")},
    "review": {"result": lambda: pick("Kết quả xem xét", ReviewResult.choices, "Đồng chí vui lòng chọn kết quả xem xét.")},
}  # fmt: skip


class VaultActForm(RefusableForm):
    """The form of one move. `seen` is how the case stood when the page was opened."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, move: VaultMove, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.more = list(MORE.get(move.name, {}))
        for name, build in MORE.get(move.name, {}).items():
            self.fields[name] = build()
        if move.asks:
            label = move.asks[:1].upper() + move.asks[1:]
            self.fields["words"] = words(
                label, rows=5, missing=f"Đồng chí vui lòng ghi {move.asks}."
            )
        said = {"required": "Đồng chí vui lòng ghi số, ký hiệu văn bản."} if move.paper else {}
        self.fields["symbol"] = forms.CharField(
            label="Số, ký hiệu văn bản", max_length=80, required=move.paper, error_messages=said
        )
        self.fields["on"] = DayField(label="Ngày", error_messages=DAY)

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return {
            "words": said.get("words", ""), "symbol": said["symbol"], "on": said["on"], "seen": said["seen"],
            "said": {name: said[name] for name in self.more},
        }  # fmt: skip


class OpeningForm(RefusableForm):
    """Mở hồ sơ: what for."""

    purpose = pick("Mở để làm gì?", Purpose.choices, "Đồng chí vui lòng chọn mở hồ sơ để làm gì.")
