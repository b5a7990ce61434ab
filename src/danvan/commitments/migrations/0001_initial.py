import datetime

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
        ('organisations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('title', models.CharField(max_length=400)),
                ('product', models.CharField(max_length=300)),
                ('proof', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(default='assigned', max_length=12)),
                ('assigned_on', models.DateField()),
                ('first_due_on', models.DateField(blank=True, null=True)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('ordered_by', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('due_on', models.Value(datetime.date(9999, 12, 31))), output_field=models.DateField())),
                ('claimed_on', models.DateField(blank=True, null=True)),
                ('result', models.TextField(blank=True)),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('finding', models.TextField(blank=True)),
                ('source_kind', models.CharField(blank=True, max_length=40)),
                ('source_id', models.BigIntegerField(blank=True, null=True)),
                ('source_start', models.PositiveIntegerField(blank=True, null=True)),
                ('source_end', models.PositiveIntegerField(blank=True, null=True)),
                ('source_sentence', models.TextField(blank=True)),
                ('source_symbol', models.CharField(blank=True, max_length=80)),
                ('source_key', models.CharField(blank=True, editable=False, max_length=80)),
                ('changes', models.PositiveIntegerField(default=0)),
                ('assigned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assigner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('claimed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CommitmentEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=255)),
                ('caption', models.CharField(blank=True, max_length=200)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='commitments.commitment')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='CommitmentStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('words', models.CharField(blank=True, max_length=600)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='commitments.commitment')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CommitmentSupport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='commitments.commitment')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Explanation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('subject_kind', models.CharField(max_length=40)),
                ('subject_ids', models.JSONField(default=list)),
                ('subject', models.CharField(max_length=400)),
                ('question', models.CharField(blank=True, max_length=600)),
                ('due_on', models.DateField()),
                ('asked_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('ruling', models.CharField(default='open', max_length=8)),
                ('ruled_at', models.DateTimeField(blank=True, null=True)),
                ('words', models.CharField(blank=True, max_length=600)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('ruled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ExplanationStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('at', models.DateTimeField()),
                ('words', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('explanation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='commitments.explanation')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('old_due_on', models.DateField()),
                ('new_due_on', models.DateField()),
                ('reason', models.CharField(max_length=600)),
                ('asked_at', models.DateTimeField()),
                ('ruling', models.CharField(default='open', max_length=8)),
                ('ruled_at', models.DateTimeField(blank=True, null=True)),
                ('words', models.CharField(blank=True, max_length=600)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='commitments.commitment')),
                ('ruled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(fields=['lead', 'id'], name='commitment_by_lead'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(fields=['assigner', 'id'], name='commitment_by_assigner'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(condition=models.Q(('claimed_on__isnull', False)), fields=['lead', 'claimed_on'], name='commitment_by_claim'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(condition=models.Q(('verified_on__isnull', False)), fields=['lead', 'verified_on'], name='commitment_by_check'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(condition=models.Q(('claimed_on', None)), fields=['ordered_by', 'id'], name='commitment_undone'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(condition=models.Q(('claimed_on__isnull', False), ('verified_on', None)), fields=['claimed_on', 'id'], name='commitment_claimed'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(condition=models.Q(('verified_on__isnull', False)), fields=['verified_on', 'id'], name='commitment_verified'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(fields=['source_kind', 'source_id'], name='commitment_by_source'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(fields=['source_key', 'id'], name='commitment_by_symbol'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_on', None), ('first_due_on', None)), ('due_on__gte', models.F('first_due_on')), _connector='OR'), name='commitment_first_day_is_kept'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claimed_on__isnull', False), ('state__in', ('claimed', 'verified'))), models.Q(('claimed_on', None), ('state__in', ('assigned', 'in_progress', 'withdrawn'))), _connector='OR'), name='commitment_claimed_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'verified'), ('verified_on__isnull', False)), models.Q(models.Q(('state', 'verified'), _negated=True), ('verified_on', None)), _connector='OR'), name='commitment_verified_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='commitmentevidence',
            constraint=models.UniqueConstraint(fields=('commitment', 'file'), name='commitment_evidence_once'),
        ),
        migrations.AddIndex(
            model_name='commitmentsupport',
            index=models.Index(fields=['unit', 'commitment'], name='support_by_unit'),
        ),
        migrations.AddConstraint(
            model_name='commitmentsupport',
            constraint=models.UniqueConstraint(fields=('commitment', 'unit'), name='commitment_support_once'),
        ),
        migrations.AddIndex(
            model_name='explanation',
            index=models.Index(fields=['unit', 'ruling', 'due_on'], name='explanation_by_unit'),
        ),
        migrations.AddIndex(
            model_name='explanation',
            index=models.Index(fields=['asker', 'ruling', 'due_on'], name='explanation_by_asker'),
        ),
        migrations.AddIndex(
            model_name='extension',
            index=models.Index(fields=['ruling', 'id'], name='extension_by_ruling'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.UniqueConstraint(condition=models.Q(('ruling', 'open')), fields=('commitment',), name='one_open_extension'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('new_due_on__gt', models.F('old_due_on'))), name='extension_is_later'),
        ),
    ]
