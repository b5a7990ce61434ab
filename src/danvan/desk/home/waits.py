"""What each lane of the day waits for, and of whom: one line for each sort of thing that stands in it."""

from danvan.desk.home.things import Group, Sort

# Below the count of a lane that says no day.
WHO: dict[str, str] = {
    Group.LACKING: "đơn vị phải làm thêm",
    Group.CHECKING: "chờ đồng chí xem, quyết định",
}
DONE_BY_DAY = "đơn vị chủ trì làm xong, báo kết quả; gồm việc đơn vị của đồng chí chủ trì hoặc giao"
WAITS: dict[tuple[str, str], str] = {
    **{(group, sort): words for group in (Group.LATE, Group.DUE) for sort, words in {
        Sort.COMMITMENT: DONE_BY_DAY,
        Sort.EXPLANATION: "đơn vị của đồng chí giải trình",
        Sort.FOLLOW_UP: "đơn vị của đồng chí trả lời",
        Sort.REPORT: "đơn vị gửi báo cáo",
        Sort.DOCUMENT: "đơn vị của đồng chí tổ chức hội nghị, ghi kết quả",
        Sort.DIALOGUE: "đơn vị của đồng chí thông báo, xếp câu hỏi",
        Sort.GRASSROOTS: "đơn vị của đồng chí công khai, trả lời",
        Sort.RECEPTION: "đơn vị của đồng chí tiếp, trả lời người đến",
        Sort.PETITION: "đơn vị của đồng chí giải quyết, trả lời, duyệt công khai",
    }.items()},
    (Group.LACKING, Sort.COMMITMENT): "đơn vị chủ trì nhận việc, làm tiếp, hoặc báo tiến độ",
    (Group.LACKING, Sort.REPORT): "đơn vị của đồng chí sửa báo cáo được trả lại",
    (Group.LACKING, Sort.DOCUMENT): "đơn vị của đồng chí vào sổ, gửi tệp khác, ghi kết quả hội nghị",
    (Group.LACKING, Sort.TARGET): "đơn vị được giao chỉ tiêu làm cho đủ, trả lời phần được giao",
    (Group.LACKING, Sort.ACTIVITY): "đơn vị đã làm hoạt động gửi minh chứng",
    (Group.LACKING, Sort.DIALOGUE): "đơn vị của đồng chí ghi kết quả, ra thông báo kết luận, duyệt công khai",
    (Group.LACKING, Sort.GRASSROOTS): "đơn vị của đồng chí đưa ra bàn, duyệt công khai",
    (Group.LACKING, Sort.RECEPTION): "đơn vị của đồng chí ghi đã tiếp, ra thông báo kết luận",
    (Group.LACKING, Sort.PETITION): "đồng chí phân loại đơn mới, mở hồ sơ được giao",
    (Group.CHECKING, Sort.COMMITMENT): "đơn vị đã báo xong hoặc có đề nghị, chờ đồng chí kiểm tra, quyết định",
    (Group.CHECKING, Sort.SERIES): "chờ đồng chí xem vì sao chưa mở được lượt",
    (Group.CHECKING, Sort.EXPLANATION): "đơn vị đã giải trình, chờ đồng chí cho ý kiến",
    (Group.CHECKING, Sort.DIFFICULTY): "đơn vị cấp dưới đã nêu, chờ đồng chí trả lời hoặc chuyển lên",
    (Group.CHECKING, Sort.REPORT): "đơn vị đã gửi, chờ đồng chí duyệt",
    (Group.CHECKING, Sort.DOCUMENT): "máy đã đọc hoặc nơi nhận đã hỏi, chờ đồng chí kiểm lại, trả lời",
    (Group.CHECKING, Sort.PETITION): "đã xác minh, chờ đồng chí quyết định",
    (Group.CHECKING, Sort.HAND_OVER): "đơn vị cũ đã bàn giao, chờ đồng chí nhận",
}  # fmt: skip
