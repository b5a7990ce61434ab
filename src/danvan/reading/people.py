"""People in official roles: a name with the post that the text gives it; posts named without a name.

Only who is named with a post (or a rank) is told; nothing is concluded about anybody else who is named.
"""

import re
from dataclasses import dataclass, replace

from danvan.reading.name_words import COMMITTEE_OF, POST_LETTERS
from danvan.reading.naming import (
    HONORIFIC,
    POST,
    POST_LETTERED,
    organisation_at,
    person_at,
    said,
)
from danvan.reading.proposals import Person, Post, Span
from danvan.reading.view import UPPER, View
from danvan.vietnamese.text import fold

_CHAIN = re.compile(r"(?:, kiêm | kiêm | kiêm nhiệm |, | - | và | ?/ ?)(?:nguyên )?(?=\S)")
_OF = re.compile(r"(?: của)? (?=\S)")
_BETWEEN = re.compile(r"(?:, ?| ?- | ?\(| ?: | )(?:là |nguyên |hiện là |giữ chức )?(?=\S)")
_AFTER = re.compile(r"(?: ?- ?|, |: | |(?: ?\n[ *]*){1,4})(?:(?P<by>đồng chí|đ/c|ông|bà) )?(?=\S)")
_BEFORE = re.compile(r"(?:, ?| ?- | ?\(| ?: | là )(?:nguyên )?$")
_RUN_BEFORE = re.compile(rf"[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{1,6}}$")
_NAMES_GLUE = re.compile(r"(?:,|;)?(?: và| cùng)? (?:(?:đồng chí|đ/c|ông|bà) )?(?=\S)")
_BLANK = re.compile(r"(?: ?:)? (?=\S)")
_MANY = re.compile(r"các $")
_MOST_NAMES, _MOST_POSTS, _WINDOW, _MOST_AGAIN = 20, 6, 80, 200
_REASONS = {
    "person.post": "Vì: chức danh đứng liền với tên",
    "person.list": "Vì: chức danh đứng sau danh sách tên",
    "person.unnamed": "Vì: chức danh và cơ quan, không kèm tên",
}
_COMMITTEES = frozenset(COMMITTEE_OF.values())
# A director or a chair of nobody knows what may be anybody's; these are official by their words.
_ALWAYS_OFFICIAL = frozenset({"state", "secretary", "member", "minister", "inspector", "deputy"})
_SURE = {"person.post": 0.85, "person.list": 0.75, "person.unnamed": 0.75}


@dataclass(frozen=True, slots=True)
class _Chain:
    """Posts one after another, and where they stand."""

    start: int
    end: int
    posts: tuple[Post, ...]

    @property
    def official(self) -> bool:
        """Whether the text says what organisation it is in, or the post is one of the state's and the Party's."""
        return any(post.organisation or post.family in _ALWAYS_OFFICIAL for post in self.posts)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name and where it stands, what announces it ("đồng chí"), and whether several are announced at once."""

    start: int
    end: int
    honorific: str
    several: bool


def find_people(view: View) -> list[Person]:
    """Everybody named with a post, each once, and the posts named without anybody, in order of the text."""
    chains = _chains(view)
    lists = _lists(view)
    begins = {one.start: one for one in chains}
    found = _Found(view)
    tied: set[int] = set()
    named: set[int] = set()
    for names in lists:
        gap = _BETWEEN.match(view.text, names[-1].end)
        chain = begins.get(gap.end()) if gap else None
        if chain is not None and chain.official:
            tied.add(chain.start)
            several = names if names[0].several else names[-1:]
            named |= {one.start for one in several}
            found.tie(several, chain, "person.list" if len(several) > 1 else "person.post")
    for chain in chains:
        if chain.start in tied:
            continue
        name = _after(view, chain, named, begins) or _before(view, chain)
        signs = name is not None and "\n" in view.text[chain.end : max(chain.end, name.start)]
        if name is not None and (chain.official or signs):
            named.add(name.start)
            found.tie([name], chain, "person.post")
        elif any(post.organisation for post in chain.posts):
            found.unnamed(chain)
    for names in lists:
        for name in names:
            if name.start not in named:
                found.again(name)
    return found.told()


class _Found:
    """Who was found so far, by name."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._by_key: dict[str, Person] = {}

    def tie(self, names: list[_Name], chain: _Chain, rule: str) -> None:
        """These people hold these posts."""
        for name in names:
            key = fold(said(self._view, name.start, name.end))
            one = self._by_key.get(key)
            if one is None:
                whole = (min(name.start, chain.start), max(name.end, chain.end))
                span = whole if len(names) == 1 else (name.start, name.end)
                self._by_key[key] = self._person(name, span, chain.posts, rule)
            else:
                posts = tuple(dict.fromkeys((*one.posts, *chain.posts)))
                self._by_key[key] = replace(one, posts=posts, also=self._also(one, name))

    def unnamed(self, chain: _Chain) -> None:
        """A post with its organisation, nobody named."""
        key = "|".join(fold(f"{post.position} {post.organisation}") for post in chain.posts)
        one = self._by_key.get(f"|{key}")
        name = _Name(chain.start, chain.end, "", several=False)
        if one is None:
            span = (chain.start, chain.end)
            person = self._person(name, span, chain.posts, "person.unnamed")
            self._by_key[f"|{key}"] = replace(person, name="")
        else:
            self._by_key[f"|{key}"] = replace(one, also=self._also(one, name))

    def again(self, name: _Name) -> None:
        """Somebody whose post was told is named again by the whole name."""
        key = fold(said(self._view, name.start, name.end))
        if one := self._by_key.get(key):
            self._by_key[key] = replace(one, also=self._also(one, name))

    def told(self) -> list[Person]:
        """All of them in order."""
        return sorted(self._by_key.values(), key=lambda one: (one.start, one.end))

    def _person(
        self, name: _Name, span: tuple[int, int], posts: tuple[Post, ...], rule: str
    ) -> Person:
        shared = any(post.shared for post in posts)
        reason = _REASONS[rule] + ("; cơ quan suy từ chức danh bên cạnh" if shared else "")
        start, end = self._view.span(*span)
        return Person(
            start, end, round(_SURE[rule] - 0.1 * shared, 2), rule, reason,
            name=said(self._view, name.start, name.end), honorific=name.honorific, posts=posts,
        )  # fmt: skip

    def _also(self, one: Person, name: _Name) -> tuple[Span, ...]:
        if len(one.also) >= _MOST_AGAIN:
            return one.also
        return (*one.also, Span(*self._view.span(name.start, name.end)))


def _chains(view: View) -> list[_Chain]:
    """Every run of posts."""
    starts = sorted(
        {one.start() for one in POST.finditer(view.low)}
        | {one.start() for one in POST_LETTERED.finditer(view.text)}
    )
    found: list[_Chain] = []
    for start in starts:
        if found and start < found[-1].end:
            continue
        posts: list[Post] = []
        tiers: list[str] = []
        place = end = start
        while len(posts) < _MOST_POSTS and (one := _post_at(view, place)) is not None:
            post, tier, end = one
            posts.append(post)
            tiers.append(tier)
            glue = _CHAIN.match(view.text, end)
            if glue is None:
                break
            place = glue.end()
        if posts:
            found.append(_Chain(start, end, _distributed(posts, tiers)))
    return found


def _post_at(view: View, at: int) -> tuple[Post, str, int] | None:
    """The post right here with the organisation it is in, the tier of that, and where it ends."""
    letters = POST_LETTERED.match(view.text, at)
    word = None if letters else POST.match(view.low, at)
    if letters is None and word is None:
        return None
    if letters:
        family, position, inside = POST_LETTERS[letters[0]]
        end = letters.end()
    else:
        assert word is not None
        family, position, inside = word.lastgroup or "", said(view, *word.span()), ""
        position = position.capitalize() if position.isupper() else position
        end = word.end()
    of = _OF.match(view.text, end)
    owner = organisation_at(view, of.end()) if of and not inside else None
    if owner is not None:
        return Post(position, family, owner.words, owner.place), owner.tier, owner.end
    return Post(position, family, inside), "", end


def _distributed(posts: list[Post], tiers: list[str]) -> tuple[Post, ...]:
    """`Bí thư, Chủ tịch HĐND xã An Hòa`: what stands behind a later post holds for those before it."""
    filled = list(posts)
    for at in range(len(posts) - 2, -1, -1):
        post, later = filled[at], filled[at + 1]
        if post.organisation in _COMMITTEES and not post.place and later.place:
            filled[at] = replace(post, place=later.place, shared=True)
            tiers[at] = tiers[at + 1]
        if post.organisation:
            continue
        if post.family == later.family and later.organisation:
            filled[at] = replace(
                post, organisation=later.organisation, place=later.place, shared=True
            )
            tiers[at] = tiers[at + 1]
        elif post.family in {"secretary", "member"} and tiers[at + 1] in COMMITTEE_OF:
            tiers[at] = tiers[at + 1]
            filled[at] = replace(
                post, organisation=COMMITTEE_OF[tiers[at]], place=later.place, shared=True
            )
    return tuple(filled)


def _lists(view: View) -> list[list[_Name]]:
    """Names that "đồng chí", "các ông" or a rank announces, one after another."""
    found: list[list[_Name]] = []
    for honorific in HONORIFIC.finditer(view.low):
        if found and honorific.start() < found[-1][-1].end:
            continue
        gap = _BLANK.match(view.text, honorific.end())
        end = person_at(view, gap.end(), announced=True) if gap else None
        if gap is None or end is None:
            continue
        words = said(view, *honorific.span())
        several = bool(_MANY.search(view.low[max(0, honorific.start() - 4) : honorific.start()]))
        several = several or words.lower().startswith("các ")
        names = [_Name(gap.end(), end, words, several)]
        while len(names) < _MOST_NAMES:
            glue = _NAMES_GLUE.match(view.text, names[-1].end)
            following = person_at(view, glue.end(), announced=several) if glue else None
            if glue is None or following is None or not (several or "đồng chí" in glue[0]):
                break
            names.append(_Name(glue.end(), following, words, several))
        found.append(names)
    return found


def _after(view: View, chain: _Chain, named: set[int], begins: dict[int, _Chain]) -> _Name | None:
    """The name behind the posts: Bí thư Đảng ủy xã Trần Văn Bình."""
    gap = _AFTER.match(view.text, chain.end)
    if gap is None or gap.end() in named:
        return None
    end = person_at(view, gap.end(), announced=bool(gap["by"]))
    if end is not None and gap[0].startswith((",", ":")) and not gap["by"]:
        # "Chủ tịch UBND xã, Trần Văn Bình, cho biết"; not one of a list who has a post of his own.
        own = _BETWEEN.match(view.text, end)
        if (own and own.end() in begins) or view.text.count(" ", gap.end(), end) < 2:
            return None
    if end is not None and "\n" in gap[0] and view.text[end : end + 2].strip(" \n*"):
        return None  # on a line of its own only the name that signs
    return None if end is None else _Name(gap.end(), end, gap["by"] or "", several=False)


def _before(view: View, chain: _Chain) -> _Name | None:
    """The name before the posts that nothing announces: 1. Trần Văn Bình - Bí thư Đảng ủy."""
    begin = max(0, chain.start - _WINDOW)
    joint = _BEFORE.search(view.text[begin : chain.start])
    if joint is None:
        return None
    end = begin + joint.start()
    run = _RUN_BEFORE.search(view.text[begin:end])
    if run is None:
        return None
    tokens = [
        begin + run.start(),
        *(begin + run.start() + one.end() for one in re.finditer(" ", run[0])),
    ]
    start = next((one for one in tokens if person_at(view, one, announced=False) == end), None)
    return None if start is None else _Name(start, end, "", several=False)
