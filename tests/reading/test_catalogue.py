"""The catalogue of rules is whole: what the engine can say is in it, and docs/reading.md says the same."""

import re
from pathlib import Path

import pytest

from danvan.reading import read
from danvan.reading.assessing import KINDS
from danvan.reading.catalogue import RULES, catalogue
from danvan.reading.directing import CUES, SECTION_CUE
from danvan.reading.duties import find_duties
from danvan.reading.request_words import RULES as REQUESTS
from tests.reading.resolutions import make_resolution

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = "citation|target|figure|task|duty|request|conclusion|assessment|person|organisation|place|happening"
SAID = """Đồng chí Lê Văn Tám, Bí thư Đảng ủy xã Bình Lâm kết luận: giao Công an xã lập chốt; rà soát hộ nghèo; Văn phòng báo cáo ngay.
Hạn chế: việc phối hợp chưa chặt chẽ. Kiến nghị xử lý nghiêm vi phạm. Tỉnh ủy, HĐND, UBND tỉnh Bắc Lâm họp với 12 đại biểu.
II. KIẾN NGHỊ
Sớm bố trí vốn cho xã.
Ngày 12/11/2026, Đảng ủy xã Bình Lâm đã tổ chức hội nghị đối thoại. Ngày 13/11/2026, UBND xã mở 02 lớp tập huấn.
Công tác nắm tình hình ở các xã An Phú, Cẩm Sơn chưa kịp thời. Ý kiến nào chưa rõ thì giải trình ngay với dân.
"""


def rules_in(text):
    reading = read(text)
    lists = (
        reading.citations, reading.named_laws, reading.targets, reading.figures, reading.tasks, reading.requests,
        reading.conclusions, reading.assessments, reading.people, reading.organisations, reading.places, find_duties(text),
        reading.happenings,
    )  # fmt: skip
    return {one.rule for several in lists for one in several}


def test_every_rule_that_fires_is_in_the_catalogue():
    fired = set().union(
        *(rules_in(make_resolution(seed).text) for seed in range(12)), rules_in(SAID)
    )
    assert fired - RULES.keys() == set()
    assert len(fired) > 20


def test_every_rule_named_in_the_engine_is_in_the_catalogue():
    sources = [path.read_text("utf-8") for path in (ROOT / "src/danvan/reading").glob("*.py")]
    named = {key for text in sources for key in re.findall(rf'"((?:{FAMILIES})\.[a-z_]+)"', text)}
    named = {key for key in named if not key.endswith(".py")}
    assert len(named) > 30
    assert named - RULES.keys() == set()


def test_rules_that_tables_name_are_in_the_catalogue():
    named = {cue.rule for cue in (*CUES, SECTION_CUE) if cue.concludes} | REQUESTS.keys()
    named |= {f"assessment.{how}" for how in ("section", "label", "words")}
    assert named - RULES.keys() == set()
    assert {kind.key for kind in KINDS} == {"result", "shortcoming", "cause", "lesson"}


@pytest.mark.parametrize("row", catalogue())
def test_the_document_tells_the_catalogue_as_it_is(row):
    assert row in (ROOT / "docs/reading.md").read_text("utf-8").splitlines()


def test_the_document_tells_no_rule_that_is_gone():
    table = (ROOT / "docs/reading.md").read_text("utf-8").partition("\n## The rules\n")[2]
    told = re.findall(r"^\| `([a-z]+\.[a-z_]+)` \|", table, re.MULTILINE)
    assert sorted(told) == sorted(RULES)
