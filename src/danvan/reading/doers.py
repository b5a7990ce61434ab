"""Who is told to do something: organisations as people write them, with their kind, their level and their place."""

import re
from dataclasses import dataclass, replace

from danvan.reading.gazetteer import Gazetteer
from danvan.reading.measures import KINDS, SOCIO_POLITICAL
from danvan.reading.proposals import Doer
from danvan.reading.view import UPPER, View

PLACE = "place"  # the kind of a doer that is a place itself: "các xã, phường"

# Verbs that open what is to be done. In lower case: "Ban Tổ chức", "Ủy ban Kiểm tra" are names.
VERBS = (
    "tham mưu|xây dựng|ban hành|rà soát|chỉ đạo|lãnh đạo|tổ chức|hướng dẫn|kiểm tra|giám sát|theo dõi|đôn đốc|báo cáo|tổng hợp|quán triệt"
    "|triển khai|cụ thể hóa|hoàn thành|hoàn thiện|thành lập|kiện toàn|sửa chữa|niêm yết|công khai|cập nhật|bố trí|tuyên truyền|phổ biến"
    "|vận động|nắm|tiếp nhận|giải quyết|xử lý|trả lời|lập|trình|gửi|đánh giá|sơ kết|tổng kết|nâng cao|tăng cường|đẩy mạnh|duy trì"
    "|nhân rộng|thực hiện|phát động|đăng ký|khảo sát|bổ sung|thẩm định|thẩm tra|mở|chuẩn bị|phê duyệt|phân công|đưa|bảo đảm|đảm bảo"
    "|cung cấp|số hóa|thống kê|bàn giao|ký kết|ký|làm việc|đối thoại|tiếp xúc|tiếp công dân|khắc phục|chấm dứt|thông báo|chuyển|nghiên cứu"
    "|đề xuất|tập huấn|bồi dưỡng|phát huy|xem xét|cho ý kiến|củng cố|phân bổ|đăng tải|lồng ghép|triệu tập|xác minh|phản biện|quản lý"
    "|hỗ trợ|giúp|lắp đặt|lắp|trao đổi|thống nhất|lấy ý kiến|tiến hành|xin ý kiến|giao|quan tâm|tạo điều kiện|tập trung|thu thập|biểu dương|rút kinh nghiệm"
    "|tập hợp|phụ trách|cử|huy động|điều hành|cân đối|phát hiện|ngăn chặn|chấn chỉnh|kiểm điểm|sắp xếp|tham dự|tham gia|đổi mới|chăm lo|bám sát"
    "|phân loại|thông tin(?= (?:đến|cho|kịp thời|rộng rãi))|di dời|khẩn trương|đề nghị(?= cấp)|đấu tranh"
)
_VERB = re.compile(rf"(?:{VERBS})(?!\w)")
_FILLER = (
    r"có trách nhiệm|chịu trách nhiệm(?: chính)?|được (?:giao|phân công)(?: nhiệm vụ)?|phải|cần|tiếp tục|chủ động|kịp thời|khẩn trương"
    r"|nghiêm túc|chủ trì|thường xuyên|định kỳ|trực tiếp|phối hợp|cùng|thống nhất|sớm|đồng thời"
    r"|(?:hằng|hàng|mỗi) (?:tháng|quý|năm)|(?:06|6|sáu) tháng(?: một lần)?|(?:theo|căn cứ) chức năng, nhiệm vụ(?: được giao| của mình)?"
)
_FILLERS = re.compile(rf"(?:[ ,:]*(?:{_FILLER})(?!\w))*[ ,:]*")

# Organisations that the register keeps no kind for: named in words only.
_UNKNOWN = (
    r"sở, ban, ngành|sở, ngành|ban, ngành|cơ quan, đơn vị|phòng, ban|đảng ủy (?:ubnd|ủy ban nhân dân|mttq|mặt trận|công an|quân sự|bộ chỉ huy|các cơ quan)|ủy ban kiểm tra|ủy ban bầu cử|ban (?:tổ chức|nội chính|chỉ đạo|quản lý"
    r"|công tác mặt trận|ctmt|tiếp công dân|pháp chế|văn hóa|kinh tế|thanh tra)|văn phòng|sở|phòng|công an|bộ chỉ huy|ban chỉ huy|trung tâm|trạm|trường"
    r"|thanh tra|tòa án|viện kiểm sát|báo|đài|chi bộ|trưởng (?:các )?(?:thôn|bản|khối|ấp|khóm|xóm|khu phố|tổ dân phố)|tổ công tác|điện lực|công ty|tổ đại biểu|ban (?:của )?(?:hđnd|hội đồng nhân dân)|đại biểu (?:hđnd|hội đồng nhân dân)|chi đoàn|chi hội|thôn|tổ bầu cử|tổ dân phố|cơ quan|đơn vị|địa phương|doanh nghiệp"
    r"|tổ chức thành viên|hội viên|thủ trưởng|lãnh đạo|đồng chí|bộ phận|hội đồng(?! nhân dân)|liên minh|hội (?=chữ thập đỏ|người cao tuổi|luật gia)|ngành"
)
_ADVISORY = r"ban tuyên giáo và dân vận|ban dân vận|ban xây dựng đảng|khối dân vận"
_EXTRA = {
    "party_committee": r"thị ủy|quận ủy|tổ chức đảng|đảng viên(?!\w)",
    "youth_union": r"đoàn(?= (?:xã|phường|cơ sở)(?!\w))|xã đoàn|đoàn viên(?!\w)",
}
_PLACES = (
    r"(?:xã, phường(?:,? (?:và )?(?:thị trấn|đặc khu)){0,2}|phường, xã(?:, đặc khu)?|xã và phường)"
)
_TYPE = r"(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu)"
_NAME = rf"(?:[{UPPER}][^\W\d_]*|\d{{1,2}})(?: [{UPPER}][^\W\d_]*){{0,3}}"
_NAME_NEXT = re.compile(rf" {_NAME}(?!\w)")
_OF_PLACE = {
    "tỉnh": "province", "thành phố": "", "huyện": "district", "thị xã": "district", "quận": "district",
    "xã": "commune", "phường": "commune", "thị trấn": "commune", "đặc khu": "commune",
}  # fmt: skip
_COMMITTEE_LEVEL = {"tỉnh ủy": "province", "thành ủy": "province", "huyện ủy": "district", "thị ủy": "district", "quận ủy": "district"}  # fmt: skip

_BEFORE = re.compile(
    r"(?:các |đại diện |từng |mỗi |toàn thể |đồng chí |(?:phó )?chủ tịch |(?:phó )?bí thư |người đứng đầu |thủ trưởng |thường trực |ban thường trực |ban thường vụ |ban chấp hành |lãnh đạo |trưởng |(?:phó )?giám đốc |(?:phó )?chánh )*"
)
_KNOWN = "|".join(
    [f"(?P<advisory_board>{_ADVISORY})"]
    + [
        f"(?P<{kind}>{words}{'|' + _EXTRA[kind] if kind in _EXTRA else ''})"
        for kind, words in KINDS
        if kind != "place"
    ]
    + [f"(?P<{PLACE}>{_PLACES}|(?:xã|phường|đặc khu)(?= ))"]
)
_HEAD = re.compile(rf"(?:(?P<unknown>{_UNKNOWN})|{_KNOWN})(?!\w)")
_TAIL = re.compile(
    rf"(?: [Vv]iệt [Nn]am)?(?:(?P<of> (?:Đảng ủy|Tỉnh ủy|Thành ủy|Huyện ủy|Thị ủy))?"
    rf"(?: (?:(?P<many>(?:các |cấp )?(?:{_PLACES}|xã(?![\w ]*[{UPPER}])|cơ sở))|(?P<all>các cấp)|(?P<same>cùng cấp|trực thuộc(?: Tỉnh ủy| tỉnh)?)|(?:cấp )?(?P<type>{_TYPE})(?: (?P<name>{_NAME}))?|(?P<bare>{_NAME})))?)?"
)
_CENTRAL = re.compile(r" ?Trung ương")
_GLUE = re.compile(r"(?:, và|,|;| và| hoặc) ")
_UNKNOWN_STOP = re.compile(
    rf"[,;:.()\n]| (?=(?:có nhiệm vụ|cho biết|cam kết|sẽ|chậm nhất|trước(?= (?:ngày|tháng|\d))|{_FILLER}|{VERBS})(?!\w))| và (?=(?:các )?[^\W\d_])"
)
_MOST_NAMED = 12
_LONGEST_NAME = 70


@dataclass(frozen=True, slots=True)
class Named:
    """Organisations named one after another, and where the list ends in the view."""

    doers: tuple[Doer, ...]
    end: int


def doers_at(view: View, at: int, end: int, known: Gazetteer) -> Named | None:
    """The organisations named right at `at`; None where none is."""
    found: list[Doer] = []
    place = at
    while place < end and len(found) < _MOST_NAMED:
        one = _one(view, place, end, known)
        if one is None:
            break
        doers, place = one
        found += doers
        glue = _GLUE.match(view.low, place, end)
        if not glue or _one(view, glue.end(), end, known) is None:
            break
        place = glue.end()
    return Named(_levelled(found), place) if found else None


def doers_of(words: str) -> tuple[Doer, ...]:
    """Those whom the words behind "đề nghị" name: as far as they tell all of them, else one known by its words alone.

    What stands before a comma may be a person ("đồng chí ..., Phó Chủ tịch UBND xã"): then the post tells whose it is.
    """
    view = View(words)
    for at in (0, *(comma.end() for comma in _GLUE.finditer(view.low))):
        named = doers_at(view, at, len(view.low), Gazetteer())
        if named is not None and not view.low[named.end :].strip(" ,;."):
            return named.doers
    return (Doer(words),) if words.strip() else ()


def verb_after(view: View, at: int, end: int) -> int | None:
    """Where the verb stands that says what is to be done, behind words such as "có trách nhiệm"; else None."""
    filler = _FILLERS.match(view.low, at, end)
    place = filler.end() if filler else at
    return place if _VERB.match(view.low, place, end) else None


def verb_at(view: View, at: int, end: int) -> bool:
    """Whether a verb of this kind stands right here."""
    return bool(_VERB.match(view.low, at, end))


def _one(view: View, at: int, end: int, known: Gazetteer) -> tuple[list[Doer], int] | None:
    before = _BEFORE.match(view.low, at, end)
    start = before.end() if before else at
    head = _HEAD.match(view.low, start, end)
    if head is None:
        # "đồng chí", "thủ trưởng" alone are persons: the words up to the verb name them.
        return None
    if head.lastgroup == "unknown":
        return _unknown(view, (at, start), head, end, known)
    kind = head.lastgroup or ""
    if kind == PLACE and not _is_place(view, head, end):
        return None
    tail = _TAIL.match(view.text, head.end(), end)
    after = _CENTRAL.match(view.text, head.end(), end)
    assert tail is not None  # every part of it may be missing
    stop = after.end() if after else tail.end()
    words = _said(view, at, stop)
    levels, place = _where(view, head, tail, central=bool(after))
    unit = known.unit_called(words) or known.unit_called(_said(view, head.start(), stop))
    kinds = SOCIO_POLITICAL if kind == "organisations" else (kind,)
    return [Doer(words, unit if len(kinds) == 1 else "", one, levels, place) for one in kinds], stop


def _unknown(
    view: View, begin: tuple[int, int], head: re.Match[str], end: int, known: Gazetteer
) -> tuple[list[Doer], int] | None:
    """An organisation without a kind: its name runs to the verb, a comma or the next organisation."""
    stop = min(end, head.end() + _LONGEST_NAME)
    at = head.end()
    for cut in _UNKNOWN_STOP.finditer(view.text, head.end(), stop):
        at = cut.start()
        if not cut[0].startswith(" và "):
            break
        if _HEAD.match(view.low, cut.end(), end) or _BEFORE_HEAD.match(view.low, cut.end(), end):
            break
    else:
        at = stop
    words = _said(view, begin[0], at)
    return [Doer(words, known.unit_called(words))], at


_BEFORE_HEAD = re.compile(rf"các (?:{_HEAD.pattern.replace('?P<', '?P<h_')})")


def _is_place(view: View, head: re.Match[str], end: int) -> bool:
    """ "Các xã, phường" or "xã Con Cuông"; a bare "xã" in the middle of other words is none."""
    if "," in head[0] or " và " in head[0]:
        return True
    return bool(_NAME_NEXT.match(view.text, head.end(), end))


def _where(
    view: View, head: re.Match[str], tail: re.Match[str], *, central: bool
) -> tuple[tuple[str, ...], str]:
    """The levels an organisation stands at, and the place it is of where that is named."""
    if central:
        return ("country",), ""
    told = head[0]
    own = next((level for words, level in _COMMITTEE_LEVEL.items() if told.endswith(words)), "")
    if head.lastgroup == PLACE and ("," in told or " và " in told):
        return ("commune",), ""
    if head.lastgroup == PLACE:
        return ("commune",), f"{told} {tail['bare']}" if tail["bare"] else ""
    of = (tail["of"] or "").strip().lower()
    own = own or _COMMITTEE_LEVEL.get(of, "")
    if tail["many"]:
        return ("commune",), ""
    if tail["type"]:
        level = _OF_PLACE[tail["type"].lower()]
        if tail["name"]:
            return ((level,) if level else ()), f"{tail['type'].lower()} {tail['name']}"
        return ((level or own,) if level or own else ()), ""
    if tail["bare"] and own:
        return (own,), tail["bare"]
    return ((own,) if own else ()), ""


def _levelled(found: list[Doer]) -> tuple[Doer, ...]:
    """`Đảng ủy, UBND các xã, phường`: the level and the place behind the last one hold for those before it."""
    filled: list[Doer] = []
    last: Doer | None = None
    for doer in reversed(found):
        bare = doer.kind and not doer.levels and not doer.place and "các cấp" not in doer.words
        if bare and last is not None and last.kind and (last.levels or last.place):
            doer = replace(doer, levels=last.levels, place=last.place)
        elif bare and last is not None and "các cấp" in last.words:
            doer = replace(doer, words=f"{doer.words} các cấp")
        filled.append(doer)
        last = doer
    once: dict[tuple[object, ...], Doer] = {}
    for doer in reversed(filled):
        told = (doer.kind, doer.levels, doer.place) if doer.kind else doer.words.lower()
        once.setdefault((told,), doer)
    return tuple(once.values())


def _said(view: View, start: int, end: int) -> str:
    return " ".join(view.text[start:end].split()).strip(" ,;:")
