import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('indicators', '0001_initial'),
        ('indicators', '0002_measures'),
        ('indicators', '0003_across_break'),
        ('indicators', '0004_ways_of_summing'),
        ('indicators', '0005_targets_of_figures'),
        ('indicators', '0006_estimates'),
        ('indicators', '0007_scales'),
        ('indicators', '0008_approved_on_the_way'),
        ('indicators', '0009_found_by_words'),
    ]

    initial = True

    dependencies = [
        ('foundation', '0003_search_index'),
        ('organisations', '0002_rest_of_the_register'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Breakdown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100, unique=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='BreakdownOption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=8)),
                ('name', models.CharField(max_length=100)),
                ('breakdown', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='indicators.breakdown')),
            ],
            options={
                'ordering': ['breakdown', 'position'],
                'constraints': [models.UniqueConstraint(fields=('breakdown', 'code'), name='breakdown_option_once'), models.UniqueConstraint(fields=('breakdown', 'position'), name='breakdown_option_has_its_place')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=30, unique=True)),
                ('whole', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='broken_down', to='indicators.indicator')),
                ('option', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.breakdownoption')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('option', None), ('whole', None)), models.Q(('option__isnull', False), ('whole__isnull', False)), _connector='OR'), name='indicator_part_has_its_whole_and_option'), models.UniqueConstraint(fields=('whole', 'option'), name='indicator_part_once')],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=400)),
                ('quality', models.CharField(max_length=12)),
                ('population_kind', models.CharField(blank=True, max_length=30)),
                ('population_levels', models.JSONField(default=list)),
                ('every', models.CharField(max_length=8)),
                ('comparator', models.CharField(default='ge', max_length=2)),
                ('share_numerator', models.PositiveIntegerField(blank=True, null=True)),
                ('share_denominator', models.PositiveIntegerField(blank=True, null=True)),
                ('measured_by', models.CharField(blank=True, max_length=300)),
                ('evidence', models.CharField(blank=True, max_length=300)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('source_kind', models.CharField(blank=True, max_length=40)),
                ('source_id', models.BigIntegerField(blank=True, null=True)),
                ('source_start', models.PositiveIntegerField(blank=True, null=True)),
                ('source_end', models.PositiveIntegerField(blank=True, null=True)),
                ('source_sentence', models.TextField(blank=True)),
                ('source_symbol', models.CharField(blank=True, max_length=80)),
                ('followed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('aim', models.CharField(blank=True, max_length=10)),
                ('base_period', models.CharField(blank=True, max_length=7)),
                ('bound', models.CharField(blank=True, max_length=2)),
                ('change_by', models.CharField(blank=True, max_length=8)),
                ('covers', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='covered_by', to='indicators.target')),
                ('decision', models.CharField(blank=True, max_length=200)),
                ('first_version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later_versions', to='indicators.target')),
                ('goal', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ('indicator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['unit', 'valid_from'], name='target_by_unit'), models.Index(fields=['source_kind', 'source_id'], name='target_by_source')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='target_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('share_denominator', None), ('share_denominator__gt', 0), _connector='OR'), name='target_share_denominator')],
            },
        ),
        migrations.CreateModel(
            name='TargetRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('counter', models.CharField(max_length=80)),
                ('minimum', models.PositiveIntegerField()),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='indicators.target')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('target', 'position'), name='rule_position_once'), models.CheckConstraint(condition=models.Q(('minimum__gt', 0)), name='rule_minimum_above_zero')],
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
                ('at_break', models.CharField(default='share', max_length=8)),
                ('annualised', models.BooleanField(default=False)),
                ('factor', models.PositiveIntegerField(default=100)),
                ('over_tree', models.CharField(default='sum', max_length=8)),
            ],
            options={
                'ordering': ['indicator', 'number'],
                'constraints': [models.UniqueConstraint(fields=('indicator', 'number'), name='indicator_version_once'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='indicator_version_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='TargetDivision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('valid_from', models.DateField()),
                ('reserve', models.DecimalField(decimal_places=6, max_digits=24)),
                ('decision', models.CharField(blank=True, max_length=200)),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='divisions', to='indicators.target')),
            ],
            options={
                'ordering': ['target', 'valid_from'],
                'constraints': [models.UniqueConstraint(fields=('target', 'valid_from'), name='division_begins_once'), models.CheckConstraint(condition=models.Q(('reserve__gte', 0)), name='division_reserve_not_below_zero')],
            },
        ),
        migrations.CreateModel(
            name='TargetMilestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('amount', models.DecimalField(decimal_places=6, max_digits=24)),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='indicators.target')),
            ],
            options={
                'ordering': ['day'],
                'constraints': [models.UniqueConstraint(fields=('target', 'day'), name='milestone_day_once')],
            },
        ),
        migrations.CreateModel(
            name='TargetRefusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=600)),
                ('made_on', models.DateField()),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refusals', to='indicators.target')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='TargetShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('amount', models.DecimalField(decimal_places=6, max_digits=24)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='indicators.targetdivision')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('division', 'unit'), name='share_unit_once'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='share_not_below_zero')],
            },
        ),
        migrations.CreateModel(
            name='ScaleStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('meaning', models.CharField(max_length=400)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='indicators.indicatorversion')),
            ],
            options={
                'ordering': ['version', 'position'],
                'constraints': [models.UniqueConstraint(fields=('version', 'position'), name='scale_step_has_its_place'), models.UniqueConstraint(fields=('version', 'name'), name='scale_step_name_once')],
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
                ('step', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.scalestep')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('current', True)), fields=['first', 'indicator', 'unit'], name='value_of_month'), models.Index(condition=models.Q(('current', True)), fields=['unit', 'first'], name='value_of_unit'), models.Index(fields=['source_kind', 'source_id'], name='value_by_source'), models.Index(condition=models.Q(('current', True), ('origin', 'estimated')), fields=['first', 'indicator'], name='value_estimated')],
                'constraints': [models.UniqueConstraint(fields=('indicator', 'unit', 'first', 'vintage'), name='value_vintage_once'), models.UniqueConstraint(condition=models.Q(('current', True)), fields=('indicator', 'unit', 'first'), name='value_one_current'), models.CheckConstraint(condition=models.Q(('amount', None), ('step', None), _connector='OR'), name='value_step_is_no_amount')],
            },
        ),
    ]
