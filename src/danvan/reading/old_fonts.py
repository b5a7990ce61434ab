"""Text typed with the fonts of before Unicode: TCVN3 (.VnTime) and VNI, led back to Vietnamese letters.

A table decides each letter; whether a text is of that kind at all is decided by its words: nearly all of
them must be Vietnamese syllables afterwards. Where they are not, nothing is changed.
"""

import re
import unicodedata

from danvan.vietnamese.damage import is_syllable

# TCVN 5712:1993, third code page: one sign a letter. Capitals with a tone share the small letters' signs.
_TCVN3_SIGNS = (
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
)
TCVN3: dict[int, str] = {
    ord(sign): letter for sign, letter in zip(*_TCVN3_SIGNS, strict=True)
}  # fmt: skip

# VNI: a letter and, behind it, a sign for its tone or shape.
_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HATS = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BOWLS = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni() -> dict[str, str]:
    table = dict(_ALONE)
    for letter in "aeouy":
        table |= {letter + sign: letter + tone for sign, tone in _TONES.items()}
    for letter in "aeo":
        table |= {letter + sign: f"{letter}\u0302{tone}" for sign, tone in _HATS.items()}
    table |= {f"a{sign}": f"a\u0306{tone}" for sign, tone in _BOWLS.items()}
    for base, letter in (("ô", "ơ"), ("ö", "ư")):
        table |= {base + sign: letter + tone for sign, tone in _TONES.items()}
    small = {key: unicodedata.normalize("NFC", value) for key, value in table.items()}
    return {
        written: letter
        for key, value in small.items()
        for written, letter in (
            (key, value), (key.upper(), value.upper()), (key[0].upper() + key[1:], value.upper()),
        )
    }  # fmt: skip


VNI = _vni()
VNI_SIGN = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]+")
# Signs that are no letter of Vietnamese: without them a text is as it should be.
_ALIEN = re.compile("[" + re.escape("".join(
    sign for sign in {*map(chr, TCVN3), *"".join(VNI)}
    if ord(sign) > 127 and sign.lower() not in "àáâãèéêìíòóôõùúý\u00ad"
)) + "]")  # fmt: skip
_SOUND = re.compile("[ăĂđĐơƠưƯĩĨũŨ\u1ea0-\u1ef9]")
_SEEN, _FEWEST_WORDS, _SURE = 40_000, 6, 0.9
_ALIENS_A_WORD = 0.05


def kind_of(text: str) -> str:
    """`tcvn3` or `vni` where the text is certainly of that kind, else ""."""
    piece = text[:_SEEN]
    if _SOUND.search(piece):
        return ""
    aliens = len(_ALIEN.findall(piece))
    if aliens < 2 or aliens < _ALIENS_A_WORD * len(piece.split()):
        return ""
    shares = {kind: _share(to_unicode(piece, kind)) for kind in ("tcvn3", "vni")}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= _SURE else ""


def to_unicode(text: str, kind: str) -> str:
    """The text in Vietnamese letters; `kind` as `kind_of` says it."""
    if kind == "tcvn3":
        return text.translate(TCVN3)
    return VNI_SIGN.sub(lambda found: VNI[found[0]], text)


def _share(text: str) -> float:
    """The part of the words that are Vietnamese syllables; 0 where there are hardly any words or no marks."""
    words = _WORD.findall(text)
    if len(words) < _FEWEST_WORDS or not _SOUND.search(text):
        return 0.0
    sound = sum(1 for word in words if is_syllable(word) or word.isupper())
    return sound / len(words)
