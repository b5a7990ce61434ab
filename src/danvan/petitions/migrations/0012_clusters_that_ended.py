from django.db import migrations, models
from django.db.models import F


def end(apps, schema_editor):
    clusters = apps.get_model("petitions", "Cluster").objects.exclude(answered_on=None)
    clusters.update(ended_on=F("answered_on"))
    clusters.filter(answer="").update(answered_on=None)


def answer(apps, schema_editor):
    clusters = apps.get_model("petitions", "Cluster").objects.exclude(ended_on=None)
    clusters.filter(answered_on=None).update(answered_on=F("ended_on"))


class Migration(migrations.Migration):

    dependencies = [
        ("petitions", "0011_quicker_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="cluster",
            name="ended_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunPython(end, answer),
        migrations.AddConstraint(
            model_name="cluster",
            constraint=models.CheckConstraint(
                condition=models.Q(("answered_on", None), models.Q(("answer", ""), _negated=True), _connector="OR"),
                name="cluster_answered_in_words",
            ),
        ),
    ]
