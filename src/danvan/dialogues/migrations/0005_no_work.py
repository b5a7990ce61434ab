from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dialogues', '0004_registrations'),
    ]

    operations = [
        migrations.AddField(
            model_name='dialogue',
            name='no_work',
            field=models.JSONField(blank=True, default=list),
        ),
    ]
