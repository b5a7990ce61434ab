import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0017_what_waits_to_be_decided'),
        ('organisations', '0002_rest_of_the_register'),
    ]

    operations = [
        migrations.AddField(
            model_name='commitmentseries',
            name='post',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.post'),
        ),
        migrations.AddField(
            model_name='commitmentseries',
            name='source_end',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='commitmentseries',
            name='source_id',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='commitmentseries',
            name='source_start',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='commitmentseries',
            index=models.Index(fields=['source_kind', 'source_id'], name='series_by_source'),
        ),
    ]
