import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0005_data_keys_and_sealed_files'),
        ('organisations', '0002_squashed_0003_rest_of_the_register'),
        ('topics', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Cluster',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('title', models.CharField(max_length=300)),
                ('answer', models.TextField(blank=True)),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('opened_on', models.DateField()),
                ('changes', models.PositiveIntegerField(default=0)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-opened_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FreedNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('series', models.CharField(max_length=80)),
                ('number', models.PositiveIntegerField()),
            ],
            options={
                'ordering': ['series', 'number'],
                'constraints': [models.UniqueConstraint(fields=('series', 'number'), name='number_freed_once')],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('received_on', models.DateField()),
                ('channel', models.CharField(max_length=12)),
                ('language', models.CharField(default='vi', max_length=4)),
                ('sender', models.CharField(blank=True, max_length=200)),
                ('sender_symbol', models.CharField(blank=True, max_length=80)),
                ('written_on', models.DateField(blank=True, null=True)),
                ('people', models.PositiveIntegerField(default=1)),
                ('anonymous', models.BooleanField(default=False)),
                ('originals', models.BooleanField(default=False)),
                ('spoken', models.BooleanField(default=False)),
                ('wants_result', models.BooleanField(default=False)),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('key', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.datakey')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-received_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='IdentityOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='petitions.paper')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PaperFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('name', models.BinaryField()),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.sealedfile')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='petitions.paper')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Petition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('kind', models.CharField(max_length=10)),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('passed_on', models.DateField(blank=True, null=True)),
                ('title', models.CharField(max_length=300)),
                ('text', models.TextField(blank=True)),
                ('received_on', models.DateField()),
                ('at_unit_on', models.DateField()),
                ('state', models.CharField(default='received', max_length=10)),
                ('before', models.CharField(blank=True, max_length=10)),
                ('decision_symbol', models.CharField(blank=True, max_length=120)),
                ('known_on', models.DateField(blank=True, null=True)),
                ('disciplinary', models.BooleanField(default=False)),
                ('remote', models.BooleanField(default=False)),
                ('complexity', models.JSONField(blank=True, default=list)),
                ('finding', models.CharField(blank=True, max_length=8)),
                ('dialogue_on', models.DateField(blank=True, null=True)),
                ('dialogue_held', models.BooleanField(default=False)),
                ('accepted_on', models.DateField(blank=True, null=True)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('decision', models.CharField(blank=True, max_length=80)),
                ('sent_on', models.DateField(blank=True, null=True)),
                ('effective_on', models.DateField(blank=True, null=True)),
                ('appeal_until', models.DateField(blank=True, null=True)),
                ('publication', models.CharField(blank=True, max_length=8)),
                ('published_on', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=10)),
                ('answer', models.TextField(blank=True)),
                ('answer_channel', models.CharField(blank=True, max_length=8)),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('satisfaction', models.CharField(blank=True, max_length=8)),
                ('rated_on', models.DateField(blank=True, null=True)),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('disputed_on', models.DateField(blank=True, null=True)),
                ('closing', models.CharField(blank=True, max_length=4)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('handed_to', models.CharField(blank=True, max_length=200)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('due_name', models.CharField(blank=True, max_length=10)),
                ('changes', models.PositiveIntegerField(default=0)),
                ('cluster', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='petitions', to='petitions.cluster')),
                ('first_round', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='second_round', to='petitions.petition')),
                ('former', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='petitions', to='petitions.paper')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='topics.topic')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('verifier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-received_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Barred',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('petition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='barred', to='petitions.petition')),
            ],
        ),
        migrations.CreateModel(
            name='PetitionAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('text', models.TextField()),
                ('channel', models.CharField(max_length=8)),
                ('outcome', models.CharField(max_length=10)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('petition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='petitions.petition')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Petitioner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(default='person', max_length=12)),
                ('name', models.BinaryField()),
                ('address', models.BinaryField(default=b'')),
                ('id_number', models.BinaryField(default=b'')),
                ('phone', models.BinaryField(default=b'')),
                ('email', models.BinaryField(default=b'')),
                ('id_mark', models.BinaryField(max_length=32, null=True, unique=True)),
                ('name_mark', models.BinaryField(db_index=True, max_length=32)),
                ('entered_at', models.DateTimeField()),
                ('erased_on', models.DateField(blank=True, null=True)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.datakey')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PetitionRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('words', models.CharField(max_length=600)),
                ('reply', models.TextField(blank=True)),
                ('basis', models.CharField(blank=True, max_length=300)),
                ('replied_on', models.DateField(blank=True, null=True)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('petition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='petitions.petition')),
            ],
            options={
                'ordering': ['petition', 'number'],
            },
        ),
        migrations.CreateModel(
            name='PetitionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=14)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('symbol', models.CharField(blank=True, max_length=80)),
                ('words', models.CharField(blank=True, max_length=600)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('petition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='petitions.petition')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PetitionFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('name', models.BinaryField()),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.sealedfile')),
                ('petition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='petitions.petition')),
                ('step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='petitions.petitionstep')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PetitionTransfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('reason', models.CharField(max_length=300)),
                ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('petition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transfers', to='petitions.petition')),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('representative', models.BooleanField(default=False)),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='petitions.paper')),
                ('petitioner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='petitions.petitioner')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='paper',
            index=models.Index(fields=['unit', 'received_on'], name='paper_by_unit'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='paper_of_somebody'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['unit', 'state', 'received_on'], name='petition_by_unit'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['-received_on', '-id'], name='petition_latest'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['unit', 'due_on'], name='petition_by_due_day'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['unit', 'closed_on'], name='petition_by_closing'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state__in', ('guided', 'filed', 'refused', 'terminated', 'withdrawn', 'appealed', 'done'))), models.Q(models.Q(('state__in', ('guided', 'filed', 'refused', 'terminated', 'withdrawn', 'appealed', 'done')), _negated=True), ('closed_on', None)), _connector='OR'), name='petition_closed_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_round', None), ('round', 1)), models.Q(('first_round__isnull', False), ('kind', 'complaint'), ('round', 2)), _connector='OR'), name='petition_second_round_of_a_complaint'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(('decided_on', None), ('accepted_on__isnull', False), _connector='OR'), name='petition_decided_after_acceptance'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_on', None), ('accepted_on__gte', models.F('received_on')), _connector='OR'), name='petition_accepted_after_receipt'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(('answered_on', None), models.Q(('answer', ''), _negated=True), _connector='OR'), name='petition_answered_in_words'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('former', None), ('passed_on', None)), models.Q(('former__isnull', False), ('passed_on__isnull', False)), _connector='OR'), name='petition_passed_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='barred',
            constraint=models.UniqueConstraint(fields=('petition', 'user'), name='barred_once'),
        ),
        migrations.AddConstraint(
            model_name='petitionanswer',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='petition_answer_has_words'),
        ),
        migrations.AddConstraint(
            model_name='petitionrequest',
            constraint=models.UniqueConstraint(fields=('petition', 'number'), name='request_number_once'),
        ),
        migrations.AddConstraint(
            model_name='petitionrequest',
            constraint=models.CheckConstraint(condition=models.Q(('replied_on', None), models.Q(('reply', ''), _negated=True), _connector='OR'), name='request_replied_in_words'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('paper', 'petitioner'), name='signed_once'),
        ),
    ]
