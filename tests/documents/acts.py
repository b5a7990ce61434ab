"""Acts and rows that several tests of documents begin from."""

from datetime import date
from decimal import Decimal

from django.urls import reverse

from danvan.activities.models import Activity
from danvan.commitments.models import Commitment
from danvan.documents.bodies import ActivityBody, CitationBody, FigureBody, TargetBody, TaskBody
from danvan.documents.enums import ProposalKind
from danvan.documents.models import Citation, Proposal, StatedFigure
from danvan.documents.services import register_document, register_issued_document
from danvan.indicators.models import Target
from danvan.organisations.enums import Kind
from danvan.organisations.models import Lineage
from tests.documents.papers import Paper
from tests.factories.province import make_organisation, make_place

WHOLE = {
    "title": "Mỗi năm ít nhất 02 nội dung giám sát",
    "quality": "counted",
    "groups": [{"kind": "front_committee", "levels": ["commune"], "words": "Mặt trận cấp xã"}],
    "every": "year",
    "conditions": [{"counter": "activities.supervision", "minimum": 2, "words": "giám sát"}],
    "share": [9, 10],
    "comparator": "ge",
    "valid_from": "2026-03-02",
    "valid_to": "2031-01-01",
    "sentence": [0, 40],
}

TASK = {
    "title": "Rà soát danh sách hộ dân vùng sạt lở",
    "leads": [
        {"words": "Đảng ủy các xã, phường", "kind": "party_committee", "levels": ["commune"]}
    ],
    "due_on": "2027-03-31",
    "due_words": "trước ngày 31/3/2027",
    "product": "Báo cáo",
    "sentence": [0, 40],
}


ACTIVITY = {
    "kind": "dialogue",
    "title": "Hội nghị đối thoại với Nhân dân",
    "lead": {"words": "Đảng ủy xã Môn Sơn", "kind": "party_committee", "levels": ["commune"]},
    "held_on": "2026-11-12",
    "place": "Nhà văn hóa bản Cằng",
    "persons": 168,
    "opinions": 23,
    "sentence": [0, 40],
}


def enter(province, *, content=None, name="nghi-quyet.docx", **given):
    content = Paper().as_docx() if content is None else content
    return register_document(
        **{"unit": province.committee, "content": content, "name": name, "actor": None, **given}
    )


def issued(province):
    """A resolution in the outgoing register of the province's committee, as a clerk enters it with its file."""
    return register_issued_document(
        unit=province.committee, document_type="resolution", symbol="07-NQ/TU", actor=None,
        abstract="về đối thoại", issued_on=date(2026, 3, 2), content=Paper().as_txt(), name="nq.txt",
        recipients="Các đảng ủy xã", signer="Trần Văn Bình", copies=130,
    )  # fmt: skip


def url(name, *args):
    return reverse(f"documents:{name}", args=args)


def propose(document, kind=ProposalKind.TARGET, *, start=10, confidence=95, **body):
    shapes = {
        ProposalKind.TARGET: lambda: TargetBody.of({**WHOLE, **body}),
        ProposalKind.CITATION: lambda: CitationBody(**{"symbol": "23-QĐ/TW", **body}),
        ProposalKind.FIGURE: lambda: FigureBody(
            **{"label": "Đối thoại", "value": Decimal(318), **body}
        ),
        ProposalKind.TASK: lambda: TaskBody.of({**TASK, **body}),
        ProposalKind.ACTIVITY: lambda: ActivityBody.of({**ACTIVITY, **body}),
    }
    return Proposal.objects.create(
        document=document, kind=kind, start=start, end=start + 20, body=shapes[kind]().as_json(),
        confidence=confidence, rule="test", reason="phép thử",
    )  # fmt: skip


def made():
    """How much was made of proposals, of each kind; what was withdrawn is not there any more."""
    given = Commitment.objects.exclude(state="withdrawn")
    return (
        Target.objects.count(), Citation.objects.count(), StatedFigure.objects.count(), given.count(),
        Activity.objects.filter(withdrawn_at=None).count(),
    )  # fmt: skip


def task(document, **given):
    """A proposal of a task, whole unless said."""
    return propose(document, ProposalKind.TASK, **given)


def ended_committee(province):
    """A Party committee of a commune that ended, whose place passed to another."""
    old = make_place("Xã Lạng Khê", under=province.place, code="04299", ended=date(2025, 7, 1))
    gone = make_organisation(old, Kind.PARTY_COMMITTEE, ended=date(2025, 7, 1))
    Lineage.objects.create(
        predecessor=old, successor=province.communes[0], weight=1_000_000, measure="whole",
        happened_on=date(2025, 7, 1), decision="Nghị quyết", estimated=False,
    )  # fmt: skip
    return gone
