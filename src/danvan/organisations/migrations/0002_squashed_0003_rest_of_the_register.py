import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('organisations', '0002_rest_of_the_register'),
        ('organisations', '0003_reach_from_the_unit'),
    ]

    dependencies = [
        ('organisations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CommitteeTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('ordinal', models.CharField(max_length=10)),
                ('name', models.CharField(max_length=40)),
                ('decision', models.CharField(blank=True, max_length=200)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='organisations.unit')),
            ],
            options={
                'ordering': ['unit', 'valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='term_ends_after_it_begins'), models.UniqueConstraint(fields=('unit', 'valid_from'), name='term_begins_once'), models.UniqueConstraint(fields=('unit', 'ordinal'), name='term_ordinal_once')],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('words', models.CharField(max_length=600)),
                ('clause', models.CharField(blank=True, max_length=60)),
                ('sentence', models.TextField(blank=True)),
                ('source_kind', models.CharField(blank=True, max_length=40)),
                ('source_id', models.BigIntegerField(blank=True, null=True)),
                ('source_start', models.PositiveIntegerField(blank=True, null=True)),
                ('source_end', models.PositiveIntegerField(blank=True, null=True)),
                ('source_symbol', models.CharField(max_length=80)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['source_symbol', 'source_start', 'pk'],
                'indexes': [models.Index(fields=['scope', 'valid_from'], name='duty_by_scope'), models.Index(fields=['source_kind', 'source_id'], name='duty_by_source')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='duty_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='DutyShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=10)),
                ('kind', models.CharField(blank=True, max_length=30)),
                ('level', models.CharField(blank=True, max_length=10)),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='organisations.duty')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['duty', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(models.Q(('kind', ''), _negated=True), ('unit', None)), models.Q(('kind', ''), ('level', ''), ('unit__isnull', False)), _connector='OR'), name='share_of_a_kind_or_one'), models.UniqueConstraint(condition=models.Q(('unit', None)), fields=('duty', 'role', 'kind', 'level'), name='share_of_a_kind_once'), models.UniqueConstraint(condition=models.Q(('unit__isnull', False)), fields=('duty', 'role', 'unit'), name='share_of_one_once')],
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('decision', models.CharField(max_length=200)),
                ('planned_end', models.DateField(blank=True, null=True)),
                ('founder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mandate', to='organisations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Officer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('full_name', models.CharField(max_length=120)),
                ('name_key', models.TextField(default='', editable=False)),
                ('folded', models.CharField(default='', editable=False, max_length=200)),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='officer', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name_key', 'pk'],
                'indexes': [models.Index(fields=['name_key', 'id'], name='officer_by_name')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('field', models.CharField(blank=True, max_length=200)),
                ('decision', models.CharField(max_length=200)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='organisations.unit')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='organisations.officer')),
            ],
            options={
                'ordering': ['unit', 'valid_from', 'pk'],
                'indexes': [models.Index(fields=['unit', 'valid_from'], name='assignment_by_unit'), models.Index(fields=['place', 'valid_from'], name='assignment_by_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='assignment_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('field', ''), ('place__isnull', False)), models.Q(models.Q(('field', ''), _negated=True), ('place', None)), _connector='OR'), name='assignment_of_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='OfficerTraining',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('course', models.CharField(max_length=300)),
                ('held_by', models.CharField(blank=True, max_length=200)),
                ('begun_on', models.DateField()),
                ('finished_on', models.DateField()),
                ('certificate', models.CharField(blank=True, max_length=200)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training', to='organisations.officer')),
            ],
            options={
                'ordering': ['officer', '-finished_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('finished_on__gte', models.F('begun_on'))), name='training_ends_after_it_begins'), models.UniqueConstraint(fields=('officer', 'course', 'begun_on'), name='training_once')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=200)),
                ('rank', models.CharField(max_length=12)),
                ('seats', models.PositiveSmallIntegerField(default=1)),
                ('decision', models.CharField(blank=True, max_length=200)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='organisations.unit')),
            ],
            options={
                'ordering': ['unit', 'pk'],
                'indexes': [models.Index(fields=['unit', 'rank', 'valid_from'], name='post_by_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='post_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('seats__gt', 0)), name='post_has_a_seat')],
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('manner', models.CharField(default='full', max_length=12)),
                ('entry', models.CharField(default='appointed', max_length=12)),
                ('decision', models.CharField(max_length=200)),
                ('ended_why', models.CharField(blank=True, max_length=200)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='organisations.officer')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='organisations.post')),
            ],
            options={
                'ordering': ['post', 'valid_from', 'pk'],
                'indexes': [models.Index(fields=['post', 'valid_from'], name='appointment_by_post'), models.Index(fields=['officer', 'valid_from'], name='appointment_by_officer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='appointment_ends_after_it_begins'), models.UniqueConstraint(fields=('officer', 'post', 'valid_from'), name='appointment_once')],
            },
        ),
        migrations.CreateModel(
            name='Reorganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=300)),
                ('effective_on', models.DateField()),
                ('decision', models.CharField(max_length=200)),
                ('source_kind', models.CharField(blank=True, max_length=40)),
                ('source_id', models.BigIntegerField(blank=True, null=True)),
                ('measure', models.CharField(default='population', max_length=20)),
                ('state', models.CharField(default='draft', max_length=10)),
                ('applied_order', models.PositiveIntegerField(null=True, unique=True)),
                ('made_at', models.DateTimeField()),
                ('applied_at', models.DateTimeField(null=True)),
                ('handed_over_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_why', models.CharField(blank=True, max_length=600)),
                ('changes', models.PositiveIntegerField(default=0)),
                ('applied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-effective_on', '-pk'],
                'indexes': [models.Index(fields=['state', 'id'], name='reorganisation_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('applied_order__isnull', False), ('state', 'applied')), models.Q(models.Q(('state', 'applied'), _negated=True), ('applied_order', None)), _connector='OR'), name='reorganisation_applied_in_order')],
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('holder', models.CharField(max_length=40)),
                ('row_id', models.BigIntegerField()),
                ('title', models.CharField(max_length=400)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('taker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.unit')),
                ('reorganisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hand_overs', to='organisations.reorganisation')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['taker', 'state', 'id'], name='hand_over_by_taker'), models.Index(fields=['holder', 'row_id'], name='hand_over_by_row')],
            },
        ),
        migrations.CreateModel(
            name='JournalRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('table', models.CharField(max_length=60)),
                ('row_id', models.BigIntegerField()),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
                ('reorganisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='journal', to='organisations.reorganisation')),
            ],
            options={
                'ordering': ['reorganisation', 'position'],
                'indexes': [models.Index(fields=['table', 'row_id'], name='journal_by_row')],
                'constraints': [models.UniqueConstraint(fields=('reorganisation', 'position'), name='journal_in_order')],
            },
        ),
        migrations.CreateModel(
            name='NewUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('type_word', models.CharField(blank=True, max_length=40)),
                ('level', models.CharField(max_length=10)),
                ('kind', models.CharField(blank=True, max_length=30)),
                ('code', models.CharField(blank=True, max_length=20)),
                ('area_km2', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('parent_new', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.newunit')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('place_new', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.newunit')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.unit')),
                ('reorganisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='new_units', to='organisations.reorganisation')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('type_word', models.CharField(blank=True, max_length=40)),
                ('level', models.CharField(blank=True, max_length=10)),
                ('code', models.CharField(blank=True, max_length=20)),
                ('area_km2', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('parent_new', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.newunit')),
                ('reorganisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unit_changes', to='organisations.reorganisation')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('reorganisation', 'unit'), name='change_once')],
            },
        ),
        migrations.CreateModel(
            name='Passing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('weight', models.PositiveIntegerField(blank=True, null=True)),
                ('heir', models.BooleanField(default=False)),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('successor_new', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='passings', to='organisations.newunit')),
                ('reorganisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passings', to='organisations.reorganisation')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('successor__isnull', False), ('successor_new', None)), models.Q(('successor', None), ('successor_new__isnull', False)), _connector='OR'), name='passing_to_one'), models.CheckConstraint(condition=models.Q(('weight', None), ('weight__lte', 1000000), _connector='OR'), name='passing_weight_in_ppm'), models.UniqueConstraint(condition=models.Q(('successor__isnull', False)), fields=('reorganisation', 'predecessor', 'successor'), name='passing_once'), models.UniqueConstraint(condition=models.Q(('successor_new__isnull', False)), fields=('reorganisation', 'predecessor', 'successor_new'), name='passing_to_new_once'), models.UniqueConstraint(condition=models.Q(('heir', True)), fields=('reorganisation', 'predecessor'), name='passing_one_heir')],
            },
        ),
        migrations.CreateModel(
            name='UnitFlag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=8)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('decision', models.CharField(max_length=200)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='organisations.unit')),
            ],
            options={
                'ordering': ['unit', 'kind', 'valid_from'],
                'indexes': [models.Index(fields=['kind', 'valid_from'], name='flag_by_kind')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='flag_ends_after_it_begins'), models.UniqueConstraint(fields=('unit', 'kind', 'valid_from'), name='flag_begins_once')],
            },
        ),
        migrations.CreateModel(
            name='UnitLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('decision', models.CharField(blank=True, max_length=200)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_to', to='organisations.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='organisations.unit')),
            ],
            options={
                'ordering': ['unit', 'kind', 'valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='link_ends_after_it_begins'), models.UniqueConstraint(fields=('unit', 'other', 'kind', 'valid_from'), name='link_begins_once'), models.CheckConstraint(condition=models.Q(('unit', models.F('other')), _negated=True), name='link_to_another')],
            },
        ),
        migrations.CreateModel(
            name='UnitMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=8)),
                ('text', models.CharField(max_length=120)),
                ('decision', models.CharField(max_length=200)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='organisations.unit')),
            ],
            options={
                'ordering': ['unit', 'kind', 'valid_from'],
                'indexes': [models.Index(fields=['text', 'valid_from'], name='mark_by_text')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='mark_ends_after_it_begins'), models.UniqueConstraint(fields=('unit', 'kind', 'valid_from'), name='mark_begins_once')],
            },
        ),
        migrations.CreateModel(
            name='UnitSize',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('counted_on', models.DateField()),
                ('population', models.PositiveIntegerField(blank=True, null=True)),
                ('households', models.PositiveIntegerField(blank=True, null=True)),
                ('source', models.CharField(max_length=200)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sizes', to='organisations.unit')),
            ],
            options={
                'ordering': ['unit', '-counted_on'],
                'constraints': [models.UniqueConstraint(fields=('unit', 'counted_on', 'source'), name='size_once'), models.CheckConstraint(condition=models.Q(('population__isnull', False), ('households__isnull', False), _connector='OR'), name='size_says_something')],
            },
        ),
        migrations.RemoveConstraint(
            model_name='lineage',
            name='lineage_once',
        ),
        migrations.AddField(
            model_name='lineage',
            name='back_measure',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='lineage',
            name='back_weight',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='lineage',
            index=models.Index(fields=['happened_on'], name='lineage_by_day'),
        ),
        migrations.AddConstraint(
            model_name='lineage',
            constraint=models.UniqueConstraint(fields=('predecessor', 'successor', 'measure', 'happened_on'), name='lineage_once'),
        ),
        migrations.AddConstraint(
            model_name='lineage',
            constraint=models.CheckConstraint(condition=models.Q(('back_weight', None), ('back_weight__lte', 1000000), _connector='OR'), name='lineage_back_weight_in_ppm'),
        ),
        migrations.AlterField(
            model_name='reach',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reached_by', to='organisations.unit'),
        ),
    ]
