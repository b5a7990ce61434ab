from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('law', '0001_squashed_0002_parameters_and_clocks'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='clockheld',
            index=models.Index(fields=['subject_kind', 'subject_id', 'name', 'ended_on', 'due_on'], name='clock_days_of_a_matter'),
        ),
    ]
