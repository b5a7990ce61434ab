import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0011_ties'),
        ('foundation', '0003_search_index'),
        ('organisations', '0002_rest_of_the_register'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkProgramme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('month', models.CharField(max_length=7)),
                ('state', models.CharField(default='draft', max_length=8)),
                ('symbol', models.CharField(blank=True, max_length=80)),
                ('issued_on', models.DateField(blank=True, null=True)),
                ('signer', models.CharField(blank=True, max_length=120)),
                ('signer_title', models.CharField(blank=True, max_length=200)),
                ('as_issued', models.JSONField(blank=True, default=list)),
                ('warned', models.JSONField(blank=True, default=list)),
                ('reason', models.CharField(blank=True, max_length=600)),
                ('changes', models.PositiveIntegerField(default=0)),
                ('issued_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-month', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('starts_at', models.TimeField(blank=True, null=True)),
                ('ends_at', models.TimeField(blank=True, null=True)),
                ('kind', models.CharField(max_length=10)),
                ('content', models.CharField(max_length=600)),
                ('chair', models.CharField(blank=True, max_length=160)),
                ('chair_key', models.CharField(blank=True, editable=False, max_length=160)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('place_key', models.CharField(blank=True, editable=False, max_length=200)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('cancelled_on', models.DateField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField()),
                ('commitment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='commitments.commitment')),
                ('officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='commitments.workprogramme')),
            ],
            options={
                'ordering': ['starts_on', models.OrderBy(models.F('starts_at'), nulls_first=True), 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=10)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(max_length=600)),
                ('before', models.TextField(blank=True)),
                ('after', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='commitments.programmeentry')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='commitments.workprogramme')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='YearlyPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('symbol', models.CharField(max_length=80)),
                ('issued_on', models.DateField()),
                ('title', models.CharField(max_length=400)),
                ('file_name', models.CharField(blank=True, max_length=255)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-issued_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('issued_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('user',), name='one_feed_a_person')],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='commitments.programmeentry')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['unit', 'entry'], name='party_by_unit')],
                'constraints': [models.UniqueConstraint(fields=('entry', 'unit'), name='programme_party_once')],
            },
        ),
        migrations.AddIndex(
            model_name='workprogramme',
            index=models.Index(fields=['month', 'state'], name='programme_by_month'),
        ),
        migrations.AddConstraint(
            model_name='workprogramme',
            constraint=models.UniqueConstraint(fields=('unit', 'month'), name='programme_once_a_month'),
        ),
        migrations.AddConstraint(
            model_name='workprogramme',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issued_on', None), ('state', 'draft'), ('symbol', '')), models.Q(('issued_on__isnull', False), ('state', 'issued'), models.Q(('symbol', ''), _negated=True)), _connector='OR'), name='programme_issued_with_number_and_day'),
        ),
        migrations.AddIndex(
            model_name='programmeentry',
            index=models.Index(fields=['programme', 'starts_on'], name='entry_by_programme'),
        ),
        migrations.AddIndex(
            model_name='programmeentry',
            index=models.Index(fields=['ends_on', 'starts_on'], name='entry_by_day'),
        ),
        migrations.AddConstraint(
            model_name='programmeentry',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='entry_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='programmeentry',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at', None), ('starts_at__isnull', False), _connector='OR'), name='entry_has_no_end_without_start'),
        ),
        migrations.AddIndex(
            model_name='yearlyplan',
            index=models.Index(fields=['year', 'unit'], name='plan_by_year'),
        ),
        migrations.AddConstraint(
            model_name='yearlyplan',
            constraint=models.UniqueConstraint(fields=('unit', 'year', 'symbol'), name='plan_once_a_year'),
        ),
    ]
