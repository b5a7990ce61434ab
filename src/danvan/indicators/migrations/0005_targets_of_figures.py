import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0004_ways_of_summing"),
        ("organisations", "0002_rest_of_the_register"),
    ]

    operations = [
        migrations.AddField(
            model_name="target",
            name="aim",
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name="target",
            name="base_period",
            field=models.CharField(blank=True, max_length=7),
        ),
        migrations.AddField(
            model_name="target",
            name="bound",
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name="target",
            name="change_by",
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name="target",
            name="covers",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="covered_by",
                to="indicators.target",
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="decision",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="target",
            name="first_version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="later_versions",
                to="indicators.target",
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="goal",
            field=models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True),
        ),
        migrations.AddField(
            model_name="target",
            name="indicator",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="indicators.indicator",
            ),
        ),
        migrations.CreateModel(
            name="TargetDivision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("valid_from", models.DateField()),
                ("reserve", models.DecimalField(decimal_places=6, max_digits=24)),
                ("decision", models.CharField(blank=True, max_length=200)),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="divisions",
                        to="indicators.target",
                    ),
                ),
            ],
            options={
                "ordering": ["target", "valid_from"],
            },
        ),
        migrations.CreateModel(
            name="TargetMilestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("amount", models.DecimalField(decimal_places=6, max_digits=24)),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="indicators.target",
                    ),
                ),
            ],
            options={
                "ordering": ["day"],
            },
        ),
        migrations.CreateModel(
            name="TargetRefusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=600)),
                ("made_on", models.DateField()),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refusals",
                        to="indicators.target",
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
            name="TargetShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("amount", models.DecimalField(decimal_places=6, max_digits=24)),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="indicators.targetdivision",
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
        migrations.AddConstraint(
            model_name="targetdivision",
            constraint=models.UniqueConstraint(
                fields=("target", "valid_from"), name="division_begins_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="targetdivision",
            constraint=models.CheckConstraint(
                condition=models.Q(("reserve__gte", 0)), name="division_reserve_not_below_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="targetmilestone",
            constraint=models.UniqueConstraint(fields=("target", "day"), name="milestone_day_once"),
        ),
        migrations.AddConstraint(
            model_name="targetshare",
            constraint=models.UniqueConstraint(fields=("division", "unit"), name="share_unit_once"),
        ),
        migrations.AddConstraint(
            model_name="targetshare",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)), name="share_not_below_zero"
            ),
        ),
    ]
