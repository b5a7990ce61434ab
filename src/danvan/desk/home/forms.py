from django import forms

from danvan.desk.home.reading import LOOKS, Asked
from danvan.desk.home.things import SORTS

MOST_DIGITS = 6  # of the number of a page


class TodayFilter(forms.Form):
    """What the list of the day is narrowed to and how it is ordered; it stands in the address, so it stays."""

    nhom = forms.ChoiceField(
        label="Nhóm",
        required=False,
        choices=[("", "Mọi nhóm"), *((key, look[0]) for key, look in LOOKS.items())],
        widget=forms.HiddenInput,  # chosen by the tiles
    )
    loai = forms.ChoiceField(
        label="Loại việc", required=False, choices=[("", "Mọi loại việc"), *SORTS.items()]
    )
    xep = forms.ChoiceField(
        label="Sắp xếp",
        required=False,
        choices=[("", "Hạn gần trước"), ("don-vi", "Theo đơn vị")],
    )

    def asked(self) -> Asked:
        """What is asked for; a value that means nothing asks for all."""
        self.is_valid()
        said = self.cleaned_data
        page = self.data.get("trang", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < MOST_DIGITS else 1
        return Asked(
            said.get("nhom", ""), said.get("loai", ""), said.get("xep") == "don-vi", max(number, 1)
        )
