import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('dialogues', '0001_dialogues'),
        ('dialogues', '0002_programme_entry'),
        ('dialogues', '0003_asking'),
    ]

    initial = True

    dependencies = [
        ('documents', '0004_numbers_of_a_term'),
        ('organisations', '0002_rest_of_the_register'),
        ('topics', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Dialogue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('passed_on', models.DateField(blank=True, null=True)),
                ('kind', models.CharField(max_length=12)),
                ('shape', models.CharField(default='meeting', max_length=10)),
                ('shape_why', models.CharField(blank=True, max_length=300)),
                ('subject', models.CharField(max_length=400)),
                ('basis', models.CharField(blank=True, max_length=300)),
                ('head_name', models.CharField(blank=True, max_length=120)),
                ('head_title', models.CharField(blank=True, max_length=200)),
                ('held_on', models.DateField()),
                ('starts_at', models.TimeField(blank=True, null=True)),
                ('place', models.CharField(max_length=200)),
                ('state', models.CharField(default='planned', max_length=10)),
                ('noticed_on', models.DateField(blank=True, null=True)),
                ('noticed_at', models.CharField(blank=True, max_length=300)),
                ('households', models.PositiveIntegerField(blank=True, null=True)),
                ('none_above', models.BooleanField(default=False)),
                ('conclusion', models.TextField(blank=True)),
                ('concluded_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('changes', models.PositiveIntegerField(default=0)),
                ('co_host', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('former', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('notice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('planned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('entry_id', models.BigIntegerField(blank=True, db_index=True, editable=False, null=True)),
                ('asks_until', models.DateField(blank=True, null=True)),
                ('led', models.CharField(blank=True, max_length=8)),
                ('led_why', models.CharField(blank=True, max_length=300)),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='topics.topic')),
            ],
            options={
                'ordering': ['-held_on', '-pk'],
                'indexes': [models.Index(fields=['unit', 'state', 'held_on'], name='dialogue_by_unit'), models.Index(fields=['-held_on', '-id'], name='dialogue_latest'), models.Index(fields=['unit', 'concluded_on'], name='dialogue_by_conclusion')],
                'constraints': [models.CheckConstraint(condition=models.Q(('noticed_on', None), ('noticed_on__lte', models.F('held_on')), _connector='OR'), name='dialogue_noticed_before'), models.CheckConstraint(condition=models.Q(models.Q(('concluded_on__isnull', False), ('state__in', ('concluded', 'closed'))), models.Q(models.Q(('state__in', ('concluded', 'closed')), _negated=True), ('concluded_on', None)), _connector='OR'), name='dialogue_concluded_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_on', None)), _connector='OR'), name='dialogue_closed_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('former', None), ('passed_on', None)), models.Q(('former__isnull', False), ('passed_on__isnull', False)), _connector='OR'), name='dialogue_passed_on_a_day')],
            },
        ),
        migrations.CreateModel(
            name='DialogueAttendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('crowd', models.CharField(max_length=10)),
                ('number', models.PositiveIntegerField()),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='dialogues.dialogue')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('dialogue', 'crowd'), name='dialogue_crowd_once')],
            },
        ),
        migrations.CreateModel(
            name='DialogueConclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('sentence', models.TextField()),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conclusions', to='dialogues.dialogue')),
            ],
            options={
                'ordering': ['start', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('dialogue', 'start'), name='dialogue_conclusion_once'), models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='dialogue_conclusion_has_words')],
            },
        ),
        migrations.CreateModel(
            name='DialogueOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('place', models.PositiveIntegerField()),
                ('heard', models.CharField(max_length=6)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('content', models.TextField()),
                ('way', models.CharField(default='open', max_length=8)),
                ('answer', models.TextField(blank=True)),
                ('above', models.CharField(blank=True, max_length=200)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('conclusion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='opinions', to='dialogues.dialogueconclusion')),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='dialogues.dialogue')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('raised', models.BooleanField(default=False)),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='topics.topic')),
            ],
            options={
                'ordering': ['place', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('dialogue', 'place'), name='dialogue_opinion_place')],
            },
        ),
        migrations.CreateModel(
            name='DialogueRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('grade', models.CharField(max_length=10)),
                ('number', models.PositiveIntegerField()),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='dialogues.dialogue')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('dialogue', 'grade'), name='dialogue_grade_once')],
            },
        ),
        migrations.CreateModel(
            name='DialogueStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
                ('words', models.CharField(blank=True, max_length=600)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='dialogues.dialogue')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DialogueQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('slip', models.CharField(max_length=20, unique=True)),
                ('content', models.CharField(max_length=600)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('sent_on', models.DateField()),
                ('aside', models.CharField(blank=True, max_length=300)),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='dialogues.dialogue')),
                ('opinion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='questions', to='dialogues.dialogueopinion')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('opinion', None), ('aside', ''), _connector='OR'), name='dialogue_question_one_way')],
            },
        ),
        migrations.CreateModel(
            name='DialogueSlipGrade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('voter', models.CharField(editable=False, max_length=64, unique=True)),
                ('grade', models.CharField(max_length=10)),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slip_grades', to='dialogues.dialogue')),
            ],
            options={
                'indexes': [models.Index(fields=['dialogue', 'grade'], name='dialogue_slip_grades')],
            },
        ),
    ]
