"""What the demonstration's monthly form checks, and what communes say where it warns them."""

from danvan.reporting.rules import Rule, between, steady, usual

# The thresholds are the province's own, set with the form.
RULES = (
    between("so-cuoc", "dv-01", most=60),
    Rule(
        code="co-cuoc-moi-co-luot",
        name="Có cuộc đối thoại mới có lượt người dự",
        message="Không có cuộc đối thoại nào mà ghi {luot} lượt người dự. Đồng chí vui lòng xem lại hai số.",
        tree={"any": [{">": [{"item": "dv-01"}, 0]}, {"=": [{"item": "dv-02"}, 0]}]},
        items=("dv-02", "dv-01"),
        blocks=True,
        figures={"luot": {"item": "dv-02"}},
    ),
    usual("luot-bat-thuong", "dv-02", times=4, slack=150),
    between("luot-tiep-dan", "dv-08", most=55, blocks=False),
    steady("mo-hinh-thay-doi", "dv-11", percent=50, slack=3),
    Rule(
        code="mo-hinh-moi",
        name="Mô hình mới nằm trong mô hình đang hoạt động",
        message="Đăng ký mới {moi} mô hình mà đang hoạt động chỉ có {co}.",
        tree={"<=": [{"item": "dv-12"}, {"item": "dv-11"}]},
        items=("dv-12", "dv-11"),
        figures={"moi": {"item": "dv-12"}, "co": {"item": "dv-11"}},
    ),
)
SAID = {
    "luot-tiep-dan": "Trong tháng có hai đợt tiếp công dân lưu động tại các bản xa.",
    "luot-bat-thuong": "Số ghi theo biên bản các cuộc đối thoại trong tháng.",
    "mo-hinh-thay-doi": "Đã rà soát lại danh sách mô hình vào ngày cuối tháng.",
}
