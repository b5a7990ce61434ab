"""Take a denunciation straight into the vault: nothing of it ever touches an ordinary table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import reaches
from danvan.foundation import clock, sealed_files
from danvan.foundation.acting import refuse, words_of
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.file_kinds import FileKind
from danvan.foundation.files import EVIDENCE, inspect
from danvan.foundation.sealing import new_key
from danvan.foundation.viruses import refuse_virus
from danvan.organisations.selectors import units_on
from danvan.organisations.services.holding import hold_units
from danvan.petitions import vault_clocks
from danvan.petitions.enums import SENT_ON, Channel, Language
from danvan.petitions.models import Denunciation, VaultExclusion, VaultFile, VaultReader
from danvan.petitions.models.vault import units_over
from danvan.petitions.services.identities import PersonDraft, person_faults
from danvan.petitions.services.identity_papers import identity_doubt
from danvan.petitions.services.vault import cases, chain
from danvan.petitions.vault_enums import (
    ASK,
    INITIAL,
    KEY_PURPOSE,
    PRESS,
    REVIEW,
    Part,
    Renewal,
    VaultState,
    VaultStepKind,
)
from danvan.petitions.vault_moves import ENTER
from danvan.petitions.vault_seals import ACCUSED, CONTENT, DENOUNCER, REQUESTS, seal_value
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST_TEXT, MOST_PERSONS, MOST_ACCUSED, MOST_REQUESTS, MOST_FILES = 100_000, 50, 20, 50, 4
MOST_PEOPLE = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AccusedDraft:
    """Who is accused, as it was written down."""

    name: str
    post: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DenunciationDraft:
    """A denunciation before it is written down. `barred_*`: who is accused, as far as this software knows them."""

    unit_id: int
    received_on: date
    channel: str
    title: str
    text: str = ""
    requests: tuple[str, ...] = ()
    settled_by: str = ""
    sender: str = ""
    persons: tuple[PersonDraft, ...] = ()
    accused: tuple[AccusedDraft, ...] = ()
    barred_users: tuple[int, ...] = ()
    barred_units: tuple[int, ...] = ()
    people: int = 1
    language: str = Language.VIETNAMESE
    anonymous: bool = False
    spoken: bool = False
    read_back: bool = False
    renewal: str = Renewal.NONE
    former_number: str = ""
    files: tuple[tuple[str, bytes], ...] = ()


@transaction.atomic
def enter_denunciation(draft: DenunciationDraft, *, actor: "User") -> Denunciation:
    """Write a denunciation down in the vault and begin its clocks; who wrote it down is its intake officer."""
    hold_units({draft.unit_id})
    refuse([*_faults(draft, actor), *draft_faults(draft)])
    return write_case(draft, readers=[actor.pk], actor=actor)


def write_case(
    draft: DenunciationDraft, *, readers: Iterable[int], actor: "User | None", code: str | None = None
) -> Denunciation:  # fmt: skip
    """The case with its intake officers, its files and its first clocks. The caller has looked for faults."""
    case = keep_case(draft, code=code)
    VaultReader.objects.bulk_create(
        VaultReader(
            denunciation=case, user_id=pk, part=Part.INTAKE, named_by=actor, since=clock.today()
        )
        for pk in readers
    )
    for name, content in draft.files:
        keep_file(case, name, content, actor=actor)
    begin_first(case, draft.channel)
    cases.step(case, VaultStepKind.RECEIVED, draft.received_on, actor)
    chain.record(actor, "enter", case, unit_id=case.unit_id)
    return case


def keep_case(
    draft: DenunciationDraft, *, code: str | None = None, receipt: str = ""
) -> Denunciation:
    """The rows of a case, sealed under a new key. The caller has looked for faults."""
    former = canonical(draft.former_number).strip().upper()
    first = Denunciation.objects.filter(number=former).first() if draft.renewal and former else None
    case = Denunciation(
        number=cases.number_of(draft.received_on.year),
        key=new_key(KEY_PURPOSE),
        unit_id=draft.unit_id,
        renews=first,
        renewal=draft.renewal,
        state=VaultState.REVIEWING if draft.renewal else VaultState.RECEIVED,
        channel=draft.channel,
        language=draft.language,
        people=draft.people,
        anonymous=draft.anonymous,
        spoken=draft.spoken,
        received_on=draft.received_on,
        code=code,
        receipt=receipt,
        entered_at=clock.now(),
    )
    written = {
        DENOUNCER: [_person(one) for one in draft.persons],
        ACCUSED: [
            {"name": _clean(one.name), "post": _clean(one.post), "organisation": _clean(one.organisation)}
            for one in draft.accused
        ],
        CONTENT: {
            "title": _clean(draft.title), "text": _clean(draft.text), "settled_by": _clean(draft.settled_by),
            "sender": _clean(draft.sender), "former_number": former,
        },
        REQUESTS: [_clean(one) for one in draft.requests],
    }  # fmt: skip
    for name, value in written.items():
        setattr(case, name, seal_value(case, name, value))
    case.save()
    bar(case, users=draft.barred_users, units=draft.barred_units)
    return case


def begin_first(case: Denunciation, channel: str) -> None:
    """What runs from the receipt: the first handling, or the review of a renewed one; the answer to who sent it on."""
    on = case.received_on
    if case.renewal == Renewal.OVERDUE:
        vault_clocks.begin(case, ASK, on)
    vault_clocks.begin(case, REVIEW if case.renewal else INITIAL, on)
    if channel in SENT_ON:
        vault_clocks.begin(case, PRESS, on)


def bar(case: Denunciation, *, users: Iterable[int] = (), units: Iterable[int] = ()) -> None:
    """Shut these people, and everybody at or below these units, out of a case."""
    for user_id in users:
        VaultExclusion.objects.get_or_create(denunciation=case, user_id=user_id, unit=None)
    for unit_id in units:
        VaultExclusion.objects.get_or_create(denunciation=case, user=None, unit_id=unit_id)


def look_through(name: str, content: bytes) -> FileKind:
    """What kind of file it is; RuleError for one that is not kept: of no kind we keep, with a virus, an identity card."""
    refuse_virus(content, name=name)
    kind = inspect(content, name=name, allowed=EVIDENCE)
    doubt = identity_doubt(content, kind=kind, name=name)
    if doubt is not None and doubt.certain:
        raise RuleError(
            f"Tệp này là ảnh giấy tờ tùy thân ({doubt.why}) nên không được nhận và không được lưu. Đồng chí vui lòng ghi số vào "
            "ô “Số căn cước, hộ chiếu” và trả lại ảnh cho người gửi."
        )
    return kind


def keep_file(case: Denunciation, name: str, content: bytes, *, actor: "User | None") -> VaultFile:
    """Keep one inspected file under the key of the case; its name is sealed."""
    kind = look_through(name, content)
    kept = sealed_files.keep(content, key=case.key, media_type=kind.media_type)
    return VaultFile.objects.create(
        denunciation=case, file=kept, name=seal_value(case, "file", canonical(name)[:200]),
        added_at=clock.now(), added_by=actor,
    )  # fmt: skip


def draft_faults(draft: DenunciationDraft) -> Iterator[Fault]:
    """What is wrong with what was written down, whoever wrote it."""
    yield from _person_faults(draft)
    yield from _accused_faults(draft.accused)
    for column, words, most, missing in (
        ("title", draft.title, 300, "Đồng chí vui lòng tóm tắt nội dung tố cáo."),
        ("text", draft.text, MOST_TEXT, ""),
        ("settled_by", draft.settled_by, 200, ""),
        ("sender", draft.sender, 200, ""),
        ("former_number", draft.former_number, 40, ""),
    ):
        yield from words_of(words, column=column, missing=missing, most=most)[1]
    if len(draft.requests) > MOST_REQUESTS:
        yield Fault(f"Một hồ sơ ghi tối đa {MOST_REQUESTS} yêu cầu.", column="requests")
    for words in draft.requests[:MOST_REQUESTS]:
        yield from words_of(words, column="requests", most=600)[1]
    if draft.channel not in Channel.values:
        yield Fault("Đồng chí vui lòng chọn tố cáo đến bằng cách nào.", column="channel")
    elif draft.channel in SENT_ON and not _clean(draft.sender):
        yield Fault(
            "Đồng chí vui lòng ghi cơ quan, báo chí chuyển đến để trả lời đúng hạn.",
            column="sender",
        )
    if draft.language not in Language.values:
        yield Fault("Đồng chí vui lòng chọn ngôn ngữ.", column="language")
    if draft.spoken and not draft.read_back:
        yield Fault(
            "Lời tố cáo được ghi lại phải đọc lại cho người tố cáo nghe và ký; đồng chí đánh dấu khi đã đọc lại.",
            column="read_back",
        )
    if draft.renewal not in Renewal.values:
        yield Fault("Đồng chí vui lòng chọn lần tố cáo.", column="renewal")


def _faults(
    draft: DenunciationDraft, actor: "User", *, stands_on: date | None = None
) -> Iterator[Fault]:
    """What forbids this person to take it in there; the unit stands on the day of the receipt, or on `stands_on`."""
    if not reaches(actor, ENTER, draft.unit_id):
        yield Fault(
            "Đồng chí chưa có quyền nhận tố cáo cho đơn vị này, vui lòng chọn đơn vị khác.",
            column="unit",
        )
    elif draft.unit_id not in units_on([draft.unit_id], stands_on or draft.received_on):
        yield Fault(
            "Đơn vị này không hoạt động vào ngày nhận, đồng chí vui lòng xem lại.", column="unit"
        )
    if actor.pk in draft.barred_users or _below(actor, draft.barred_units):
        yield Fault(
            "Người tiếp nhận thuộc đối tượng bị tố cáo nên không được ghi hồ sơ này. Đồng chí vui lòng chuyển cho cán bộ "
            "khác hoặc lãnh đạo cấp trên.",
            column="barred_users",
        )
    if draft.received_on > clock.today():
        day = format_date(draft.received_on)
        yield Fault(f"Ngày nhận {day} chưa đến, đồng chí vui lòng xem lại.", column="received_on")
    if len(draft.files) > MOST_FILES:
        yield Fault(
            f"Mỗi lần gửi tối đa {MOST_FILES} tệp; tệp còn lại thêm ở trang hồ sơ.", column="files"
        )
    for name, content in draft.files[:MOST_FILES]:
        try:
            look_through(name, content)
        except RuleError as broken:
            yield Fault(broken.message, column="files")


def _below(actor: "User", unit_ids: Sequence[int]) -> bool:
    """Whether `actor` holds a right at or below one of these units."""
    return bool(set(unit_ids) & units_over(actor))


def _person_faults(draft: DenunciationDraft) -> Iterator[Fault]:
    if not 1 <= draft.people <= MOST_PEOPLE:
        yield Fault("Số người phải từ 1 trở lên, đồng chí vui lòng xem lại.", column="people")
    if draft.anonymous and any(one.name for one in draft.persons):
        yield Fault(
            "Tố cáo không ghi tên thì không ghi người tố cáo, đồng chí vui lòng bỏ một trong hai.",
            column="anonymous",
        )
    if not draft.anonymous and not draft.persons:
        yield Fault(
            "Đồng chí vui lòng ghi người tố cáo, hoặc chọn tố cáo không ghi tên.", column="name"
        )
    if len(draft.persons) > MOST_PERSONS:
        yield Fault(f"Chỉ ghi tên tối đa {MOST_PERSONS} người.", column="name")
    elif draft.persons and draft.people < len(draft.persons):
        yield Fault(
            "Số người ít hơn số người đã ghi tên, đồng chí vui lòng xem lại.", column="people"
        )
    for row, person in enumerate(draft.persons[:MOST_PERSONS], start=1):
        yield from person_faults(person, row)


def _accused_faults(accused: Sequence[AccusedDraft]) -> Iterator[Fault]:
    if not accused:
        yield Fault("Đồng chí vui lòng ghi người hoặc cơ quan bị tố cáo.", column="accused")
    if len(accused) > MOST_ACCUSED:
        yield Fault(f"Một hồ sơ ghi tối đa {MOST_ACCUSED} người bị tố cáo.", column="accused")
    for row, one in enumerate(accused[:MOST_ACCUSED], start=1):
        missing = "Đồng chí vui lòng ghi họ tên người, tên cơ quan bị tố cáo."
        for column, words, most, needed in (
            ("accused", one.name, 200, missing), ("post", one.post, 200, ""), ("organisation", one.organisation, 200, ""),
        ):  # fmt: skip
            for fault in words_of(words, column=column, missing=needed, most=most)[1]:
                yield Fault(fault.message, row, column)


def _person(draft: PersonDraft) -> dict[str, str]:
    return {
        "name": _clean(draft.name), "address": _clean(draft.address), "id_number": draft.id_key,
        "phone": draft.phone_key, "email": _clean(draft.email),
    }  # fmt: skip


def _clean(words: str) -> str:
    return canonical(words).strip()
