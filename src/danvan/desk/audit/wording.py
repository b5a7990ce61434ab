"""The audit log in words: what each act and each kind of object is called."""

from django.urls import NoReverseMatch, reverse

MODULES = {
    "accounts": "Người dùng và quyền",
    "activities": "Hoạt động",
    "commitments": "Việc phải làm",
    "documents": "Văn bản",
    "law": "Tham số pháp luật",
    "notifications": "Thông báo",
    "organisations": "Sổ đơn vị",
    "targets": "Chỉ tiêu",
}
ACTS = {
    "accounts.choose_password": "Đổi mật khẩu của mình",
    "accounts.create": "Tạo tài khoản",
    "accounts.deactivate": "Khóa tài khoản",
    "accounts.delegate": "Cho mượn quyền",
    "accounts.end_grant": "Kết thúc quyền",
    "accounts.grant": "Cấp quyền",
    "accounts.reactivate": "Mở khóa tài khoản",
    "accounts.set_email": "Ghi địa chỉ thư điện tử",
    "accounts.set_password": "Cấp mật khẩu dùng một lần",
    "accounts.withdraw": "Thu lại quyền đã cho mượn",
    "activities.add_evidence": "Thêm minh chứng",
    "activities.record": "Ghi hoạt động",
    "activities.record_many": "Nhập hoạt động từ Excel",
    "activities.withdraw": "Rút hoạt động",
    "commitments.add_evidence": "Thêm minh chứng cho việc",
    "commitments.answer_explanation": "Giải trình",
    "commitments.ask_explanations": "Yêu cầu giải trình",
    "commitments.ask_extension": "Xin gia hạn",
    "commitments.assign": "Giao việc",
    "commitments.claim": "Báo xong việc",
    "commitments.grant_extension": "Cho gia hạn",
    "commitments.refuse_extension": "Không cho gia hạn",
    "commitments.remind": "Nhắc việc",
    "commitments.return": "Trả lại việc",
    "commitments.send_back_explanation": "Yêu cầu giải trình lại",
    "commitments.start": "Nhận việc",
    "commitments.take_explanation": "Tiếp nhận giải trình",
    "commitments.verify": "Xác nhận việc hoàn thành",
    "commitments.withdraw": "Rút việc giao nhầm",
    "documents.accept_all_sure": "Nhận các đề xuất chắc chắn",
    "documents.accept_proposal": "Nhận đề xuất",
    "documents.correct_proposal": "Sửa rồi nhận đề xuất",
    "documents.finish_review": "Kiểm lại xong",
    "documents.give_up_reading": "Ghi nhận không đọc được",
    "documents.note_secret": "Ghi sổ mật",
    "documents.propose_again": "Đọc lại văn bản",
    "documents.read": "Đọc văn bản",
    "documents.register": "Vào sổ văn bản",
    "documents.reject_open": "Bỏ các đề xuất còn lại",
    "documents.reject_proposal": "Bỏ đề xuất",
    "documents.reopen_proposal": "Mở lại đề xuất",
    "documents.reopen_review": "Mở lại việc kiểm",
    "law.correct_day": "Sửa lịch làm việc",
    "law.load_calendar": "Nạp lịch làm việc",
    "law.load_parameters": "Nạp tham số pháp luật",
    "notifications.set_mail_preference": "Chọn cách nhận thư",
    "organisations.found_organisations": "Lập các tổ chức",
    "organisations.found_place": "Lập đơn vị",
    "organisations.load_register": "Nạp sổ đơn vị",
    "targets.create": "Lập chỉ tiêu",
    "targets.end": "Kết thúc chỉ tiêu",
    "targets.remove": "Bỏ chỉ tiêu",
}
# What an object is called, the page that shows it, and the action that page asks for.
THINGS = {
    "accounts.grant": ("Quyền", "", ""),
    "accounts.user": ("Người dùng", "accounts:user", "accounts.view"),
    "activities.activity": ("Hoạt động", "activities:card", "activities.view"),
    "commitments.commitment": ("Việc phải làm", "commitments:card", "commitments.view"),
    "commitments.explanation": ("Giải trình", "commitments:explanation", "commitments.view"),
    "documents.document": ("Văn bản", "documents:card", "documents.view"),
    "documents.secretstub": ("Dòng sổ mật", "", ""),
    "indicators.target": ("Chỉ tiêu", "desk:target", "targets.view"),
    "law.calendarday": ("Ngày", "", ""),
    "notifications.mailpreference": ("Cách nhận thư", "", ""),
    "organisations.unit": ("Đơn vị", "desk:unit", "register.view"),
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
