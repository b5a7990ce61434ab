from django.db import models


class ActivityKind(models.TextChoices):
    """Kinds of recorded work. Each has a counter of its own."""

    WORKING_SESSION = "working_session", "Cấp ủy làm việc với MTTQ, tổ chức chính trị - xã hội"
    COORDINATION_EVALUATION = "coordination_evaluation", "Đánh giá kết quả quy chế phối hợp"
    SUPERVISION = "supervision", "Nội dung giám sát"
    SOCIAL_CRITICISM = "social_criticism", "Nội dung phản biện xã hội"
    DIALOGUE = "dialogue", "Tiếp xúc, đối thoại với Nhân dân"
    DIALOGUE_IN_PROGRAMME = "dialogue_in_programme", "Chương trình tháng có nội dung đối thoại"
    CONCLUSION_REVIEW = "conclusion_review", "Rà soát kết luận của người đứng đầu"
    DISSEMINATION = "dissemination", "Hội nghị quán triệt, tuyên truyền"
    TRAINING = "training", "Lớp tập huấn, bồi dưỡng"
    INSPECTION = "inspection", "Cuộc kiểm tra"
    MODEL_VISIT = "model_visit", "Hoạt động mô hình “Dân vận khéo”"
    OTHER = "other", "Hoạt động khác"


# What the quantity of each kind counts.
COUNTED_IN: dict[str, str] = {
    ActivityKind.WORKING_SESSION: "buổi",
    ActivityKind.COORDINATION_EVALUATION: "lần",
    ActivityKind.SUPERVISION: "nội dung",
    ActivityKind.SOCIAL_CRITICISM: "nội dung",
    ActivityKind.DIALOGUE: "cuộc",
    ActivityKind.DIALOGUE_IN_PROGRAMME: "chương trình",
    ActivityKind.CONCLUSION_REVIEW: "lần",
    ActivityKind.DISSEMINATION: "hội nghị",
    ActivityKind.TRAINING: "lớp",
    ActivityKind.INSPECTION: "cuộc",
    ActivityKind.MODEL_VISIT: "lượt",
    ActivityKind.OTHER: "lần",
}
