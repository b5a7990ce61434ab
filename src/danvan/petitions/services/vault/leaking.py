"""What in a text would tell who denounced: looked for without accents, case, spaces and points."""

import re

from danvan.petitions.models import Denunciation
from danvan.petitions.vault_seals import persons_of
from danvan.vietnamese.text import canonical, fold

LABELS = {
    "name": "họ tên", "phone": "điện thoại", "id_number": "số giấy tờ", "address": "địa chỉ", "email": "thư điện tử",
}  # fmt: skip
DIGITS = ("phone", "id_number")


def leaks_of(case: Denunciation, text: str) -> list[str]:
    """What of the denouncers occurs in a text, by the name of the part; nothing where it may go out."""
    words, digits = _words(text), re.sub(r"\D", "", fold(canonical(text)))
    found = []
    for person in persons_of(case):
        for column, label in LABELS.items():
            value = person.get(column, "")
            if value and _occurs(column, value, words, digits):
                found.append(label)
    return list(dict.fromkeys(found))


def _occurs(column: str, value: str, words: str, digits: str) -> bool:
    if column in DIGITS:
        plain = re.sub(r"\D", "", value)
        # +84 912… and 0912… are one number
        plain = re.sub(r"^(84|0)", "", plain) if column == "phone" else plain
        return bool(plain) and plain in digits
    return f" {_words(value).strip()} " in words


def _words(text: str) -> str:
    words = " ".join(re.findall(r"[^\W_]+", fold(canonical(text))))
    return f" {words} "
