"""The words of what people ask about their own data, and the rows of the law that count its days."""

from django.db import models


class DataRequestKind(models.TextChoices):
    """What a person asks about their own data."""

    SEE = "see", "Xem, cung cấp dữ liệu của mình"
    MEND = "mend", "Sửa dữ liệu của mình"
    ERASE = "erase", "Xóa dữ liệu của mình"
    LIMIT = "limit", "Hạn chế, phản đối xử lý, rút lại đồng ý"


class AskedBy(models.TextChoices):
    """Who came with such a request: the person themself, or somebody for them by a paper."""

    SELF = "self", "Chính người đó"
    PROXY = "proxy", "Người được ủy quyền, có giấy ủy quyền"
    GUARDIAN = "guardian", "Cha mẹ, người giám hộ, người đại diện theo pháp luật"


class DataRequestState(models.TextChoices):
    """Where such a request is."""

    RECEIVED = "received", "Mới nhận, chờ phản hồi"
    ANSWERED = "answered", "Đã phản hồi, đang thực hiện"
    DONE = "done", "Đã thực hiện"
    PARTLY = "partly", "Thực hiện một phần, đã nêu lý do"
    REFUSED = "refused", "Không thực hiện, đã nêu lý do"


DATA_ENDED = (DataRequestState.DONE, DataRequestState.PARTLY, DataRequestState.REFUSED)
DATA_SUBJECT = "petitions.datarequest"  # whose clocks these are
RESPOND, CARRY_OUT = "respond", "carry-out"
RESPOND_KEY = "data.subject.respond"
# The term of each right stands in a row of its own; the law as it is loaded holds that of limiting alone, so of the others
# nothing is computed until their rows are loaded.
CARRY_OUT_KEYS: dict[str, str] = {
    DataRequestKind.SEE: "data.subject.see",
    DataRequestKind.MEND: "data.subject.mend",
    DataRequestKind.ERASE: "data.subject.erase",
    DataRequestKind.LIMIT: "data.subject.act",
}
LIMIT_OTHERS_KEY = "data.subject.act.others"  # who works on the data for the office must stop too
LONGER = ".longer"  # behind the key of the right
