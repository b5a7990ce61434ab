from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0003_addresses_of_senders_confirmed'),
        ('petitions', '0015_together_addresses'),
    ]

    operations = [
        migrations.AddField(
            model_name='senderletter',
            name='follower',
            field=models.ForeignKey(blank=True, null=True, on_delete=models.deletion.CASCADE, related_name='+', to='petitions.togetheraddress'),
        ),
        migrations.AddField(
            model_name='senderletter',
            name='stopped_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
