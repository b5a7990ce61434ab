import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=400)),
                ("quality", models.CharField(max_length=12)),
                ("population_kind", models.CharField(blank=True, max_length=30)),
                ("population_levels", models.JSONField(default=list)),
                ("every", models.CharField(max_length=8)),
                ("comparator", models.CharField(default="ge", max_length=2)),
                ("share_numerator", models.PositiveIntegerField(blank=True, null=True)),
                ("share_denominator", models.PositiveIntegerField(blank=True, null=True)),
                ("measured_by", models.CharField(blank=True, max_length=300)),
                ("evidence", models.CharField(blank=True, max_length=300)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("source_kind", models.CharField(blank=True, max_length=40)),
                ("source_id", models.BigIntegerField(blank=True, null=True)),
                ("source_start", models.PositiveIntegerField(blank=True, null=True)),
                ("source_end", models.PositiveIntegerField(blank=True, null=True)),
                ("source_sentence", models.TextField(blank=True)),
                ("source_symbol", models.CharField(blank=True, max_length=80)),
                (
                    "followed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.unit",
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
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="TargetRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("counter", models.CharField(max_length=80)),
                ("minimum", models.PositiveIntegerField()),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="indicators.target",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.AddIndex(
            model_name="target",
            index=models.Index(fields=["unit", "valid_from"], name="target_by_unit"),
        ),
        migrations.AddIndex(
            model_name="target",
            index=models.Index(fields=["source_kind", "source_id"], name="target_by_source"),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="target_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("share_denominator", None), ("share_denominator__gt", 0), _connector="OR"
                ),
                name="target_share_denominator",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetrule",
            constraint=models.UniqueConstraint(
                fields=("target", "position"), name="rule_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="targetrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("minimum__gt", 0)), name="rule_minimum_above_zero"
            ),
        ),
    ]
