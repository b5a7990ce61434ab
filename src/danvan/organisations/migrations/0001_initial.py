import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('sort', models.CharField(max_length=12)),
                ('founded_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gt', models.F('founded_on')), _connector='OR'), name='unit_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Reach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('follows', models.CharField(max_length=5)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('top', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['top', 'follows', 'valid_from', 'valid_to', 'unit'], name='reach_down'), models.Index(fields=['unit', 'follows', 'valid_from'], name='reach_up')],
            },
        ),
        migrations.CreateModel(
            name='Lineage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('weight', models.PositiveIntegerField()),
                ('measure', models.CharField(max_length=20)),
                ('estimated', models.BooleanField()),
                ('happened_on', models.DateField()),
                ('decision', models.CharField(blank=True, max_length=200)),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='successor_links', to='organisations.unit')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='predecessor_links', to='organisations.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor', 'measure'), name='lineage_once'), models.CheckConstraint(condition=models.Q(('weight__gt', 0), ('weight__lte', 1000000)), name='lineage_weight_in_ppm')],
            },
        ),
        migrations.CreateModel(
            name='UnitCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('system', models.CharField(max_length=20)),
                ('code', models.CharField(max_length=20)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='organisations.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['code', 'system', 'valid_from'], name='code_on_a_day')],
                'constraints': [models.UniqueConstraint(fields=('system', 'code', 'valid_from'), name='code_begins_once'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='code_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='UnitVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('lowered', models.CharField(editable=False, max_length=200)),
                ('folded', models.CharField(editable=False, max_length=200)),
                ('bare', models.CharField(editable=False, max_length=200)),
                ('level', models.CharField(max_length=10)),
                ('type_word', models.CharField(blank=True, max_length=40)),
                ('kind', models.CharField(blank=True, max_length=30)),
                ('line', models.CharField(blank=True, max_length=20)),
                ('area_km2', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                ('latitude', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                ('longitude', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                ('decision', models.CharField(blank=True, max_length=200)),
                ('start_known', models.BooleanField(default=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='organisations.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'valid_from', 'valid_to', 'level', 'kind'], name='version_by_unit'), models.Index(fields=['parent', 'valid_from'], name='version_by_parent'), models.Index(fields=['place', 'kind', 'valid_from'], name='version_by_place'), models.Index(fields=['folded'], name='version_by_name', opclasses=['varchar_pattern_ops']), models.Index(fields=['bare'], name='version_by_bare_name', opclasses=['varchar_pattern_ops']), models.Index(fields=['kind', 'level', 'valid_from'], name='version_by_kind')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='version_ends_after_it_begins'), models.UniqueConstraint(fields=('unit', 'valid_from'), name='version_begins_once')],
            },
        ),
    ]
