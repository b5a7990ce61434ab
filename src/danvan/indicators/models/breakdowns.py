"""By what indicators are broken down: named lists of options, such as men and women."""

from django.db import models


class Breakdown(models.Model):
    """A way in which whatever is counted falls apart, e.g. by sex. Its options are given once."""

    name = models.CharField("tên", max_length=100, unique=True)  # e.g. Giới tính

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class BreakdownOption(models.Model):
    """One part of a breakdown. `code` ends the codes of the indicators that count it: DV-02.NU."""

    breakdown = models.ForeignKey(Breakdown, models.PROTECT, related_name="options")
    position = models.PositiveSmallIntegerField("thứ tự")
    code = models.CharField("mã", max_length=8)
    name = models.CharField("tên", max_length=100)  # e.g. Nữ

    class Meta:
        ordering = ["breakdown", "position"]
        constraints = [
            models.UniqueConstraint(fields=["breakdown", "code"], name="breakdown_option_once"),
            models.UniqueConstraint(
                fields=["breakdown", "position"], name="breakdown_option_has_its_place"
            ),
        ]

    def __str__(self) -> str:
        return self.name
