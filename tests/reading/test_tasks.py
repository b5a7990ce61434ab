"""Who is told to do what by when: exact on made-up documents, and on sentences as officials write them."""

from datetime import date

import pytest

from danvan.reading import Gazetteer, Task, as_json, as_lines, read
from danvan.vietnamese.text import fold
from tests.reading.made_tasks import ExpectedTask, make_tasks

SEEDS = range(150)
HEAD = (
    "TỈNH ỦY SÔNG LAM\n*\nSố 07-{code}/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nSông Lam, ngày 02 tháng 03 năm 2026\n"
    "{kind}\nvề công tác dân vận\n"
)
RESOLUTION = HEAD.format(code="NQ", kind="NGHỊ QUYẾT")


def says(task: Task, wanted: ExpectedTask) -> bool:
    """Whether all parts of a task are as the text has them."""
    return (
        tuple(one.kind for one in task.leads) == wanted.kinds
        and {one.levels for one in task.leads} == {wanted.levels}
        and {one.place for one in task.leads} == {wanted.place}
        and tuple(one.kind for one in task.supports) == wanted.supports
        and fold(task.title) == fold(wanted.title)
        and fold(task.product).startswith(fold(wanted.product))
        and bool(task.product) == bool(wanted.product)
        and (task.due_on, task.regular, task.every) == (wanted.due_on, wanted.regular, wanted.every)
        and wanted.due_words in ("", task.due_words)
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_every_task_of_a_made_up_document_is_read_and_nothing_else(seed):
    made = make_tasks(seed)
    reading = read(made.text)
    assert len(reading.tasks) == len(made.tasks), made.text
    for task, wanted in zip(reading.tasks, made.tasks, strict=True):
        assert says(task, wanted), f"{task}\n{wanted}"
    assert len(reading.targets) == made.targets
    assert not {one.sentence for one in reading.targets} & {one.sentence for one in reading.tasks}


def test_the_same_seed_makes_the_same_document():
    assert make_tasks(7) == make_tasks(7)
    assert make_tasks(7).text != make_tasks(8).text


@pytest.mark.parametrize("seed", range(20))
def test_a_task_stands_where_its_span_says(seed):
    text = make_tasks(seed).text
    for task in read(text).tasks:
        piece = text[task.start : task.end]
        assert piece == piece.strip()
        assert fold(task.title).split()[-1] in fold(piece)
        assert task.sentence.start <= task.start < task.end
        assert 0.5 <= task.confidence <= 0.85
        assert task.reason.startswith("Vì: ")
        assert all(fold(one.words) in fold(text) for one in (*task.leads, *task.supports))


def the(text: str, known: Gazetteer | None = None) -> Task:
    [task] = read(RESOLUTION + text, gazetteer=known).tasks
    return task


def test_a_clause_that_gives_work_is_read_whole():
    task = the(
        "Giao Ban Tuyên giáo và Dân vận Tỉnh ủy chủ trì, phối hợp với Ủy ban MTTQ tỉnh tham mưu Ban Thường vụ Tỉnh ủy"
        " ban hành kế hoạch thực hiện, hoàn thành trước ngày 30/9/2026."
    )
    assert [(one.words, one.kind, one.levels) for one in task.leads] == [
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "advisory_board", ("province",))
    ]
    assert [one.words for one in task.supports] == ["Ủy ban MTTQ tỉnh"]
    assert task.title == "Tham mưu Ban Thường vụ Tỉnh ủy ban hành kế hoạch thực hiện"
    assert (task.due_on, task.product) == (date(2026, 9, 30), "Kế hoạch")
    assert (task.confidence, task.rule) == (0.85, "task.given")
    assert task.reason == (
        "Vì: “giao” + cơ quan + “chủ trì” + “hoàn thành trước ngày 30/9/2026” + sản phẩm"
    )


DAYS = [
    ("trước ngày 25/11/2026", date(2026, 11, 25), False, ""),
    ("chậm nhất ngày 05 tháng 6 năm 2026", date(2026, 6, 5), False, ""),
    ("trong tháng 2/2027", date(2027, 2, 28), False, ""),
    ("trong quý III/2026", date(2026, 9, 30), False, ""),
    ("trong 6 tháng đầu năm 2026", date(2026, 6, 30), False, ""),
    ("trước tháng 10/2026", date(2026, 9, 30), False, ""),
    ("trước quý II/2026", date(2026, 3, 31), False, ""),
    ("hết năm 2026", date(2026, 12, 31), False, ""),
    ("trước ngày 01/6/2026, báo cáo trước ngày 01/9/2026", date(2026, 9, 1), False, ""),
    ("trong thời hạn 30 ngày kể từ ngày ký", None, False, ""),
    ("trước ngày 15/12", date(2026, 12, 15), False, ""),
    ("trước ngày 30 tháng 11", date(2026, 11, 30), False, ""),
    ("trước ngày 31/12 hằng năm", None, True, "year"),
    ("xong trước 17 giờ 00 ngày 30/9/2026", date(2026, 9, 30), False, ""),
    ("trong quý III", None, False, ""),
    ("trước ngày 25 hằng tháng", None, True, "month"),
    ("định kỳ hằng quý", None, True, "quarter"),
    ("thường xuyên", None, True, ""),
]  # fmt: skip


@pytest.mark.parametrize(("words", "due_on", "regular", "every"), DAYS)
def test_the_day_is_the_one_that_is_named_and_none_is_invented(words, due_on, regular, every):
    task = the(f"UBND xã Con Cuông rà soát danh sách hộ dân {words}.")
    assert (task.due_on, task.regular, task.every) == (due_on, regular, every)
    assert task.due_words


WHO = [
    ("Đảng ủy Công an tỉnh", [("", (), "")]),
    ("Ban Xây dựng Đảng xã Môn Sơn", [("advisory_board", ("commune",), "xã Môn Sơn")]),
    ("Tỉnh ủy Nghệ An", [("party_committee", ("province",), "Nghệ An")]),
    ("các huyện ủy", [("party_committee", ("district",), "")]),
    ("Ban Tuyên giáo và Dân vận Trung ương", [("advisory_board", ("country",), "")]),
    ("Chủ tịch UBND xã Con Cuông", [("peoples_committee", ("commune",), "xã Con Cuông")]),
    ("Sở Văn hóa và Thể thao và UBND các xã, phường", [("", (), ""), ("peoples_committee", ("commune",), "")]),
    ("xã Con Cuông", [("place", ("commune",), "xã Con Cuông")]),
    ("Thành ủy", [("party_committee", ("province",), "")]),
    ("UBND thành phố Vinh", [("peoples_committee", (), "thành phố Vinh")]),
    ("cấp ủy, chính quyền các cấp", [("party_committee", (), ""), ("peoples_committee", (), "")]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "doers"), WHO)
def test_who_leads_is_told_by_kind_level_and_place(words, doers):
    task = the(f"Giao {words} rà soát danh sách hộ dân trước ngày 30/9/2026.")
    assert [(one.kind, one.levels, one.place) for one in task.leads] == doers


def test_political_organisations_are_five():
    task = the("Giao các tổ chức chính trị - xã hội tỉnh rà soát danh sách hội viên.")
    assert len(task.leads) == 5
    assert {one.levels for one in task.leads} == {("province",)}


def test_the_gazetteer_names_the_unit():
    known = Gazetteer(["Công an xã Môn Sơn", "UBND xã Con Cuông"])
    text = "Giao {} niêm yết số điện thoại tiếp dân."
    assert the(text.format("Công an xã Môn Sơn"), known).leads[0].unit == "Công an xã Môn Sơn"
    assert the(text.format("UBND xã Con Cuông"), known).leads[0].unit == "UBND xã Con Cuông"


def test_work_given_in_a_conclusion_of_a_dialogue_is_read():
    text = (
        "1. Giao việc. Ủy ban nhân dân xã sửa chữa xong ngầm tràn bản Xiềng trước ngày 31/12/2026, giao Ban Quản lý bản"
        " phối hợp. Mặt trận Tổ quốc xã thành lập tổ tự quản nước sinh hoạt trong tháng 12/2026."
        " Công an xã niêm yết số điện thoại trực tại nhà văn hóa các bản."
    )
    first, second, third = read(HEAD.format(code="KL", kind="KẾT LUẬN") + text).tasks
    assert [one.words for one in first.supports] == ["Ban Quản lý bản"]
    assert (first.title, first.due_on) == ("Sửa chữa xong ngầm tràn bản Xiềng", date(2026, 12, 31))
    assert second.leads[0].kind == "front_committee"
    assert (third.leads[0].words, third.due_words) == ("Công an xã", "")


BLOCK = (
    "II. Nội dung\n2.1. Xây dựng hướng dẫn về giám sát ở khu dân cư.\n- Bám sát tình hình địa phương.\n"
    "- Thời gian hoàn thành: {due};\n- Đơn vị chủ trì: {lead}.\n- Đơn vị phối hợp: Các đồng chí Phó Chủ tịch.\n"
    "- Kết quả: Dự thảo hướng dẫn.\n- Minh chứng: Bản ký số.\n"
)
LABELLED = [
    ("Quý IV/2025 và Quý I/2026", "UBND xã Con Cuông", date(2026, 3, 31), False),
    ("Dự kiến tháng 11/2026", "Đồng chí Phó Chủ tịch Thường trực, phụ trách giám sát", date(2026, 11, 30), False),
    ("Thường xuyên", "UBND xã Con Cuông", None, True),
    ("Sau khi có hướng dẫn của tỉnh", "UBND xã Con Cuông", None, False),
]  # fmt: skip


@pytest.mark.parametrize(("due", "lead", "due_on", "regular"), LABELLED)
def test_labelled_lines_under_an_item_are_a_task(due, lead, due_on, regular):
    text = HEAD.format(code="KH", kind="KẾ HOẠCH") + BLOCK.format(due=due, lead=lead)
    [task] = read(text).tasks
    assert task.rule == "task.labelled"
    assert task.title == "Xây dựng hướng dẫn về giám sát ở khu dân cư"
    assert [one.words for one in task.leads] == [lead]
    assert (task.due_on, task.regular, task.due_words) == (due_on, regular, due)
    assert (task.product, task.proof) == ("Dự thảo hướng dẫn", "Bản ký số")
    assert text[task.sentence.start : task.sentence.end].endswith("Bản ký số.")


@pytest.mark.parametrize(
    "block",
    [
        "- Đơn vị chủ trì: UBND xã Con Cuông.\n",
        "2.1. Xây dựng hướng dẫn.\n- Thời gian hoàn thành: tháng 3/2026.\n",
        "2.1. Xây dựng hướng dẫn.\n- Đơn vị chủ trì:\n",
        "2.1. Xây dựng hướng dẫn.\n- Thời gian: tháng 3/2026.\nSau đó\n- Đơn vị chủ trì: UBND xã.\n",
    ],
)
def test_labels_without_an_item_or_a_lead_are_none_or_lack_it(block):
    tasks = read(RESOLUTION + block).tasks
    assert all(one.leads == () for one in tasks)


NONE = [
    "Tỉnh ủy đã giao Ban Dân vận theo dõi việc thực hiện.",
    "Đảng ủy xã Con Cuông đã tổ chức đối thoại trước ngày 30/9/2025.",
    "Hằng năm, Ủy ban Mặt trận Tổ quốc cấp xã chủ trì ít nhất 02 nội dung giám sát.",
    "Công tác dân vận là trách nhiệm của cả hệ thống chính trị.",
    "UBND xã Con Cuông rộng rãi, thoáng mát.",
    "Nhân dân xã Con Cuông phấn khởi, tin tưởng.",
    "UBND xã Con Cuông tổ chức tiếp công dân đến nay được nhiều kỳ, xong trước ngày 1/1/2026.",
    "Giao UBND xã Con Cuông thực hiện.",
    "Giao lưu văn nghệ, thể thao trong năm 2026.",
    "Yêu cầu phải rõ người, rõ việc.",
    "Ủy ban nhân dân xã thực hiện.",
    "I. Kết quả\nGiao UBND xã Con Cuông rà soát danh sách hộ dân trước ngày 30/9/2025.",
]


@pytest.mark.parametrize("text", NONE)
def test_what_gives_nobody_anything_to_do_is_no_task(text):
    assert read(RESOLUTION + text).tasks == ()


@pytest.mark.parametrize(
    ("code", "kind", "found"),
    [("NĐ", "NGHỊ ĐỊNH", 0), ("QC", "QUY CHẾ", 0), ("BC", "BÁO CÁO", 0), ("KH", "KẾ HOẠCH", 1)],
)
def test_standing_duties_and_reports_give_no_work(code, kind, found):
    text = HEAD.format(code=code, kind=kind) + "UBND cấp xã tổ chức họp dân trước ngày 30/6/2026."
    assert len(read(text).tasks) == found


def test_the_product_is_the_one_that_is_told_by_name():
    task = the(
        "Giao UBND xã Con Cuông rà soát các kết luận đã ban hành; sản phẩm: bảng tổng hợp, phụ lục."
    )
    assert task.product == "bảng tổng hợp, phụ lục"
    assert task.title == "Rà soát các kết luận đã ban hành"


def test_proof_is_read_where_it_is_named():
    named = "Giao UBND xã Con Cuông sửa chữa ngầm tràn bản Xiềng, {}."
    assert the(named.format("kèm theo ảnh nghiệm thu")).proof == "ảnh nghiệm thu"
    assert the(named.format("có biên bản và ảnh kèm theo")).proof == "biên bản và ảnh"
    assert the(named.format("trước ngày 1/9/2026")).proof == ""


def test_what_the_next_sentence_adds_belongs_to_the_task():
    task = the("Giao UBND xã Con Cuông sửa chữa ngầm tràn bản Xiềng. Hoàn thành trước 30/6/2026.")
    assert (task.title, task.due_on) == ("Sửa chữa ngầm tràn bản Xiềng", date(2026, 6, 30))


def test_who_supports_is_kept_in_words_where_no_organisation_is_known():
    task = the("Giao UBND xã Con Cuông phối hợp với bà con trong bản sửa chữa ngầm tràn.")
    assert [(one.words, one.kind) for one in task.supports] == [("bà con trong bản", "")]
    assert task.title == "Sửa chữa ngầm tràn"
    task = the("Giao UBND xã Con Cuông chủ trì sửa chữa ngầm tràn, phối hợp với bà con.")
    assert [one.words for one in task.supports] == ["bà con"]


def test_tasks_go_to_json_and_are_told_in_lines():
    text = RESOLUTION + (
        "Giao UBND xã Con Cuông phối hợp với Công an tỉnh lập danh sách hộ nghèo trước ngày 30/9/2026.\n"
        "Giao Công an tỉnh rà soát các điểm sạt lở.\n"
    )
    reading = read(text)
    [plain, other] = as_json(reading)["tasks"]
    assert plain["leads"][0]["place"] == "xã Con Cuông"
    assert (plain["due_on"], other["due_on"]) == ("2026-09-30", None)
    lines = "\n".join(as_lines(reading))
    assert (
        "UBND xã Con Cuông; Lập danh sách hộ nghèo; phối hợp: Công an tỉnh; hạn 30/09/2026" in lines
    )
    assert "(chưa rõ hạn)" in lines


PAPER = (
    "ĐẢNG ỦY XÃ BẾN TRÀ\n*\nSố 12-KL/ĐU\nBến Trà, ngày 12 tháng 11 năm 2026\nKẾT LUẬN\n"
    "của đồng chí Bí thư Đảng ủy tại hội nghị gặp gỡ nhân dân\n\n"
)


def test_what_was_done_under_a_heading_that_names_somebody_is_no_task():
    told = "Thực hiện Quy định số 05-QĐ/TU của Tỉnh ủy, ngày 10/11/2026 Đảng ủy xã đã tổ chức gặp gỡ nhân dân."
    assert read(f"{PAPER}{told}").tasks == ()
    assert read(f"{RESOLUTION}1. Đảng ủy các xã, phường:\n- {told}").tasks == ()
    asked = "Triển khai kế hoạch đối thoại đã ban hành, báo cáo trước ngày 30/6/2026."
    (task,) = read(f"{RESOLUTION}1. Đảng ủy các xã, phường:\n- {asked}").tasks
    assert task.due_on == date(2026, 6, 30)


def test_who_supports_may_stand_behind_a_semicolon():
    (task,) = read(f"{PAPER}1. Giao Ủy ban nhân dân xã Bến Trà vá xong đường thôn Hạ trước ngày 31/12/2026; Ban Quản lý thôn Hạ phối hợp.").tasks  # fmt: skip
    assert task.title == "Vá xong đường thôn Hạ"
    assert [one.words for one in task.supports] == ["Ban Quản lý thôn Hạ"]


@pytest.mark.parametrize(
    ("sentence", "leads"),
    [
        ("Giao Ủy ban nhân dân xã Bến Trà vá xong đường thôn Hạ trong quý I/2027.", ["Ủy ban nhân dân xã Bến Trà"]),
        ("Giao ban công tác dân vận tháng 11 trước ngày 05/12/2026.", []),
    ],
)  # fmt: skip
def test_whatever_somebody_named_is_given_is_a_task(sentence, leads):
    found = read(f"{PAPER}1. {sentence}").tasks
    assert [one.words for task in found for one in task.leads] == leads
