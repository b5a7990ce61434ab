import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0001_initial'),
        ('organisations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=30, unique=True)),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='DirtyKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('first', models.DateField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.unit')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='indicators.indicator')),
            ],
            options={
                'indexes': [models.Index(fields=['indicator', 'first', 'unit'], name='dirty_in_key_order')],
            },
        ),
        migrations.CreateModel(
            name='CubeCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('first', models.DateField()),
                ('level', models.PositiveSmallIntegerField()),
                ('whole', models.BigIntegerField(null=True)),
                ('millionths', models.BigIntegerField(default=0)),
                ('units', models.PositiveIntegerField()),
                ('asked', models.PositiveIntegerField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='indicators.indicator')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('indicator', 'unit', 'level', 'first'), name='cube_cell_once')],
            },
        ),
        migrations.CreateModel(
            name='IndicatorVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=300)),
                ('definition', models.TextField()),
                ('unit_label', models.CharField(max_length=60)),
                ('kind', models.CharField(max_length=10)),
                ('over_time', models.CharField(max_length=8)),
                ('places', models.PositiveSmallIntegerField(default=0)),
                ('counter', models.CharField(blank=True, max_length=80)),
                ('formula', models.JSONField(blank=True, null=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('source_symbol', models.CharField(blank=True, max_length=80)),
                ('denominator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='indicators.indicator')),
                ('numerator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
            ],
            options={
                'ordering': ['indicator', 'number'],
                'constraints': [models.UniqueConstraint(fields=('indicator', 'number'), name='indicator_version_once'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='indicator_version_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Value',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('first', models.DateField()),
                ('vintage', models.PositiveSmallIntegerField(default=1)),
                ('current', models.BooleanField(default=True)),
                ('amount', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ('origin', models.CharField(max_length=10)),
                ('level', models.PositiveSmallIntegerField(default=1)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('source_kind', models.CharField(blank=True, max_length=40)),
                ('source_id', models.BigIntegerField(blank=True, null=True)),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='indicators.indicator')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('current', True)), fields=['first', 'indicator', 'unit'], name='value_of_month'), models.Index(condition=models.Q(('current', True)), fields=['unit', 'first'], name='value_of_unit'), models.Index(fields=['source_kind', 'source_id'], name='value_by_source')],
                'constraints': [models.UniqueConstraint(fields=('indicator', 'unit', 'first', 'vintage'), name='value_vintage_once'), models.UniqueConstraint(condition=models.Q(('current', True)), fields=('indicator', 'unit', 'first'), name='value_one_current')],
            },
        ),
    ]
