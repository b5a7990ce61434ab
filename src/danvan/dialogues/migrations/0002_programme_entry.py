from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dialogues', '0001_dialogues'),
    ]

    operations = [
        migrations.AddField(
            model_name='dialogue',
            name='entry_id',
            field=models.BigIntegerField(blank=True, db_index=True, editable=False, null=True),
        ),
    ]
