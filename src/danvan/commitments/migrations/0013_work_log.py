import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0012_work_programmes"),
        ("organisations", "0002_rest_of_the_register"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("on", models.DateField()),
                ("words", models.CharField(max_length=600)),
                ("duty", models.CharField(blank=True, max_length=200)),
                ("act_kind", models.CharField(blank=True, max_length=40)),
                ("act_id", models.BigIntegerField(blank=True, null=True)),
                ("shown", models.BooleanField(default=False)),
                ("written_at", models.DateTimeField()),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="commitments.commitment",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.unit",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "indexes": [
                    models.Index(fields=["user", "on"], name="work_entry_by_writer"),
                    models.Index(
                        condition=models.Q(("shown", True)),
                        fields=["unit", "on"],
                        name="work_entry_shown",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("act_id__isnull", False)),
                        fields=("user", "act_kind", "act_id"),
                        name="work_entry_taken_once",
                    )
                ],
            },
        ),
    ]
