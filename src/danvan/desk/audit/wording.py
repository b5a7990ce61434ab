"""The audit log in words: what each act and each kind of object is called."""

from django.urls import NoReverseMatch, reverse

MODULES = {
    "accounts": "Người dùng và quyền",
    "activities": "Hoạt động",
    "analytics": "Báo cáo tổng hợp",
    "commitments": "Việc phải làm",
    "documents": "Văn bản",
    "indicators": "Số liệu",
    "law": "Tham số pháp luật",
    "notifications": "Thông báo",
    "organisations": "Sổ đơn vị",
    "reporting": "Báo cáo, biểu mẫu",
    "targets": "Chỉ tiêu",
}
ACTS = {
    "accounts.choose_password": "Đổi mật khẩu của mình",
    "accounts.create": "Tạo tài khoản",
    "accounts.deactivate": "Khóa tài khoản",
    "accounts.delegate": "Cho mượn quyền",
    "accounts.end_grant": "Kết thúc quyền",
    "accounts.grant": "Cấp quyền",
    "accounts.hand_over": "Chuyển quyền theo sắp xếp đơn vị",
    "accounts.pass_on": "Chuyển tiếp quyền đã bàn giao",
    "accounts.reactivate": "Mở khóa tài khoản",
    "accounts.set_email": "Ghi địa chỉ thư điện tử",
    "accounts.set_password": "Cấp mật khẩu dùng một lần",
    "accounts.take_back": "Trả lại quyền khi hoàn tác sắp xếp",
    "accounts.withdraw": "Thu lại quyền đã cho mượn",
    "activities.add_evidence": "Thêm minh chứng",
    "activities.record": "Ghi hoạt động",
    "activities.record_many": "Nhập hoạt động từ Excel",
    "activities.withdraw": "Rút hoạt động",
    "analytics.sign_review": "Ký báo cáo tổng hợp",
    "commitments.add_evidence": "Thêm minh chứng cho việc",
    "commitments.answer_explanation": "Giải trình",
    "commitments.ask_explanations": "Yêu cầu giải trình",
    "commitments.ask_extension": "Xin gia hạn",
    "commitments.assign": "Giao việc",
    "commitments.claim": "Báo xong việc",
    "commitments.grant_extension": "Cho gia hạn",
    "commitments.hand_over": "Chuyển việc theo sắp xếp đơn vị",
    "commitments.pass_on": "Chuyển tiếp việc đã bàn giao",
    "commitments.refuse_extension": "Không cho gia hạn",
    "commitments.remind": "Nhắc việc",
    "commitments.return": "Trả lại việc",
    "commitments.send_back_explanation": "Yêu cầu giải trình lại",
    "commitments.start": "Nhận việc",
    "commitments.take_back": "Trả lại việc khi hoàn tác sắp xếp",
    "commitments.take_explanation": "Tiếp nhận giải trình",
    "commitments.verify": "Xác nhận việc hoàn thành",
    "commitments.withdraw": "Rút việc giao nhầm",
    "documents.accept_all_sure": "Nhận các đề xuất chắc chắn",
    "documents.accept_proposal": "Nhận đề xuất",
    "documents.add_relation": "Thêm quan hệ văn bản",
    "documents.amend_entry": "Sửa dòng sổ văn bản",
    "documents.attach_file": "Gắn tệp vào văn bản",
    "documents.correct_proposal": "Sửa rồi nhận đề xuất",
    "documents.distribute": "Gửi văn bản tới đơn vị",
    "documents.finish_review": "Kiểm lại xong",
    "documents.forward": "Chuyển văn bản xử lý",
    "documents.give_up_reading": "Ghi nhận không đọc được",
    "documents.leave_numbers": "Để trống số trong sổ",
    "documents.note_secret": "Ghi sổ mật",
    "documents.open": "Mở văn bản được gửi tới",
    "documents.propose_again": "Đọc lại văn bản",
    "documents.read": "Đọc văn bản",
    "documents.recall": "Thu hồi văn bản đã gửi",
    "documents.receive": "Vào sổ văn bản được gửi tới",
    "documents.register": "Vào sổ văn bản",
    "documents.reject_open": "Bỏ các đề xuất còn lại",
    "documents.reject_proposal": "Bỏ đề xuất",
    "documents.remind": "Nhắc nhận văn bản",
    "documents.reopen_handling": "Đánh dấu văn bản chưa xử lý xong",
    "documents.reopen_proposal": "Mở lại đề xuất",
    "documents.reopen_review": "Mở lại việc kiểm",
    "indicators.define": "Lập chỉ tiêu thống kê",
    "indicators.raise_level": "Đổi mức duyệt số liệu",
    "indicators.record_values": "Ghi số liệu",
    "indicators.redefine": "Đổi định nghĩa chỉ tiêu thống kê",
    "law.correct_day": "Sửa lịch làm việc",
    "law.load_calendar": "Nạp lịch làm việc",
    "law.load_parameters": "Nạp tham số pháp luật",
    "notifications.set_mail_preference": "Chọn cách nhận thư",
    "organisations.found_organisations": "Lập các tổ chức",
    "organisations.found_place": "Lập đơn vị",
    "organisations.load_register": "Nạp sổ đơn vị",
    "organisations.begin_term": "Ghi nhiệm kỳ cấp ủy",
    "organisations.end_link": "Kết thúc quan hệ giữa hai tổ chức",
    "organisations.end_mark": "Kết thúc ký hiệu, con dấu",
    "organisations.import_villages": "Nhập thôn, tổ dân phố từ Excel",
    "organisations.link_units": "Ghi quan hệ giữa hai tổ chức",
    "organisations.lower_flag": "Kết thúc vùng khó khăn, biên giới, hải đảo",
    "organisations.raise_flag": "Ghi vùng khó khăn, biên giới, hải đảo",
    "organisations.record_mark": "Ghi ký hiệu, con dấu",
    "organisations.edit_duty": "Sửa nhiệm vụ trong ma trận",
    "organisations.end_duty": "Ghi nhiệm vụ hết hiệu lực",
    "organisations.record_duty": "Ghi nhiệm vụ vào ma trận",
    "reporting.accept": "Duyệt báo cáo",
    "reporting.accept_many": "Duyệt nhiều báo cáo",
    "reporting.add_draft_evidence": "Thêm tệp vào bản nháp",
    "reporting.define_form": "Lập biểu mẫu",
    "reporting.lock_period": "Chốt kỳ báo cáo",
    "reporting.open_period": "Mở kỳ báo cáo",
    "reporting.remove_draft_evidence": "Bỏ tệp khỏi bản nháp",
    "reporting.reopen": "Mở lại báo cáo đã chốt",
    "reporting.return": "Trả lại báo cáo",
    "reporting.submit": "Gửi báo cáo",
    "targets.create": "Lập chỉ tiêu",
    "targets.end": "Kết thúc chỉ tiêu",
    "targets.remove": "Bỏ chỉ tiêu",
}
# What an object is called, the page that shows it, and the action that page asks for.
THINGS = {
    "accounts.grant": ("Quyền", "", ""),
    "accounts.user": ("Người dùng", "accounts:user", "accounts.view"),
    "activities.activity": ("Hoạt động", "activities:card", "activities.view"),
    "analytics.review": ("Báo cáo tổng hợp", "desk:review", "reports.compose"),
    "commitments.commitment": ("Việc phải làm", "commitments:card", "commitments.view"),
    "commitments.explanation": ("Giải trình", "commitments:explanation", "commitments.view"),
    "documents.distribution": ("Lần gửi văn bản", "", ""),
    "documents.document": ("Văn bản", "documents:card", "documents.view"),
    "documents.relation": ("Quan hệ văn bản", "", ""),
    "documents.secretstub": ("Dòng sổ mật", "", ""),
    "indicators.indicator": ("Chỉ tiêu thống kê", "", ""),
    "indicators.target": ("Chỉ tiêu", "desk:target", "targets.view"),
    "indicators.value": ("Số liệu", "", ""),
    "law.calendarday": ("Ngày", "", ""),
    "notifications.mailpreference": ("Cách nhận thư", "", ""),
    "organisations.unit": ("Đơn vị", "desk:unit", "register.view"),
    "organisations.committeeterm": ("Nhiệm kỳ", "", ""),
    "organisations.unitflag": ("Vùng của địa bàn", "", ""),
    "organisations.unitlink": ("Quan hệ giữa tổ chức", "", ""),
    "organisations.unitmark": ("Ký hiệu, con dấu", "", ""),
    "reporting.form": ("Biểu mẫu", "", ""),
    "reporting.obligation": ("Báo cáo tháng", "reporting:report", "submissions.view"),
    "reporting.submission": ("Bản báo cáo", "", ""),
}


def act_words(action: str) -> str:
    """The act in words; its own name where nobody has put it into words yet."""
    return ACTS.get(action, action)


def thing_words(target: str, actions: frozenset[str]) -> tuple[str, str]:
    """`documents.document:12` as `Văn bản số 12` and the address of its page.

    The address is empty where it has none, or none that a reader who may do `actions` opens.
    """
    model, _, pk = target.partition(":")
    word, page, action = THINGS.get(model, (model, "", ""))
    if not pk.isdigit():
        return word, ""
    words = f"{word} số {pk}"
    try:
        return words, reverse(page, args=[int(pk)]) if page and action in actions else ""
    except NoReverseMatch:
        return words, ""
