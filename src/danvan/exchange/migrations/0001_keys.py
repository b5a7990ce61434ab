import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0002_squashed_0003_rest_of_the_register'),
        ('petitions', '0001_petitions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('prefix', models.CharField(max_length=8, unique=True)),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('name', models.CharField(max_length=120)),
                ('contact', models.CharField(max_length=200)),
                ('reads', models.BooleanField(default=True)),
                ('sends', models.BooleanField(default=False)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('revoked_on', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('used_on', models.DateField(blank=True, null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-valid_from', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='KeyMatter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='exchange.apikey')),
                ('petition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sent_by_key', to='petitions.petition')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='KeyPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=6)),
                ('mark', models.CharField(max_length=64)),
                ('body', models.CharField(max_length=64)),
                ('result', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='exchange.apikey')),
                ('petition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='petitions.petition')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='apikey',
            index=models.Index(fields=['unit', '-valid_from'], name='api_key_by_unit'),
        ),
        migrations.AddConstraint(
            model_name='apikey',
            constraint=models.CheckConstraint(condition=models.Q(('reads', True), ('sends', True), _connector='OR'), name='api_key_opens_something'),
        ),
        migrations.AddConstraint(
            model_name='apikey',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='api_key_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='apikey',
            constraint=models.CheckConstraint(condition=models.Q(('revoked_on', None), models.Q(('reason', ''), _negated=True), _connector='OR'), name='api_key_revoked_for_a_reason'),
        ),
        migrations.AddIndex(
            model_name='keymatter',
            index=models.Index(fields=['key', 'at'], name='key_matter_by_key'),
        ),
        migrations.AddIndex(
            model_name='keypost',
            index=models.Index(fields=['at'], name='key_post_by_time'),
        ),
        migrations.AddConstraint(
            model_name='keypost',
            constraint=models.UniqueConstraint(fields=('key', 'kind', 'mark'), name='key_post_once'),
        ),
    ]
