from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("commitments", "0013_work_log")]

    operations = [
        migrations.RemoveIndex(
            model_name='commitment',
            name='commitment_undone',
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(condition=models.Q(('claimed_on', None)), fields=['ordered_by', 'id'], include=('lead', 'assigner', 'state'), name='commitment_undone_walked'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(condition=models.Q(('claimed_on', None)), fields=['lead', 'ordered_by', 'id'], name='commitment_undone_by_lead'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(condition=models.Q(('claimed_on', None)), fields=['assigner', 'ordered_by', 'id'], name='commitment_undone_given'),
        ),
    ]
