"""Matters of grassroots democracy for tests, brought by their acts as far as a test needs them."""

from datetime import date, timedelta

import pytest

from danvan.foundation.errors import RuleError
from danvan.grassroots.models import Matter, MatterKind
from danvan.grassroots.selectors import proposed_publication
from danvan.grassroots.services import (
    Draft,
    VillageCount,
    add_files,
    enter_matter,
    load_kinds,
    publish_matter,
    record_round,
    show_matter,
)
from danvan.law.services import load_calendar, load_parameters
from danvan.organisations.enums import Level
from danvan.reading.covering import as_proposed
from tests.factories.province import Province, make_place
from tests.reporting.months import PNG

TODAY = date(2026, 11, 20)  # a Friday
BEGAN = date(2026, 10, 1)  # a Thursday: five working days end on the 8th


class Commune:
    """A province of which the first commune has three villages, with the law loaded."""

    def __init__(self):
        load_parameters()
        load_calendar([2026])
        load_kinds()
        self.province = Province()
        self.place = self.province.communes[0]
        self.unit = self.province.governments[0]
        self.villages = [
            make_place(f"Bản {name}", level=Level.VILLAGE, under=self.place)
            for name in ("Hòa Sơn", "Lưu Kiền", "Xiềng Hương")
        ]


def kind(code):
    return MatterKind.objects.get(code=code)


def entered(unit, code="CK02", village=None, began=BEGAN, title="Dự toán ngân sách xã", **more):
    draft = Draft(
        unit_id=unit.pk, kind_id=kind(code).pk, title=title, began_on=began,
        village_id=village.pk if village else None, **more,
    )  # fmt: skip
    return enter_matter(draft, actor=None)


def published(matter, on=None, until=None, channels=("office", "village"), evidence=()):
    publish_matter(
        matter, channels=channels, place="Bảng tin xã", from_on=on or matter.began_on, until_on=until,
        evidence=evidence, actor=None,
    )  # fmt: skip
    return fresh(matter)


def shown(matter):
    """With everything on the portal, covered as it is proposed."""
    groups = proposed_publication(matter)
    keys = [one.key for one in groups]
    return show_matter(matter, as_proposed(groups), shown=keys, actor=None)


def said(village, households=90, present=80, agreed=70, against=10):
    return VillageCount(
        village_id=village.pk, households=households, present=present, agreed=agreed, against=against
    )  # fmt: skip


def voted(matter, *counts, form="meeting", on=None, **more):
    held_on = on or matter.began_on + timedelta(days=10)
    record_round(matter, form=form, held_on=held_on, counts=counts, actor=None, **more)
    return fresh(matter)


def shown_in(matter):
    add_files(matter, evidence=[("anh.png", PNG)], actor=None)
    return fresh(matter)


def fresh(matter):
    """It as it is kept now."""
    return Matter.objects.select_related("kind").get(pk=matter.pk)


def refused(act, *args, **more):
    """What an act that is refused says."""
    with pytest.raises(RuleError) as broken:
        act(*args, **{"actor": None, **more})
    return broken.value
