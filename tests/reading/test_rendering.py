import json

from danvan.reading import MEASURES, POPULATION_KINDS, as_json, as_lines, read
from danvan.reading.measures import PHRASES, measure_words

TEXT = """ĐẢNG ỦY XÃ AN HÒA
Số 05-NQ/ĐU
An Hòa, ngày 02 tháng 02 năm 2026
NGHỊ QUYẾT
dân vận, giai đoạn 2026-2030
Căn cứ Chỉ thị số 09-CT/TU, ngày 4/5/2024 của Tỉnh ủy;
Tình hình: đã có 238/316 hộ, đạt 88,9%; từ 5 - 7 mô hình.
Mục tiêu
1. Đến 31/12/2028, mỗi năm tổ chức ít nhất 02 cuộc đối thoại; thực hiện tốt việc giám sát.
"""


def test_a_reading_goes_to_json():
    plain = json.loads(json.dumps(as_json(read(TEXT)), ensure_ascii=False))
    assert plain["head"]["symbol"] == "05-NQ/ĐU"
    assert plain["validity"] == {
        "words": "giai đoạn 2026-2030",
        "first": "2026-01-01",
        "last": "2030-12-31",
    }
    assert [one["issued_on"] for one in plain["citations"]] == ["2024-05-04"]
    assert [
        (one["comparator"], one["comparator_key"], one["value"]) for one in plain["targets"]
    ] == [
        (">=", "ge", 2),
        ("=", "eq", None),
    ]
    assert plain["statistics"][0]["percent"] == 88.9
    assert plain["statistics"][0]["value"] == 238
    assert len(plain["notes"]) == 1


def test_a_reading_is_told_in_lines():
    lines = as_lines(read(TEXT))
    assert lines[0] == "Văn bản: Nghị quyết 05-NQ/ĐU, ngày 02/02/2026. ĐẢNG ỦY XÃ AN HÒA"
    assert lines[1] == "  Trích yếu: dân vận, giai đoạn 2026-2030"
    assert "Văn bản viện dẫn: 1" in lines
    assert any(
        line.startswith("  - Chỉ thị 09-CT/TU, ngày 04/05/2024, Tỉnh ủy [99 %") for line in lines
    )
    assert any("ít nhất 2 cuộc đối thoại, mỗi năm, hạn 31/12/2028" in line for line in lines)
    assert any("định tính" in line for line in lines)
    assert any("238 hộ (238/316)" in line for line in lines)
    assert any("từ 5 đến 7 mô hình" in line for line in lines)
    assert any("văn bản ghi 88,9 %" in line for line in lines)


def test_a_text_without_anything_is_told_too():
    assert as_lines(read("")) == [
        "Văn bản viện dẫn: 0",
        "Chỉ tiêu: 0",
        "Nhiệm vụ: 0",
        "Hoạt động: 0",
        "Kiến nghị, yêu cầu: 0",
        "Kết luận: 0",
        "Đánh giá: 0",
        "Người và chức danh: 0",
        "Tổ chức: 0",
        "Địa phương: 0",
        "Số liệu: 0",
        "Cần kiểm tra: 0",
    ]
    assert as_json(read(""))["validity"] is None


def test_every_phrase_leads_to_a_measure_with_a_name():
    assert {key for key, _ in PHRASES} == set(MEASURES)
    assert measure_words("dialogue") == "tiếp xúc, đối thoại với Nhân dân"
    assert measure_words("unknown") == ""
    assert {key for key, _ in POPULATION_KINDS} >= {"party_committee", "front_committee"}


def test_what_is_asked_concluded_and_named_is_told_too():
    text = (
        "Đồng chí Lê Văn Tám, Bí thư Đảng ủy xã Bình Lâm kết luận: giao Công an xã lập chốt trước ngày 15/7/2026.\n"
        "Hạn chế: việc phối hợp chưa chặt chẽ.\nKiến nghị xử lý nghiêm vi phạm.\nTỉnh ủy họp. Chủ tịch UBND xã dự."
    )
    lines = as_lines(read(text))
    told = [line.split(" [")[0] for line in lines if line.startswith("  - ")]
    assert (
        "  - Công an xã: Lập chốt trước ngày 15/7/2026; người nêu: Đồng chí Lê Văn Tám, Bí thư Đảng ủy xã Bình Lâm; hạn 15/07/2026"
        in told
    )
    assert "  - (không nói với ai): Xử lý nghiêm vi phạm" in told
    assert (
        "  - Kết luận: Giao Công an xã lập chốt trước ngày 15/7/2026 (Đồng chí Lê Văn Tám, Bí thư Đảng ủy xã Bình Lâm)"
        in told
    )
    assert "  - Hạn chế: Việc phối hợp chưa chặt chẽ" in told
    assert "  - Lê Văn Tám: Bí thư Đảng ủy xã Bình Lâm" in told
    assert "  - (không nêu tên): Chủ tịch UBND xã" in told
    assert "  - Tỉnh ủy (Văn bản không nói của tỉnh nào.)" in told
    assert "  - xã Bình Lâm" in told
    plain = json.loads(json.dumps(as_json(read(text)), ensure_ascii=False))
    assert [one["addressee"] for one in plain["requests"]] == ["Công an xã", ""]
    assert {"start", "end", "requester", "due_on", "confidence", "rule", "reason"} <= plain[
        "requests"
    ][0].keys()
    assert [one["name"] for one in plain["people"]] == ["Lê Văn Tám", ""]
    assert all(plain[kind] for kind in ("organisations", "places", "conclusions", "assessments"))
