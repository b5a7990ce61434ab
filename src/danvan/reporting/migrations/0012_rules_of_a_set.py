import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0011_rules_into_sets"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="formrule", name="form_rule_position_once"),
        migrations.RemoveConstraint(model_name="formrule", name="form_rule_code_once"),
        migrations.RemoveField(model_name="formrule", name="form"),
        migrations.AlterField(
            model_name="formrule",
            name="rule_set",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rules",
                to="reporting.formruleset",
            ),
        ),
        migrations.AddConstraint(
            model_name="formrule",
            constraint=models.UniqueConstraint(
                fields=("rule_set", "position"), name="form_rule_position_in_set_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="formrule",
            constraint=models.UniqueConstraint(
                fields=("rule_set", "code"), name="form_rule_code_in_set_once"
            ),
        ),
    ]
