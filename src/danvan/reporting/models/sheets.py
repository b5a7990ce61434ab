"""Workbooks that were handed in, and what came of each."""

from django.conf import settings
from django.db import models

from danvan.reporting.enums import Outcome
from danvan.reporting.models.asking import Form, Obligation


class SheetDrop(models.Model):
    """Workbooks handed in together: many for a month of a form, or one by a unit for its own report (`obligation`).

    `package` is the .zip that holds them, until it was kept long enough (`emptied_at`): what came of each stays.
    `sends`: those without fault are sent in their units' names, where who handed them in may send for these.
    `ended_at` is set once the last of them was read.
    """

    form = models.ForeignKey(Form, models.PROTECT, related_name="+")
    first = models.DateField("tháng")
    obligation = models.ForeignKey(
        Obligation, models.CASCADE, null=True, blank=True, related_name="sheet_drops"
    )
    package = models.ForeignKey(
        "foundation.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    emptied_at = models.DateTimeField(null=True, blank=True)
    sends = models.BooleanField("gửi thay đơn vị", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["form", "first"], name="sheet_drop_by_month")]

    def __str__(self) -> str:
        return f"{self.form_id}:{self.first}:{self.pk}"


class SheetFile(models.Model):
    """One workbook of a drop, by its place in the package: whose report it is, what was read, what is wrong in it.

    `answers` is a list of {code, sheet, address, shown, text, note}; `faults` one of {message, sheet, address,
    label, code}; `remarks` are sentences about what was left as it is.
    """

    drop = models.ForeignKey(SheetDrop, models.CASCADE, related_name="files")
    place = models.PositiveIntegerField()
    name = models.CharField("tên tệp", max_length=160)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING)
    obligation = models.ForeignKey(
        Obligation, models.SET_NULL, null=True, blank=True, related_name="sheets"
    )
    answers = models.JSONField(default=list, blank=True)
    faults = models.JSONField(default=list, blank=True)
    remarks = models.JSONField(default=list, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["drop", "place"]
        indexes = [models.Index(fields=["drop", "outcome", "place"], name="sheet_by_outcome")]
        constraints = [models.UniqueConstraint(fields=["drop", "place"], name="sheet_place_once")]

    def __str__(self) -> str:
        return self.name
