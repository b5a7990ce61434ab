"""Every URL x every role x four scopes: nowhere allowed is 403, not on this object is 404, else it opens.

What is expected follows from the one access rule of each URL and from the table of roles; a URL whose
objects are not named here fails, so that a new page cannot be left out.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from danvan.accounts.roles import ROLES
from danvan.activities.enums import ActivityKind
from danvan.activities.services import record_activity
from danvan.analytics.services import sign_review
from danvan.commitments.services import (
    Assignment,
    add_evidence,
    ask_about,
    assign_commitments,
)
from danvan.documents.enums import Direction, DocumentType, Stage
from danvan.documents.models import Document, Proposal
from danvan.documents.services import (
    add_relation,
    distribute_document,
    register_issued_document,
)
from danvan.foundation import clock, files
from danvan.foundation.periods import Period
from danvan.indicators.models import Target, TargetRule
from danvan.indicators.services import divide_target
from danvan.law.models import LegalParameter
from danvan.law.services import load_calendar
from danvan.notifications.enums import Topic
from danvan.notifications.services import tell
from danvan.organisations.enums import DutyRole, Kind, Level, MarkKind
from danvan.organisations.services.duties import DutyEntry, DutySource, Share, record_duties
from danvan.organisations.services.standing import record_mark
from danvan.reporting.services import (
    add_draft_evidence,
    begin_next_version,
    open_period,
    submit_report,
)
from tests.architecture.answers import opened, seen
from tests.architecture.askers import asked_about
from tests.architecture.directives import directive_pages
from tests.architecture.exchanged import OPEN_TO_SYSTEMS, TAKES_JSON, connected_at
from tests.architecture.follows import LOGS, followed
from tests.architecture.measures import measured_at
from tests.architecture.pairs import SCOPES, tried_by
from tests.architecture.people import SHARED_PAGES, people_of
from tests.architecture.programmes import planned_at
from tests.architecture.reported import handed_in
from tests.desk.reorganising import reorganised
from tests.dialogues.opened import spoken_at
from tests.documents.papers import received
from tests.factories.province import Province, make_grant, make_user
from tests.grassroots.opened import gathered_at
from tests.indicators.figures import an_indicator
from tests.indicators.goals import a_goal
from tests.news.articles import written_at
from tests.once import once, own
from tests.petitions.opened import SEALED_PAGES, petitioned_at, received_at, sealed_at
from tests.reporting.months import GOOD, NOVEMBER, PNG, indicators, make_form
from tests.topics.trees import KEPT_TOPICS, topic_pages

DAY = date(2026, 12, 31)
# The objects of the law and of the register are for everyone who may read them at all.
SHARED = {
    "desk:unit",
    "desk:villages",
    "desk:villages-workbook",
    "desk:law-parameter",
    "desk:law-parameter-set",
    "desk:law-year",
    "desk:indicator",
    "desk:indicator-steps",
    "portal:file",
    "portal:calendar",
    "desk:topic",
} | SHARED_PAGES | OPEN_TO_SYSTEMS | {f"people:{name}" for name in ("article", "at-place", "matter", "picture", "promise", "sound", "talk")} | {"portal:ask", "portal:mail", "portal:stop", "portal:together", "accounts:factor-remove", "accounts:passkey-rename"}  # fmt: skip # (proof first, then 404)
# A person's own grants and notices are that person's alone, whatever others may do.
OWN = (
    {"accounts:lend", "accounts:withdraw", "notifications:open", "notifications:read"}
    | LOGS
    | SEALED_PAGES
)
# A report is let go by the head of the very unit, not by whoever has the unit under him.
ITSELF = {"reporting:decide-laid", "reporting:laid-file"}
# What concerns everyone is done only by who holds the right at the root.
EVERYWHERE = {"desk:law-day", "desk:law-parameter-set", "desk:breakdown-option", *KEPT_TOPICS}
AND_ALSO = {"desk:duties-from": "duties.manage"}  # read by one right, written by another
THIRD_PARTY = "tai-khoan/"


def named_urls(resolver=None, prefix="", spaces=()):
    """(name, rule, names of the arguments) of each URL of ours."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from named_urls(entry, path, inner)
        elif isinstance(entry, URLPattern) and not path.startswith(THIRD_PARTY):
            name = ":".join((*spaces, entry.name))
            yield name, entry.callback.access, tuple(entry.pattern.converters)


URLS = sorted(named_urls())


@dataclass
class World:
    """One object of each kind in the first commune, and the places of the three scopes."""

    province: Province

    def __post_init__(self):
        commune, committee = self.province.communes[0], self.province.committees[0]
        self.places = {
            "here": commune,
            "above": self.province.place,
            "root": self.province.country,
            "elsewhere": self.province.communes[1],
        }
        stored = files.store("Kế hoạch công tác dân vận".encode(), name="ke-hoach.txt")
        document = Document.objects.create(
            unit=committee,
            direction=Direction.INCOMING,
            register_year=2026,
            register_number=1,
            document_type=DocumentType.PLAN,
            issuer_name="Tỉnh ủy",
            issuer_key="tinh uy",
            abstract="Kế hoạch",
            text="Kế hoạch công tác dân vận",
            file=stored,
            file_name="ke-hoach.txt",
            stage=Stage.TO_REVIEW,
            registered_at=clock.now(),
        )
        proposal = Proposal.objects.create(
            document=document, kind="citation", start=0, end=8, confidence=90, rule="r", reason="vì",
            body={"symbol": "04-NQ/TU", "name": "", "document_type": "", "issuer_name": "", "issued_on": None, "note": ""},
        )  # fmt: skip
        relation = add_relation(document, kind="implements", symbol="04-NQ/TU", actor=None)
        distribution = self.sent_to(committee)
        activity = record_activity(
            unit=committee, kind=ActivityKind.DIALOGUE, title="Đối thoại", held_on=date(2026, 3, 3), actor=None,
            evidence=[("anh.png", PNG)],
        )  # fmt: skip
        target = Target.objects.create(
            unit=commune, title="Chỉ tiêu", quality="counted", population_kind=Kind.PARTY_COMMITTEE,
            population_levels=[Level.COMMUNE.value], every="year", valid_from=date(2026, 1, 1),
        )  # fmt: skip
        TargetRule.objects.create(
            target=target, position=0, counter="activities.dialogue", minimum=1
        )
        load_calendar([2026])
        parameter = LegalParameter.objects.create(
            key="complaint.accept", numerator=7, denominator=1, unit="WD", valid_from=date(2026, 7, 1),
            citation="NĐ155/2026 Đ10", confidence="S", loaded_on=DAY,
        )  # fmt: skip
        form, owed, sent = self.reported(commune)
        writing = begin_next_version(form, actor=None)
        year, leader = Period.parse("2026"), make_grant(commune, "leader")
        review = sign_review(commune.pk, year, actor=leader)
        given, evidence, explanation = self.given_to(self.province.fronts[0], committee)
        mark = record_mark(
            committee.pk,
            kind=MarkKind.SYMBOL,
            text="ĐU",
            decision="QĐ 1",
            valid_from=DAY,
            actor=None,
        )
        person = make_grant(commune, "commune_officer")
        grant = person.grants.get()
        duty = self.duty_at(commune)
        dialogue, spoken = spoken_at(committee, self.province.governments[0])
        matter, gathered = gathered_at(self.province.governments[0])
        petition, petitioned = petitioned_at(self.province.governments[0])
        reception, received = received_at(self.province.governments[0])
        article, news_pages = written_at(self.province.governments[0])
        self.arguments = {
            "desk:unit": {"pk": committee.pk},
            "people:at-place": {"pk": commune.pk},
            **{
                f"desk:{name}": {"pk": commune.pk}
                for name in ("villages", "villages-workbook", "villages-import", "villages-blank")
            },
            "desk:unit-record": {"pk": committee.pk, "what": "ky-hieu"},
            "desk:unit-end": {"pk": committee.pk, "what": "ky-hieu", "row": mark.pk},
            "desk:duty": {"pk": duty},
            "desk:duty-end": {"pk": duty},
            "desk:duties-from": {"pk": document.pk},
            "desk:law-parameter": {"pk": parameter.pk},
            "desk:law-parameter-set": {"pk": parameter.pk},
            "desk:law-year": {"year": 2026},
            **spoken,
            **gathered,
            **petitioned,
            "vault:move-in": petition,
            **sealed_at(self.province.governments[0]),
            **received,
            **news_pages,
            **people_of(commune, committee),
            **connected_at(commune, self.province.governments[0]),
            **reorganised(commune, self.province.fronts[0]),
            **measured_at(commune),
            **topic_pages(),
            "desk:target": {"pk": target.pk},
            **{f"desk:target-{name}": {"pk": target.pk} for name in ("amend", "end", "divide")},
            "desk:target-share": {"pk": self.divided(commune), "unit": commune.pk},
            "desk:target-workbook": {"pk": target.pk},
            "desk:target-unit": {"pk": target.pk, "unit": committee.pk},
            "documents:decide-relation": {"pk": relation.pk},
            "documents:sent": {"pk": distribution.pk},
            "documents:receive": {"pk": distribution.pk},
            **directive_pages(document, distribution),
            "documents:decide": {"pk": proposal.pk},
            "documents:correct": {"pk": proposal.pk},
            "activities:evidence": {"pk": activity.pk, "evidence": activity.evidence.get().pk},
            **asked_about(given, evidence),
            **followed(given),
            **planned_at(committee),
            "commitments:evidence": {"pk": given.pk, "evidence": evidence.pk},
            **{
                f"commitments:{name}": {"pk": explanation.pk}
                for name in ("explanation", "answer", "rule-explanation")
            },
            "reporting:design": {"pk": writing.pk},
            "reporting:design-preview": {"pk": writing.pk},
            "reporting:draft-rules": {"pk": writing.pk},
            "reporting:draft-trial": {"pk": writing.pk},
            "reporting:form-rules": {"pk": form.pk},
            "reporting:form-trial": {"pk": form.pk},
            "reporting:design-next": {"pk": form.pk},
            "reporting:evidence": {"pk": owed.pk, "evidence": sent.evidence.get().pk},
            "reporting:remove-file": {"pk": owed.pk, "file": owed.draft_evidence.get().pk},
            "reporting:laid-file": {"pk": owed.pk, "file": owed.draft_evidence.get().pk},
            **handed_in(form, owed),
            "reporting:records": {"pk": owed.pk, "item": "doi-thoai"},
            **{
                f"reporting:{name}": {"pk": form.pk, "month": "2026-11"}
                for name in (
                    "period",
                    "period-sheet",
                    "period-csv",
                    "accept-many",
                    "lock",
                    "drop",
                    "templates",
                )
            },
            **{
                f"desk:{name}": {"pk": review.pk}
                for name in ("review", "review-docx", "review-pdf")
            },
            "accounts:lend": {"pk": grant.pk},
            "accounts:withdraw": {"pk": grant.pk},
            "accounts:end": {"pk": grant.pk},
        }
        tell([person.pk], key="told", topic=Topic.REPORT, words="Báo cáo trả lại", url="/bieu-mau/")
        self.by_module = {
            "documents": {"pk": document.pk},
            "activities": {"pk": activity.pk},
            "dialogues": dialogue,
            "grassroots": matter,
            "petitions": petition,
            "reception": reception,
            "news": article,
            "commitments": {"pk": given.pk},
            "reporting": {"pk": owed.pk},
            "accounts": {"pk": person.pk},
            "notifications": {"pk": person.notifications.get().pk},
        }

    def given_to(self, lead, assigner):
        """Work that one organisation of the commune gave to another, with a file and a question about it."""
        one = Assignment(lead.pk, "Đổ bê tông đường bản", "Biên bản", DAY)
        [given] = assign_commitments([one], assigner=assigner, actor=None)
        evidence = add_evidence(given, name="anh.png", content=PNG, actor=None)
        [explanation] = ask_about([given], question="", due_on=DAY, actor=None)
        return given, evidence, explanation

    def divided(self, commune):
        """A target of the province of which the commune has a share."""
        goal = a_goal(self.province.place, an_indicator("CT-01"), goal=10)
        shares = [(commune.pk, Decimal(10))]
        divide_target(goal, shares, reserve=Decimal(0), valid_from=DAY, actor=None)
        return goal.pk

    def duty_at(self, place):
        source = DutySource("04-QC/TU", "Điều 1")
        entry = DutyEntry("Lãnh đạo", [Share(DutyRole.LEAD, Kind.PARTY_COMMITTEE)], source)
        return record_duties(place.pk, [entry], on=date(2026, 1, 1), actor=None)[0]

    def sent_to(self, committee):
        """A document of the province's committee, sent to another one."""
        letter = register_issued_document(
            unit=self.province.committee, document_type=DocumentType.PLAN, abstract="Kế hoạch",
            issued_on=date(2026, 3, 2), actor=None,
        )  # fmt: skip
        [distribution] = distribute_document(letter, [committee.pk], actor=None)
        return distribution

    def reported(self, commune):
        """A form asked in the commune itself, what it owes, and what was sent with a file."""
        indicators()
        form = make_form(self.province, unit=commune)
        [owed] = open_period(form, NOVEMBER, actor=None)
        add_draft_evidence(owed, name="anh.png", content=PNG, actor=None)
        return form, owed, submit_report(owed, answers=GOOD, actor=None)

    def path(self, name, converters):
        if not converters:
            return reverse(name)
        given = self.arguments.get(name) or self.by_module[name.split(":")[0]]
        assert set(given) == set(converters), f"say which object {name} is tried on"
        return reverse(name, kwargs=given)


_world = once(lambda: World(Province()), DANVAN_TODAY=DAY)


@pytest.fixture
def world(_world, db, settings):
    settings.DANVAN_TODAY = DAY
    return own(_world)


def expected(name, rule, converters, role, scope):
    if rule != "public" and rule not in ROLES[role]:
        return "refused"
    if name in EVERYWHERE and scope != "root":
        return "refused"
    away = converters and name not in SHARED and scope == "elsewhere"
    lacks = AND_ALSO.get(name, rule) not in {*ROLES[role], "public"}
    below = name in ITSELF and scope != "here"
    return "not found" if away or lacks or below or name in OWN else "opens"


def wrong(client, world, role, scope, urls):
    """What each page that answers otherwise than it must told."""
    client.force_login(make_grant(world.places[scope], role))
    wanted = {
        name: expected(name, rule, converters, role, scope) for name, rule, converters in urls
    }
    found = {
        name: seen(opened(client, world.path(name, converters), whole=wanted[name] == "opens"))
        for name, _, converters in urls
    }
    return {name: told for name, told in found.items() if told != wanted[name]}


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("scope", SCOPES)
def test_each_role_opens_what_its_table_says_within_its_reach(client, world, role, scope):
    assert wrong(client, world, role, scope, tried_by(role, scope, URLS)) == {}


@pytest.mark.soak
@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("scope", SCOPES)
def test_each_role_opens_what_its_table_says_in_every_scope(client, world, role, scope):
    assert wrong(client, world, role, scope, URLS) == {}


def test_whoever_is_not_signed_in_is_asked_to(client, world):
    found = {}
    for name, rule, converters in URLS:
        path = world.path(name, converters)
        response = client.get(path)
        if response.status_code == 405:
            response = client.post(path)
        if response.streaming:  # read to its end, or its file stays open
            assert received(response)
        found[name] = (response.status_code, rule == "public")

    asked = {name for name, (status, _) in found.items() if status == 302}
    assert asked == {name for name, (_, free) in found.items() if not free}
    odd = {name: status for name, (status, free) in found.items() if free and status != 200}
    assert odd == TAKES_JSON


def test_whoever_holds_no_right_opens_nothing_of_others(client, world):
    client.force_login(make_user())

    open_to_all = {"accounts.own", "public"}
    found = {
        name: seen(opened(client, world.path(name, converters), whole=False))
        for name, rule, converters in URLS
        if rule not in open_to_all
    }
    assert {name: told for name, told in found.items() if told != "refused"} == {}
