"""What must hold for the answers of a form: its rules, set together from a month on, each setting kept."""

from django.conf import settings
from django.db import models

from danvan.reporting.enums import Severity
from danvan.reporting.models.asking import Form


class FormRuleSet(models.Model):
    """The rules of a form as somebody set them, for its months from `since` on, until the next setting.

    None is ever changed: who set what and when stays to be read. For a month the newest of those that begin by it
    holds.
    """

    form = models.ForeignKey(Form, models.CASCADE, related_name="rule_sets")
    since = models.DateField("từ tháng")
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.form_id}:{self.since}:{self.pk}"


class FormRule(models.Model):
    """One rule of a setting, as a tree of `reporting.rules`.

    `items` are the codes concerned, the first being where it is told; `figures` the trees of the numbers that stand
    in the message in braces.
    """

    rule_set = models.ForeignKey(FormRuleSet, models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField("mã", max_length=30)
    name = models.CharField("tên", max_length=100)
    message = models.CharField("lời nhắc", max_length=300)
    tree = models.JSONField()
    figures = models.JSONField(default=dict, blank=True)
    items = models.JSONField(default=list)
    severity = models.CharField("mức", max_length=8, choices=Severity)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "position"], name="form_rule_position_in_set_once"
            ),
            models.UniqueConstraint(fields=["rule_set", "code"], name="form_rule_code_in_set_once"),
        ]

    def __str__(self) -> str:
        return self.name
