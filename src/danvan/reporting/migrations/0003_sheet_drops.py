import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0003_search_index"),
        ("reporting", "0002_who_answers_now"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SheetDrop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("first", models.DateField()),
                ("sends", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reporting.form",
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheet_drops",
                        to="reporting.obligation",
                    ),
                ),
                (
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SheetFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("place", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=160)),
                ("outcome", models.CharField(default="waiting", max_length=8)),
                ("answers", models.JSONField(blank=True, default=list)),
                ("faults", models.JSONField(blank=True, default=list)),
                ("remarks", models.JSONField(blank=True, default=list)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "drop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="reporting.sheetdrop",
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="sheets",
                        to="reporting.obligation",
                    ),
                ),
            ],
            options={
                "ordering": ["drop", "place"],
            },
        ),
        migrations.AddIndex(
            model_name="sheetdrop",
            index=models.Index(fields=["form", "first"], name="sheet_drop_by_month"),
        ),
        migrations.AddIndex(
            model_name="sheetfile",
            index=models.Index(fields=["drop", "outcome", "place"], name="sheet_by_outcome"),
        ),
        migrations.AddConstraint(
            model_name="sheetfile",
            constraint=models.UniqueConstraint(fields=("drop", "place"), name="sheet_place_once"),
        ),
    ]
