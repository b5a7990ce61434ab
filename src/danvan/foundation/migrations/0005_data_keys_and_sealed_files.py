import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0004_search_by_turns'),
    ]

    operations = [
        migrations.CreateModel(
            name='DataKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('uuid', models.UUIDField(editable=False, unique=True)),
                ('purpose', models.CharField(max_length=40)),
                ('wrapped', models.BinaryField(null=True)),
                ('wrapped_by', models.CharField(blank=True, max_length=60)),
                ('created_at', models.DateTimeField()),
                ('destroyed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['wrapped_by', 'purpose'], name='data_key_by_wrapping_key')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('destroyed_at__isnull', False), ('wrapped__isnull', True), ('wrapped_by', '')), models.Q(('destroyed_at__isnull', True), ('wrapped__isnull', False), models.Q(('wrapped_by', ''), _negated=True)), _connector='OR'), name='data_key_wrapped_or_destroyed')],
            },
        ),
        migrations.CreateModel(
            name='SealedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=32, unique=True)),
                ('size', models.PositiveBigIntegerField()),
                ('media_type', models.CharField(max_length=100)),
                ('kept_at', models.DateTimeField()),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='foundation.datakey')),
            ],
        ),
    ]
