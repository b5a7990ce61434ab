"""Every rule by which the engine proposes something: its key, what it goes by, and an example of our own.

docs/reading.md tells the same; a test keeps the two and the engine together.
"""

from danvan.reading.calibration import MEASURED
from danvan.reading.request_words import RULES as REQUESTS
from danvan.reading.wording import CUES

# rule -> (what it goes by, an example)
RULES: dict[str, tuple[str, str]] = {
    "citation.symbol": ("số, ký hiệu văn bản; chắc hơn khi có loại văn bản và ngày", "Kế hoạch số 31-KH/ĐU, ngày 20/01/2026"),
    "citation.number": ("loại văn bản và số, không có ký hiệu", "Quyết định số 212"),
    "citation.asked": ("đề nghị gửi văn bản: loại văn bản được yêu cầu", "đề nghị gửi báo cáo, kế hoạch"),
    "citation.congress": ("nghị quyết đại hội, không có số", "Nghị quyết Đại hội Đảng bộ xã lần thứ I"),
    "figure.cell": ("ô số trong bảng; chủ đề là đề mục dòng và cột", "bảng: dòng “Số hộ nghèo”, cột “2025”"),
    "target.cell": ("ô số trong cột chỉ tiêu, kế hoạch của bảng", "bảng: cột “Chỉ tiêu năm 2026”"),
    "citation.law_name": ("tên luật, không có số", "Luật Khiếu nại"),
    "target.context": ("mạch văn nêu việc phải đạt, không có từ nào mạnh hơn", "mục tiêu chung của xã là 5 mô hình"),
    "target.section": ("mục nêu chỉ tiêu", "mục “Chỉ tiêu”: 100% chi bộ …"),
    "target.planned": ("việc nêu trong kế hoạch: động từ ở đầu, không có từ chỉ việc đã qua", "Tổ chức 12 buổi tuyên truyền"),
    "target.document": ("loại văn bản nêu việc phải làm", "nghị quyết, kế hoạch: 90% hộ …"),
    "target.qualitative": ("mục nêu chỉ tiêu, câu không có số", "Thực hiện tốt việc giám sát"),
    **{f"target.{cue.name}": (f"từ ngữ: {cue.label}", "trong câu có con số phải đạt") for cue in CUES},
    "figure.counted": ("con số và đơn vị đếm", "12 lớp"),
    "figure.noun": ("con số và một từ không có trong bảng đơn vị đếm", "12 bóng đèn"),
    "figure.measured": ("con số và đơn vị đo", "3,5 km"),
    "figure.money": ("con số và tiền", "4,5 tỷ đồng"),
    "figure.percent": ("con số phần trăm", "88,9%"),
    "figure.fraction": ("phần trên tổng", "16/20 xã"),
    "figure.bare": ("con số không có đơn vị, câu nói rõ đếm gì", "tổng số đơn là 870"),
    "figure.share": ("phần trăm đi cùng phần và tổng", "238/316 hộ, đạt 75,3%"),
    "figure.structure": ("số phần, số nhóm của chính văn bản", "gồm 4 nhóm nhiệm vụ"),
    "task.given": ("“giao”, “yêu cầu”, “phân công” và cơ quan", "Giao UBND xã rà soát hộ nghèo"),
    "task.led": ("“chủ trì”, “chịu trách nhiệm”", "Công an xã chủ trì nắm tình hình"),
    "task.listed": ("việc dưới đề mục nêu tên cơ quan", "1. UBND xã: - Rà soát …"),
    "task.labelled": ("dòng “Đơn vị chủ trì”, “Thời gian hoàn thành”", "Đơn vị chủ trì: Văn phòng"),
    "task.promised": ("cơ quan, “sẽ”, một việc và một ngày", "UBND xã sẽ sửa cống trước ngày 30/8/2026"),
    "task.told": ("cơ quan và động từ trong mục giao việc hoặc có hạn", "Đảng ủy xã báo cáo trước ngày 15/7"),
    "happening.told": ("một ngày đủ, cơ quan, “đã”, một việc trong bộ từ", "Ngày 12/11/2026, Đảng ủy xã đã tổ chức đối thoại"),
    "happening.dated": ("một ngày đủ, cơ quan, “tổ chức”, không có “đã”", "Ngày 12/11/2026, UBND xã mở lớp tập huấn"),
    "duty.sentence": ("tên tổ chức ở đầu câu và động từ", "Cấp ủy lãnh đạo công tác dân vận"),
    "duty.heading": ("tên tổ chức ở đề mục phía trên", "Điều 5. Trách nhiệm của Mặt trận"),
    **{
        rule: (REQUESTS[rule].reason, example)
        for rule, example in (
            ("request.asked", "đề nghị UBND xã công khai danh sách"), ("request.direct", "Kiến nghị xử lý nghiêm vi phạm"),
            ("request.listed", "Đối với UBND tỉnh: sớm bố trí vốn"), ("request.directing", "… kết luận: Ban Dân vận tiếp tục …"),
            ("request.given", "… kết luận: giao Công an xã …"), ("request.carried", "…; nắm tình hình từng hộ"),
            ("request.conditional", "Ý kiến nào chưa rõ thì giải trình"),
        )
    },
    "conclusion.label": ("nhãn “Kết luận:”, “Kết luận của …:”", "Kết luận của Bí thư Đảng ủy: …"),
    "conclusion.head": ("“… kết luận:”", "Chủ tịch UBND xã kết luận: …"),
    "conclusion.speech": ("“Kết luận hội nghị, đồng chí … yêu cầu”", "Kết luận hội nghị, đồng chí … nhấn mạnh …"),
    "conclusion.given": ("“… kết luận, giao …”", "Chủ tịch UBND xã kết luận, giao Văn phòng …"),
    "conclusion.section": ("mục “Kết luận”", "III. KẾT LUẬN CỦA BÍ THƯ"),
    "assessment.section": ("mục “Kết quả”, “Hạn chế”, “Nguyên nhân”, “Bài học”", "II. HẠN CHẾ: - Việc …"),
    "assessment.label": ("nhãn đầu dòng “Hạn chế:”, “Nguyên nhân:”", "- Hạn chế: việc … chưa kịp thời"),
    "assessment.words": ("từ ngữ trong câu: “chưa kịp thời”, “nguyên nhân là”", "Việc phối hợp còn lúng túng"),
    "person.post": ("chức danh đứng liền với tên", "đồng chí Lê Văn Tám, Bí thư Đảng ủy"),
    "person.list": ("chức danh sau danh sách tên", "các đồng chí A, B, Ủy viên Ban Thường vụ"),
    "person.unnamed": ("chức danh và cơ quan, không kèm tên", "Chủ tịch UBND xã"),
    "organisation.known": ("đúng tên một tổ chức trong danh bạ", "Ban Dân vận Tỉnh ủy"),
    "organisation.placed": ("tên loại tổ chức và tên địa phương", "UBND xã Bình Lâm"),
    "organisation.shared": ("địa phương đứng sau tổ chức cuối của danh sách", "HĐND, UBND xã Bình Lâm"),
    "organisation.asks": ("tên loại tổ chức, không kèm địa phương: hỏi lại của nơi nào", "Tỉnh ủy"),
    "organisation.named": ("tên riêng của tổ chức", "Sở Nội vụ"),
    "place.named": ("từ chỉ cấp và tên riêng", "xã Bình Lâm"),
    "place.listed": ("trong danh sách sau “các xã”, “các phường”", "các xã An Phú, Bình Lâm"),
}  # fmt: skip


def catalogue() -> list[str]:
    """The catalogue as the rows of a table: key, what it goes by, an example, how often it was right."""
    return [
        f"| `{rule}` | {goes_by} | {example} | {_counted(rule)} |"
        for rule, (goes_by, example) in sorted(RULES.items())
    ]


def _counted(rule: str) -> str:
    right, of = MEASURED.get(rule, (0, 0))
    return f"{right}/{of}" if of else "chưa đo"
