"""The ledger of commitments, work programmes and recurring work. The triggers that note which counts no longer hold come last:
SQLite drops those of a table whose columns change.
"""

import datetime

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

TABLE, STALE = "commitments_commitment", "commitments_staletally"
LEFT = {"insert": ("new",), "update": ("old", "new"), "delete": ("old",)}


def add_triggers(apps, schema_editor):
    for act, rows in LEFT.items():
        if schema_editor.connection.vendor == "sqlite":
            notes = "".join(
                f"insert into {STALE} (lead_id) select {row}.lead_id where not exists "  # noqa: S608
                f"(select 1 from {STALE} where lead_id = {row}.lead_id); "
                for row in rows
            )
            schema_editor.execute(
                f"create trigger {TABLE}_stale_{act} after {act} on {TABLE} begin {notes} end"
            )
            continue
        found = " union ".join(f"select lead_id from {row}_rows" for row in rows)  # noqa: S608
        schema_editor.execute(
            f"create function commitments_note_stale_{act}() returns trigger language plpgsql as "
            f"$$ begin insert into {STALE} (lead_id) {found}; return null; end $$"
        )
        tables = " ".join(f"{row} table as {row}_rows" for row in rows)
        schema_editor.execute(
            f"create trigger {TABLE}_stale_{act} after {act} on {TABLE} "
            f"referencing {tables} for each statement execute function commitments_note_stale_{act}()"
        )


def drop_triggers(apps, schema_editor):
    for act in LEFT:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"drop trigger if exists {TABLE}_stale_{act}")
        else:
            schema_editor.execute(f"drop trigger if exists {TABLE}_stale_{act} on {TABLE}")
            schema_editor.execute(f"drop function if exists commitments_note_stale_{act}()")


class Migration(migrations.Migration):

    replaces = [
        ('commitments', '0001_initial'),
        ('commitments', '0002_units_that_pass'),
        ('commitments', '0003_topic'),
        ('commitments', '0004_three_facts'),
        ('commitments', '0005_decided_by_parties'),
        ('commitments', '0006_follow_codes'),
        ('commitments', '0007_statistics'),
        ('commitments', '0008_following_up'),
        ('commitments', '0009_difficulties'),
        ('commitments', '0010_clocks'),
        ('commitments', '0011_ties'),
        ('commitments', '0012_work_programmes'),
        ('commitments', '0013_work_log'),
        ('commitments', '0014_walked_lists'),
        ('commitments', '0015_triggers_kept'),
        ('commitments', '0016_recurring'),
    ]

    initial = True

    dependencies = [
        ('foundation', '0003_search_index'),
        ('indicators', '0009_found_by_words'),
        ('law', '0002_clocks'),
        ('organisations', '0002_rest_of_the_register'),
        ('topics', '0001_initial'),
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
                ('state', models.CharField(default='assigned', max_length=16)),
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
                ('claimed_unit', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('topic', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='topics.topic')),
                ('agreed_on', models.DateField(blank=True, null=True)),
                ('asked_on', models.DateField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('disputed_on', models.DateField(blank=True, null=True)),
                ('public_reason', models.TextField(blank=True)),
                ('superseded_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='commitments.commitment')),
                ('heard_on', models.DateField(blank=True, null=True)),
                ('warn_on', models.DateField(blank=True, null=True)),
                ('silent_from', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('heard_on', 'assigned_on'), output_field=models.DateField())),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'indexes': [models.Index(fields=['lead', 'id'], name='commitment_by_lead'), models.Index(fields=['assigner', 'id'], name='commitment_by_assigner'), models.Index(condition=models.Q(('claimed_on__isnull', False)), fields=['lead', 'claimed_on'], name='commitment_by_claim'), models.Index(condition=models.Q(('verified_on__isnull', False)), fields=['lead', 'verified_on'], name='commitment_by_check'), models.Index(condition=models.Q(('claimed_on__isnull', False), ('verified_on', None)), fields=['claimed_on', 'id'], name='commitment_claimed'), models.Index(condition=models.Q(('verified_on__isnull', False)), fields=['verified_on', 'id'], name='commitment_verified'), models.Index(fields=['source_kind', 'source_id'], name='commitment_by_source'), models.Index(fields=['source_key', 'id'], name='commitment_by_symbol'), models.Index(condition=models.Q(('claimed_unit__isnull', False)), fields=['claimed_unit', 'claimed_on'], name='commitment_by_former_claim'), models.Index(condition=models.Q(('topic__isnull', False)), fields=['topic', 'id'], name='commitment_by_topic'), models.Index(condition=models.Q(('disputed_on__isnull', False)), fields=['disputed_on', 'id'], name='commitment_disputed'), models.Index(condition=models.Q(('claimed_on', None)), fields=['silent_from', 'id'], name='commitment_silent'), models.Index(condition=models.Q(('warn_on__isnull', False)), fields=['warn_on'], name='commitment_to_warn'), models.Index(condition=models.Q(('claimed_on', None)), fields=['ordered_by', 'id'], include=('lead', 'assigner', 'state'), name='commitment_undone_walked'), models.Index(condition=models.Q(('claimed_on', None)), fields=['lead', 'ordered_by', 'id'], name='commitment_undone_by_lead'), models.Index(condition=models.Q(('claimed_on', None)), fields=['assigner', 'ordered_by', 'id'], name='commitment_undone_given')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('due_on', None), ('first_due_on', None)), ('due_on__gte', models.F('first_due_on')), _connector='OR'), name='commitment_first_day_is_kept'), models.CheckConstraint(condition=models.Q(('claimed_unit', None), ('claimed_on__isnull', False), _connector='OR'), name='commitment_former_claim_is_one'), models.CheckConstraint(condition=models.Q(models.Q(('claimed_on__isnull', False), ('state__in', ('claimed', 'verified', 'closed'))), models.Q(('claimed_on', None), ('state__in', ('assigned', 'declined', 'in_progress', 'risk_accepted', 'withdrawn', 'superseded'))), _connector='OR'), name='commitment_claimed_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('verified', 'closed')), ('verified_on__isnull', False)), models.Q(models.Q(('state__in', ('verified', 'closed')), _negated=True), ('verified_on', None)), _connector='OR'), name='commitment_verified_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('agreed_on', None), ('disputed_on', None)), models.Q(('agreed_on', None), ('asked_on__isnull', False)), models.Q(('asked_on__isnull', False), ('disputed_on', None)), _connector='OR'), name='commitment_answered_by_an_asker'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_on', None)), _connector='OR'), name='commitment_closed_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('public_reason', ''), ('state', 'closed'), _negated=True), ('disputed_on', None), _connector='OR'), name='commitment_not_closed_over_not_yet'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'superseded'), ('superseded_by__isnull', False)), models.Q(models.Q(('state', 'superseded'), _negated=True), ('superseded_by', None)), _connector='OR'), name='commitment_superseded_by_one')],
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
                'constraints': [models.UniqueConstraint(fields=('commitment', 'file'), name='commitment_evidence_once')],
            },
        ),
        migrations.CreateModel(
            name='CommitmentStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('words', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='commitments.commitment')),
                ('giver', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('code_id', models.BigIntegerField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('giver__isnull', False)), fields=['giver'], name='commitment_step_by_giver')],
            },
        ),
        migrations.CreateModel(
            name='CommitmentSupport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='commitments.commitment')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'commitment'], name='support_by_unit')],
                'constraints': [models.UniqueConstraint(fields=('commitment', 'unit'), name='commitment_support_once')],
            },
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
                'indexes': [models.Index(fields=['unit', 'ruling', 'due_on'], name='explanation_by_unit'), models.Index(fields=['asker', 'ruling', 'due_on'], name='explanation_by_asker')],
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
                ('document', models.CharField(blank=True, max_length=80)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['ruling', 'id'], name='extension_by_ruling')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ruling', 'open')), fields=('commitment',), name='one_open_extension'), models.CheckConstraint(condition=models.Q(('new_due_on__gt', models.F('old_due_on'))), name='extension_is_later')],
            },
        ),
        migrations.CreateModel(
            name='RiskAcceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('until', models.DateField()),
                ('reason', models.CharField(max_length=600)),
                ('document', models.CharField(max_length=80)),
                ('accepted_at', models.DateTimeField()),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='risks', to='commitments.commitment')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('document', ''), _negated=True)), name='risk_has_reason_and_document')],
            },
        ),
        migrations.CreateModel(
            name='FollowCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('slip', models.CharField(max_length=20, unique=True)),
                ('asked', models.CharField(blank=True, max_length=600)),
                ('asked_on', models.DateField()),
                ('post', models.CharField(blank=True, max_length=160)),
                ('source_kind', models.CharField(blank=True, max_length=40)),
                ('source_id', models.BigIntegerField(blank=True, null=True)),
                ('issued_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['source_kind', 'source_id'], name='follow_code_by_source')],
            },
        ),
        migrations.CreateModel(
            name='AskerAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('word', models.CharField(max_length=10)),
                ('words', models.CharField(blank=True, max_length=600)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='commitments.commitment')),
                ('code', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='commitments.followcode')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='FollowedCommitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('words', models.CharField(max_length=400)),
                ('code', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followed', to='commitments.followcode')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='followed', to='commitments.commitment')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('code', 'commitment'), name='followed_once_by_a_code')],
            },
        ),
        migrations.CreateModel(
            name='PublicNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('words', models.CharField(max_length=600)),
                ('shown_on', models.DateField()),
                ('hidden_on', models.DateField(blank=True, null=True)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='public_notes', to='commitments.commitment')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='public_notes', to='commitments.commitmentevidence')),
                ('hidden_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shown_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='WrongTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('address', models.CharField(blank=True, max_length=64)),
                ('hour', models.DateTimeField(db_index=True)),
                ('number', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('address', 'hour'), name='wrong_tries_counted_once')],
            },
        ),
        migrations.CreateModel(
            name='StaleTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('lead_id', models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='TalliedLead',
            fields=[
                ('lead_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('counted_on', models.DateField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='CommitmentTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('lead_id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('part', models.CharField(max_length=6)),
                ('value', models.CharField(blank=True, max_length=40)),
                ('counted', models.PositiveIntegerField(default=0)),
                ('claimed', models.PositiveIntegerField(default=0)),
                ('verified', models.PositiveIntegerField(default=0)),
                ('asked', models.PositiveIntegerField(default=0)),
                ('agreed', models.PositiveIntegerField(default=0)),
                ('disputed', models.PositiveIntegerField(default=0)),
                ('come', models.PositiveIntegerField(default=0)),
                ('in_time', models.PositiveIntegerField(default=0)),
                ('overdue', models.PositiveIntegerField(default=0)),
                ('late_week', models.PositiveIntegerField(default=0)),
                ('late_month', models.PositiveIntegerField(default=0)),
                ('late_quarter', models.PositiveIntegerField(default=0)),
                ('late_more', models.PositiveIntegerField(default=0)),
                ('extended', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['part', 'year', 'lead_id'], name='tally_by_part')],
                'constraints': [models.UniqueConstraint(fields=('lead_id', 'part', 'year', 'value'), name='tally_of_a_lead_once')],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('on', models.DateField()),
                ('found', models.TextField(blank=True)),
                ('document', models.CharField(blank=True, max_length=80)),
                ('file_name', models.CharField(blank=True, max_length=255)),
                ('answer_by', models.DateField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-on', '-pk'],
                'indexes': [models.Index(fields=['unit', '-on', '-id'], name='follow_up_by_unit')],
            },
        ),
        migrations.CreateModel(
            name='FollowUpPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('commitments', models.ManyToManyField(related_name='followed_in', to='commitments.commitment')),
                ('follow_up', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='commitments.followup')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Difficulty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=200)),
                ('words', models.TextField(blank=True)),
                ('subject_kind', models.CharField(blank=True, max_length=40)),
                ('subject_id', models.BigIntegerField(blank=True, null=True)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('raised_at', models.DateTimeField()),
                ('waits_since', models.DateField()),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('joined_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joined', to='commitments.difficulty')),
                ('raised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='topics.topic')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-raised_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('answered_at', None), ('joined_to', None)), fields=['at_unit', 'waits_since'], name='difficulty_waiting'), models.Index(fields=['subject_kind', 'subject_id'], name='difficulty_by_subject')],
            },
        ),
        migrations.CreateModel(
            name='DifficultyStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('at', models.DateTimeField()),
                ('words', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('difficulty', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='commitments.difficulty')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DueWarning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('mark', models.CharField(max_length=10)),
                ('due_on', models.DateField()),
                ('on', models.DateField()),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='warnings', to='commitments.commitment')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('commitment', 'mark', 'due_on'), name='commitment_warned_once')],
            },
        ),
        migrations.CreateModel(
            name='CommitmentMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('period', models.CharField(max_length=8)),
                ('bound', models.CharField(max_length=2)),
                ('level', models.DecimalField(decimal_places=6, max_digits=20)),
                ('set_on', models.DateField()),
                ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='measure', to='commitments.commitment')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='CommitmentHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=300)),
                ('officer_id', models.BigIntegerField(blank=True, null=True)),
                ('set_on', models.DateField()),
                ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='head', to='commitments.commitment')),
                ('post', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.post')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['post', 'commitment'], name='commitment_by_head')],
            },
        ),
        migrations.CreateModel(
            name='CommitmentPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('child', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='part_of', to='commitments.commitment')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='commitments.commitment')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('child', models.F('parent')), _negated=True), name='part_of_another')],
            },
        ),
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
                'indexes': [models.Index(fields=['month', 'state'], name='programme_by_month')],
                'constraints': [models.UniqueConstraint(fields=('unit', 'month'), name='programme_once_a_month'), models.CheckConstraint(condition=models.Q(models.Q(('issued_on', None), ('state', 'draft'), ('symbol', '')), models.Q(('issued_on__isnull', False), ('state', 'issued'), models.Q(('symbol', ''), _negated=True)), _connector='OR'), name='programme_issued_with_number_and_day')],
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
                'indexes': [models.Index(fields=['programme', 'starts_on'], name='entry_by_programme'), models.Index(fields=['ends_on', 'starts_on'], name='entry_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='entry_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('ends_at', None), ('starts_at__isnull', False), _connector='OR'), name='entry_has_no_end_without_start')],
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
                'indexes': [models.Index(fields=['year', 'unit'], name='plan_by_year')],
                'constraints': [models.UniqueConstraint(fields=('unit', 'year', 'symbol'), name='plan_once_a_year')],
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
        migrations.CreateModel(
            name='WorkEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('words', models.CharField(max_length=600)),
                ('duty', models.CharField(blank=True, max_length=200)),
                ('act_kind', models.CharField(blank=True, max_length=40)),
                ('act_id', models.BigIntegerField(blank=True, null=True)),
                ('shown', models.BooleanField(default=False)),
                ('written_at', models.DateTimeField()),
                ('commitment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commitments.commitment')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['on', 'pk'],
                'indexes': [models.Index(fields=['user', 'on'], name='work_entry_by_writer'), models.Index(condition=models.Q(('shown', True)), fields=['unit', 'on'], name='work_entry_shown')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('act_id__isnull', False)), fields=('user', 'act_kind', 'act_id'), name='work_entry_taken_once')],
            },
        ),
        migrations.CreateModel(
            name='CommitmentSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('title', models.CharField(max_length=400)),
                ('product', models.CharField(max_length=300)),
                ('proof', models.CharField(blank=True, max_length=300)),
                ('source_kind', models.CharField(blank=True, max_length=40)),
                ('source_sentence', models.TextField(blank=True)),
                ('source_symbol', models.CharField(blank=True, max_length=80)),
                ('every', models.CharField(max_length=8)),
                ('anchor_on', models.DateField()),
                ('anchor_turn', models.PositiveIntegerField(default=1)),
                ('until', models.DateField(blank=True, null=True)),
                ('ahead', models.PositiveIntegerField()),
                ('given_on', models.DateField()),
                ('made', models.PositiveIntegerField(default=0)),
                ('next_on', models.DateField(blank=True, null=True)),
                ('opens_on', models.DateField(blank=True, null=True)),
                ('halted', models.CharField(blank=True, max_length=600)),
                ('changes', models.PositiveIntegerField(default=0)),
                ('assigner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('lead', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('topic', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='topics.topic')),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['lead', 'id'], name='series_by_lead'), models.Index(fields=['assigner', 'id'], name='series_by_assigner'), models.Index(condition=models.Q(('opens_on__isnull', False)), fields=['opens_on'], name='series_to_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('next_on', None), ('opens_on', None)), models.Q(('next_on__isnull', False), ('opens_on__isnull', False)), _connector='OR'), name='series_opens_what_comes')],
            },
        ),
        migrations.CreateModel(
            name='SeriesStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=8)),
                ('at', models.DateTimeField()),
                ('words', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='commitments.commitmentseries')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SeriesSupport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='commitments.commitmentseries')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['unit', 'series'], name='series_support_by_unit')],
            },
        ),
        migrations.CreateModel(
            name='SeriesTurn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('turn', models.PositiveIntegerField()),
                ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='turn_of', to='commitments.commitment')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='commitments.commitmentseries')),
            ],
            options={
                'ordering': ['turn'],
                'constraints': [models.UniqueConstraint(fields=('series', 'turn'), name='series_turn_once')],
            },
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
