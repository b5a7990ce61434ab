import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_squashed_0007_registers_sessions_and_reviews'),
        ('organisations', '0002_squashed_0003_rest_of_the_register'),
        ('petitions', '0004_vault'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReceptionDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('passed_on', models.DateField(blank=True, null=True)),
                ('ground', models.CharField(default='periodic', max_length=10)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('head_name', models.CharField(blank=True, max_length=120)),
                ('head_title', models.CharField(blank=True, max_length=200)),
                ('held_on', models.DateField()),
                ('starts_at', models.TimeField(blank=True, null=True)),
                ('ends_at', models.TimeField(blank=True, null=True)),
                ('place', models.CharField(max_length=200)),
                ('state', models.CharField(default='planned', max_length=10)),
                ('posted_on', models.DateField(blank=True, null=True)),
                ('posted_at', models.CharField(blank=True, max_length=300)),
                ('first_on', models.DateField(blank=True, null=True)),
                ('received', models.CharField(blank=True, max_length=6)),
                ('other_name', models.CharField(blank=True, max_length=120)),
                ('other_why', models.CharField(blank=True, max_length=300)),
                ('online', models.BooleanField(default=False)),
                ('invited_on', models.DateField(blank=True, null=True)),
                ('tested_on', models.DateField(blank=True, null=True)),
                ('connected_at', models.TimeField(blank=True, null=True)),
                ('camera_on', models.BooleanField(default=False)),
                ('recorded_at', models.CharField(blank=True, max_length=200)),
                ('minutes_signed_on', models.DateField(blank=True, null=True)),
                ('conclusion', models.TextField(blank=True)),
                ('no_work', models.JSONField(blank=True, default=list)),
                ('concluded_on', models.DateField(blank=True, null=True)),
                ('changes', models.PositiveIntegerField(default=0)),
                ('former', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('notice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('planned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-held_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReceptionConclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('sentence', models.TextField()),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conclusions', to='petitions.receptionday')),
            ],
            options={
                'ordering': ['start', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReceptionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=10)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('words', models.CharField(blank=True, max_length=600)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='petitions.receptionday')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ReceptionVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('held_on', models.DateField()),
                ('receiver', models.CharField(blank=True, max_length=200)),
                ('people', models.PositiveIntegerField(default=1)),
                ('repeated', models.BooleanField(default=False)),
                ('interpreter', models.CharField(blank=True, max_length=120)),
                ('read_back', models.BooleanField(default=False)),
                ('confirmed', models.CharField(blank=True, max_length=11)),
                ('documents', models.TextField(blank=True)),
                ('refusal', models.CharField(blank=True, max_length=5)),
                ('refusal_why', models.CharField(blank=True, max_length=500)),
                ('refusal_due_on', models.DateField(blank=True, null=True)),
                ('refusal_notice_on', models.DateField(blank=True, null=True)),
                ('refusal_symbol', models.CharField(blank=True, max_length=80)),
                ('receipt_on', models.DateField(blank=True, null=True)),
                ('changes', models.PositiveIntegerField(default=0)),
                ('day', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='petitions.receptionday')),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reception_visit', to='petitions.paper')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-held_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='VisitMatter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('kind', models.CharField(max_length=10)),
                ('title', models.CharField(max_length=300)),
                ('people', models.PositiveIntegerField(default=1)),
                ('settled_by', models.CharField(blank=True, max_length=200)),
                ('way', models.CharField(max_length=8)),
                ('guided_to', models.CharField(blank=True, max_length=200)),
                ('answer', models.TextField(blank=True)),
                ('answer_on', models.DateField(blank=True, null=True)),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('petition', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='visit_matter', to='petitions.petition')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='matters', to='petitions.receptionvisit')),
            ],
            options={
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='receptionday',
            index=models.Index(fields=['unit', 'held_on'], name='reception_day_by_unit'),
        ),
        migrations.AddIndex(
            model_name='receptionday',
            index=models.Index(fields=['-held_on', '-id'], name='reception_day_latest'),
        ),
        migrations.AddConstraint(
            model_name='receptionday',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('concluded_on__isnull', False), ('state', 'concluded')), models.Q(models.Q(('state', 'concluded'), _negated=True), ('concluded_on', None)), _connector='OR'), name='reception_concluded_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='receptionday',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('held', 'concluded')), _negated=True), models.Q(('received', ''), _negated=True), _connector='OR'), name='reception_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='receptionday',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('former', None), ('passed_on', None)), models.Q(('former__isnull', False), ('passed_on__isnull', False)), _connector='OR'), name='reception_passed_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='receptionconclusion',
            constraint=models.UniqueConstraint(fields=('day', 'start'), name='reception_conclusion_once'),
        ),
        migrations.AddConstraint(
            model_name='receptionconclusion',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='reception_conclusion_has_words'),
        ),
        migrations.AddIndex(
            model_name='receptionvisit',
            index=models.Index(fields=['unit', 'held_on'], name='reception_visit_by_unit'),
        ),
        migrations.AddConstraint(
            model_name='receptionvisit',
            constraint=models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='reception_visit_of_somebody'),
        ),
        migrations.AddConstraint(
            model_name='receptionvisit',
            constraint=models.CheckConstraint(condition=models.Q(('refusal_notice_on', None), models.Q(('refusal', ''), _negated=True), _connector='OR'), name='reception_notice_of_a_refusal'),
        ),
        migrations.AddIndex(
            model_name='visitmatter',
            index=models.Index(fields=['unit', 'on', 'id'], name='reception_register'),
        ),
        migrations.AddIndex(
            model_name='visitmatter',
            index=models.Index(fields=['on', 'id'], name='reception_register_all'),
        ),
        migrations.AddConstraint(
            model_name='visitmatter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('petition__isnull', False), ('way', 'received')), models.Q(models.Q(('way', 'received'), _negated=True), ('petition', None)), _connector='OR'), name='reception_received_is_a_petition'),
        ),
        migrations.AddConstraint(
            model_name='visitmatter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('way', 'guided'), _negated=True), models.Q(('guided_to', ''), _negated=True), _connector='OR'), name='reception_guided_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='visitmatter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('way', 'later'), _negated=True), ('answer_on__isnull', False), _connector='OR'), name='reception_answer_on_a_day'),
        ),
    ]
