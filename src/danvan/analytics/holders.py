"""Signed reports stay with the place they were signed for: nothing of them is ever open."""

from danvan.analytics.models import Review
from danvan.organisations.holders import StayingRows


class ReviewHolder(StayingRows):
    """Summary reports; there is no draft of one: until it is signed it is composed anew each time."""

    key = "analytics.reviews"
    label = "báo cáo tổng hợp đã ký"
    model = Review
    fields = ("unit",)
    kept = ("period", "number")
