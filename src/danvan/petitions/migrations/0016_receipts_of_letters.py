from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('petitions', '0015_together_addresses'),
    ]

    operations = [
        migrations.CreateModel(
            name='ComparedTexts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name='denunciation',
            name='receipt',
            field=models.CharField(blank=True, default='', editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='denunciation',
            index=models.Index(condition=models.Q(('receipt', ''), _negated=True), fields=['receipt'], name='denunciation_by_receipt'),
        ),
    ]
