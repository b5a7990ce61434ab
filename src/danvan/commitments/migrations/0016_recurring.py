import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0015_triggers_kept'),
        ('organisations', '0002_rest_of_the_register'),
        ('topics', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            },
        ),
        migrations.AddIndex(
            model_name='commitmentseries',
            index=models.Index(fields=['lead', 'id'], name='series_by_lead'),
        ),
        migrations.AddIndex(
            model_name='commitmentseries',
            index=models.Index(fields=['assigner', 'id'], name='series_by_assigner'),
        ),
        migrations.AddIndex(
            model_name='commitmentseries',
            index=models.Index(condition=models.Q(('opens_on__isnull', False)), fields=['opens_on'], name='series_to_open'),
        ),
        migrations.AddConstraint(
            model_name='commitmentseries',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('next_on', None), ('opens_on', None)), models.Q(('next_on__isnull', False), ('opens_on__isnull', False)), _connector='OR'), name='series_opens_what_comes'),
        ),
        migrations.AddIndex(
            model_name='seriessupport',
            index=models.Index(fields=['unit', 'series'], name='series_support_by_unit'),
        ),
        migrations.AddConstraint(
            model_name='seriesturn',
            constraint=models.UniqueConstraint(fields=('series', 'turn'), name='series_turn_once'),
        ),
    ]
