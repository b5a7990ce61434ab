"""A province in which three communes became one and one became two, with what all of them gave in the year."""

from datetime import date

from danvan.indicators.services import recompute_dirty
from danvan.organisations.enums import EventKind
from danvan.organisations.models import UnitSize
from danvan.organisations.services import reorganising
from tests.factories.province import Province, make_grant, make_user
from tests.indicators.figures import a_ratio, an_indicator, give

TODAY = date(2026, 12, 20)
MERGED, DIVIDED = date(2026, 7, 1), date(2026, 10, 1)
BEFORE = date(2026, 6, 30)


class Merged:
    """Xã Môn Sơn, Xã Con Cuông, Xã Châu Khê merged into Xã Trà Lân on 01/07; Xã Mường Xén divided on 01/10.

    Each month until June 4 + 3 + 2 + 10, then 9 + 10, then 9 + 6 + 5 sessions, and twice as many people.
    """

    def __init__(self):
        self.province = Province(communes=4)
        self.old, self.divided = self.province.communes[:3], self.province.communes[3]
        self.leader = make_grant(self.province.place, "leader", user=make_user("Hoàng Thị Yến"))
        self.flow = an_indicator("DV-01", name="Số cuộc")
        self.asked = an_indicator("DV-02", name="Số ý kiến", unit_label="ý kiến")
        self.ratio = a_ratio("DV-03", self.flow, self.asked, name="Tỷ lệ cuộc")
        for place, people in zip(self.old, (5_000, 3_000, 2_000), strict=True):
            UnitSize.objects.create(
                unit=place, counted_on=date(2026, 1, 1), population=people, source="Thống kê"
            )
        self.gave(range(1, 7), {**dict(zip(self.old, (4, 3, 2), strict=True)), self.divided: 10})
        self.new = self.merge()
        self.gave(range(7, 10), {self.new: 9, self.divided: 10})
        self.first, self.second = self.divide()
        self.gave((10, 11), {self.new: 9, self.first: 6, self.second: 5})
        while recompute_dirty():
            pass

    def gave(self, months, amounts):
        for month in months:
            for unit, amount in amounts.items():
                give(unit, f"2026-{month:02}", {self.flow: amount, self.asked: 2 * amount})

    def merge(self):
        draft = reorganising.draft_reorganisation(
            EventKind.MERGE, title="Nhập ba xã", scope_id=self.province.place.pk, effective_on=MERGED,
            decision="Nghị quyết 1", actor=None,
        )  # fmt: skip
        new = reorganising.add_new_unit(
            draft, actor=None, name="Xã Trà Lân", type_word="xã", level="commune",
            parent_id=self.province.place.pk, code="04099",
        )  # fmt: skip
        for place in self.old:
            reorganising.set_passing(draft, place.pk, actor=None, new_unit_id=new.pk)
        applied = reorganising.apply_reorganisation(draft, actor=None)
        return applied.new_units.get().unit

    def divide(self):
        draft = reorganising.draft_reorganisation(
            EventKind.DIVIDE, title="Chia xã Mường Xén", scope_id=self.province.place.pk,
            effective_on=DIVIDED, decision="Nghị quyết 2", measure="given", actor=None,
        )  # fmt: skip
        for name, weight, heir in (("Xã Mường Típ", 600_000, True), ("Xã Huồi Tụ", 400_000, False)):
            new = reorganising.add_new_unit(
                draft, actor=None, name=name, type_word="xã", level="commune",
                parent_id=self.province.place.pk,
            )  # fmt: skip
            reorganising.set_passing(
                draft, self.divided.pk, actor=None, new_unit_id=new.pk, weight=weight, heir=heir
            )
        applied = reorganising.apply_reorganisation(draft, actor=None)
        return [one.unit for one in applied.new_units.order_by("pk")]
