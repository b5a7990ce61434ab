from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0005_data_keys_and_sealed_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='PaceCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('mark', models.CharField(blank=True, max_length=64)),
                ('minute', models.DateTimeField(db_index=True)),
                ('number', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mark', 'minute'), name='pace_counted_once')],
            },
        ),
    ]
