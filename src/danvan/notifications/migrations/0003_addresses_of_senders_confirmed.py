from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0002_letters_to_senders'),
    ]

    operations = [
        migrations.AddField(
            model_name='senderletter',
            name='asks',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='senderletter',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='senderletter',
            name='mark',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddIndex(
            model_name='senderletter',
            index=models.Index(condition=models.Q(('mark', ''), _negated=True), fields=['mark'], name='sender_letter_by_mark'),
        ),
    ]
