import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0003_sheet_drops"),
    ]

    operations = [
        migrations.AddField(
            model_name="obligation",
            name="draft_number",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="submission",
            name="reasons",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.CreateModel(
            name="FormRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("code", models.SlugField(max_length=30)),
                ("name", models.CharField(max_length=100)),
                ("message", models.CharField(max_length=300)),
                ("tree", models.JSONField()),
                ("figures", models.JSONField(blank=True, default=dict)),
                ("items", models.JSONField(default=list)),
                ("severity", models.CharField(max_length=8)),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="reporting.form",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("form", "position"), name="form_rule_position_once"
                    ),
                    models.UniqueConstraint(fields=("form", "code"), name="form_rule_code_once"),
                ],
            },
        ),
    ]
