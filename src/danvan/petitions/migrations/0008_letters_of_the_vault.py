from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('petitions', '0007_sent_by_people'),
    ]

    operations = [
        migrations.AddField(
            model_name='denunciation',
            name='code',
            field=models.CharField(editable=False, max_length=64, null=True, unique=True),
        ),
    ]
