"""Whom a text asks something of: organisations, places, posts and people named one after another."""

import re
from dataclasses import dataclass

from danvan.reading.doers import VERBS
from danvan.reading.name_words import COUNTING, OTHERS_ASKED
from danvan.reading.naming import (
    BODY,
    HONORIFIC,
    POST,
    next_place,
    organisation_at,
    person_at,
    place_at,
    said,
)
from danvan.reading.request_words import VERBS_ASKED
from danvan.reading.view import View

_COUNT = re.compile(rf"(?:{COUNTING} )*")
_OTHER = re.compile(rf"(?:{OTHERS_ASKED})(?!\w)")
_TYPE_ALONE = re.compile(
    r"(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu|cơ sở)(?!\w)"
)
_GLUE = re.compile(r"(?:, và|,|;| và| cùng| hoặc|/) ?(?=\S)")
# What the words behind "cơ quan", "đơn vị" run to.
_ENDS = re.compile(
    rf"[,;:.()\"\n]| (?:và|hoặc) | (?=(?:căn cứ|đã|được|có(?! liên quan| thẩm quyền)|sẽ|khẳng định|nêu|họp|đang|về việc|rằng|là|(?:mỗi|hằng|hàng) (?:năm|quý|tháng)|{VERBS_ASKED}|{VERBS})(?!\w))"
)
_ANYBODY = re.compile(r"(?:các )?(?:ông|bà)(?!\w)")
_MOST, _LONGEST = 14, 70
_SPEAKERS = re.compile(
    "|".join(re.sub(r"\?P<\w+>", "?:", one.pattern) for one in (HONORIFIC, POST, BODY))
)
_OF = re.compile(r"(?: của)? (?=\S)")


@dataclass(frozen=True, slots=True)
class Asked:
    """Those asked, each in words, and where the list ends."""

    names: tuple[str, ...]
    end: int


def asked_at(view: View, at: int, end: int) -> Asked | None:
    """The list that begins right here; None where nobody is named."""
    names: list[str] = []
    place = at
    while place < end and len(names) < _MOST:
        one = _one(view, place, end)
        if one is None:
            break
        told, place = one
        names += told
        glue = _GLUE.match(view.low, place, end)
        if glue is None or glue.end() >= end or _one(view, glue.end(), end) is None:
            break
        place = glue.end()
    return Asked(tuple(dict.fromkeys(name for name in names if name)), place) if names else None


def _one(view: View, at: int, end: int) -> tuple[list[str], int] | None:
    """One of a list: a person, a post, an organisation, places, or such as "các cơ quan liên quan"."""
    count = _COUNT.match(view.low, at, end)
    begin = count.end() if count else at
    named = _post(view, begin, end)
    if named is not None:
        return [said(view, at, named)], named
    organisation = organisation_at(view, begin)
    if organisation is not None and organisation.end <= end:
        until = organisation.end
        if organisation.kind == "steering":
            until = _tail(view, until, end)
        return [said(view, at, until)], until
    places = _places(view, begin, end)
    if places is not None:
        return places
    other = _OTHER.match(view.low, begin, end) or _TYPE_ALONE.match(view.low, begin, end)
    if other is None:
        return None
    until = _tail(view, other.end(), end)
    return [said(view, at, until)], until


def _tail(view: View, at: int, end: int) -> int:
    """Where the words end that belong to a name: at a mark, at "và", or where an action begins in small letters."""
    most = min(end, at + _LONGEST)
    stop = _ENDS.search(view.text, at, most)
    return stop.start() if stop else most


def _post(view: View, at: int, end: int) -> int | None:
    """Where a post, or a person with the posts behind the name, ends."""
    honorific = HONORIFIC.match(view.low, at, end)
    place = at
    if honorific:
        name = person_at(view, honorific.end() + 1, announced=True)
        place = name if name is not None and name <= end else honorific.end() + 1
        if name is None and not POST.match(view.low, place, end):
            return None
    found = place if honorific else None
    while place < end:
        gap = 2 if view.text.startswith(", ", place) else 0
        post = POST.match(view.low, place + gap, end)
        if post is None:
            break
        found = place = post.end()
        of = _OF.match(view.low, place, end)
        owner = organisation_at(view, of.end()) if of else None
        if owner is not None and owner.end <= end:
            found = place = owner.end
    return found


def _places(view: View, at: int, end: int) -> tuple[list[str], int] | None:
    """Places of one tier named one after another: hai xã An Hòa và Bình Minh."""
    first = place_at(view, at)
    if first is None or first.end > end:
        return None
    found, place = [first], first.end
    while (glue := _GLUE.match(view.low, place, end)) and len(found) < _MOST:
        following = next_place(view, glue.end(), first)
        if following is None or following.end > end or organisation_at(view, glue.end()):
            break
        found.append(following)
        place = following.end
    return [one.words for one in found], place


def _is_official(low: str, start: int, end: int) -> bool:
    """A post, an organisation, "đồng chí"; not somebody who is named as anybody is: they stay unnamed here."""
    return not _ANYBODY.match(low, start, end) or bool(POST.search(low, start, end))


def speaker_in(view: View, start: int, end: int) -> str:
    """Who speaks: the last organisation, post or person that is named between the offsets, else ""."""
    last = ""
    at = start
    for word in _SPEAKERS.finditer(view.low, start, end):
        if word.start() < at:
            continue
        named = _post(view, word.start(), end)
        if named is None:
            organisation = organisation_at(view, word.start())
            named = organisation.end if organisation and organisation.end <= end else None
        if named is not None:
            at = named
            last = (
                said(view, word.start(), named)
                if _is_official(view.low, word.start(), named)
                else ""
            )
    return last
