import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
        ('indicators', '0002_measures'),
        ('organisations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Form',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=30)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('name', models.CharField(max_length=300)),
                ('level', models.CharField(max_length=12)),
                ('due_day', models.PositiveSmallIntegerField()),
                ('due_moves', models.BooleanField(default=False)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('source_symbol', models.CharField(blank=True, max_length=80)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['code', 'number'],
            },
        ),
        migrations.CreateModel(
            name='FormSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('may_be_nil', models.BooleanField(default=True)),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='reporting.form')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='FormItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('code', models.SlugField(max_length=30)),
                ('label', models.CharField(max_length=300)),
                ('help', models.CharField(blank=True, max_length=400)),
                ('kind', models.CharField(default='number', max_length=8)),
                ('required', models.BooleanField(default=True)),
                ('divided', models.BooleanField(default=False)),
                ('indicator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
                ('part_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='parts', to='reporting.formitem')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='reporting.formsection')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('first', models.DateField()),
                ('due_on', models.DateField()),
                ('opened_at', models.DateTimeField()),
                ('standing', models.CharField(default='due', max_length=10)),
                ('first_sent_on', models.DateField(blank=True, null=True)),
                ('draft', models.JSONField(blank=True, default=dict)),
                ('draft_saved_at', models.DateTimeField(blank=True, null=True)),
                ('changes', models.PositiveIntegerField(default=0)),
                ('draft_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='reporting.form')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-first', 'unit'],
            },
        ),
        migrations.CreateModel(
            name='DraftEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=255)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='draft_evidence', to='reporting.obligation')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('vintage', models.PositiveSmallIntegerField()),
                ('words', models.JSONField(blank=True, default=dict)),
                ('nil_sections', models.JSONField(blank=True, default=list)),
                ('sent_at', models.DateTimeField()),
                ('sent_on', models.DateField()),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='reporting.obligation')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['obligation', 'vintage'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('standing', models.CharField(max_length=10)),
                ('words', models.CharField(blank=True, max_length=600)),
                ('comments', models.JSONField(blank=True, default=dict)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='reporting.submission')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SubmissionEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=255)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='reporting.submission')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='form',
            constraint=models.UniqueConstraint(fields=('code', 'number', 'unit'), name='form_version_once'),
        ),
        migrations.AddConstraint(
            model_name='form',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='form_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='form',
            constraint=models.CheckConstraint(condition=models.Q(('due_day__gte', 1), ('due_day__lte', 28)), name='form_due_day_exists'),
        ),
        migrations.AddConstraint(
            model_name='formsection',
            constraint=models.UniqueConstraint(fields=('form', 'position'), name='section_position_once'),
        ),
        migrations.AddConstraint(
            model_name='formitem',
            constraint=models.UniqueConstraint(fields=('section', 'position'), name='item_position_once'),
        ),
        migrations.AddConstraint(
            model_name='formitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('indicator__isnull', False), ('kind', 'number')), models.Q(('indicator', None), ('kind', 'text')), _connector='OR'), name='item_number_has_an_indicator'),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(fields=['unit', 'standing', 'due_on'], name='obligation_by_unit'),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(fields=['first', 'form', 'standing', 'due_on', 'first_sent_on'], name='obligation_by_period'),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(fields=['standing', 'due_on', 'id'], name='obligation_by_standing'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.UniqueConstraint(fields=('form', 'unit', 'first'), name='obligation_once'),
        ),
        migrations.AddConstraint(
            model_name='draftevidence',
            constraint=models.UniqueConstraint(fields=('obligation', 'file'), name='draft_evidence_once'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(fields=('obligation', 'vintage'), name='submission_once'),
        ),
        migrations.AddConstraint(
            model_name='submissionevidence',
            constraint=models.UniqueConstraint(fields=('submission', 'file'), name='submission_evidence_once'),
        ),
    ]
