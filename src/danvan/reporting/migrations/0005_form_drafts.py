import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_rest_of_the_register"),
        ("reporting", "0004_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FormDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=30)),
                ("name", models.CharField(max_length=300)),
                ("level", models.CharField(max_length=12)),
                ("due_day", models.PositiveSmallIntegerField()),
                ("due_moves", models.BooleanField(default=False)),
                ("source_symbol", models.CharField(blank=True, max_length=80)),
                ("content", models.JSONField(default=dict)),
                ("changes", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reporting.form",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.unit",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["code", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "code"), name="form_draft_once"),
                    models.CheckConstraint(
                        condition=models.Q(("due_day__gte", 1), ("due_day__lte", 28)),
                        name="form_draft_due_day_exists",
                    ),
                ],
            },
        ),
    ]
