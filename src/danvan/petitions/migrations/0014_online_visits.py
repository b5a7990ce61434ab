from django.db import migrations, models


def join(apps, schema_editor):
    apps.get_model("petitions", "ReceptionVisit").objects.filter(day__online=True).update(online=True)


class Migration(migrations.Migration):

    dependencies = [
        ('petitions', '0013_data_requests_answered'),
    ]

    operations = [
        migrations.AddField(
            model_name='receptionvisit',
            name='identity_checked',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='receptionvisit',
            name='online',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='receptionvisit',
            name='recorded_at',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='receptionvisit',
            name='recording_asked',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='receptionvisit',
            name='registered_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='receptionvisit',
            name='told_how',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='receptionvisit',
            name='told_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunPython(join, migrations.RunPython.noop),
    ]
