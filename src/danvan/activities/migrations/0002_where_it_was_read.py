from django.db import migrations, models


class Migration(migrations.Migration):
    """The stretch of a text that an activity was taken from."""

    dependencies = [("activities", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="source_kind",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="activity",
            name="source_id",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        *(
            migrations.AddField(
                model_name="activity",
                name=f"source_{end}",
                field=models.PositiveIntegerField(blank=True, null=True),
            )
            for end in ("start", "end")
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["source_kind", "source_id"], name="activity_by_source"),
        ),
    ]
