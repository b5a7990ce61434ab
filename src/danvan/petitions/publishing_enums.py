"""How far what a sender wished to be public is shown."""

from django.db import models


class Showing(models.TextChoices):
    """Where the words of a petition stand on their way to the people."""

    WAITING = "waiting", "Chờ duyệt"
    SHOWN = "shown", "Đang công khai"
    DECLINED = "declined", "Không công khai"
    TAKEN_DOWN = "taken_down", "Đã gỡ"


LATE, BY_UNIT = "qua-han", "don-vi"  # lists beside those of the states
HIDDEN = (Showing.DECLINED, Showing.TAKEN_DOWN)  # a person said why
SHOWING_TONES: dict[str, str] = {
    Showing.WAITING: "orange",
    Showing.SHOWN: "green",
    Showing.DECLINED: "grey",
    Showing.TAKEN_DOWN: "grey",
}
OWN_WISH = "Người gửi không muốn công khai nữa."  # the reason where its sender changed their mind
TITLE, TEXT, ANSWER = "title", "text", "answer"
PARTS: dict[str, str] = {TITLE: "Tóm tắt", TEXT: "Nội dung", ANSWER: "Trả lời"}
