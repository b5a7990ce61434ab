import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0003_search_index'),
        ('law', '0002_clocks'),
        ('organisations', '0002_rest_of_the_register'),
        ('topics', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MatterKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=8)),
                ('pillar', models.CharField(max_length=8)),
                ('title', models.CharField(max_length=200)),
                ('posted', models.CharField(blank=True, max_length=8)),
                ('radio', models.BooleanField(default=False)),
                ('term', models.CharField(blank=True, max_length=80)),
                ('pass_key', models.CharField(blank=True, max_length=80)),
                ('commune_wide', models.BooleanField(default=False)),
                ('meeting_only', models.BooleanField(default=False)),
                ('online', models.BooleanField(default=False)),
                ('recogniser', models.CharField(blank=True, max_length=12)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('citation', models.CharField(max_length=200)),
                ('confidence', models.CharField(max_length=12)),
            ],
            options={
                'ordering': ['code', 'valid_from'],
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='matter_kind_once')],
            },
        ),
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('passed_on', models.DateField(blank=True, null=True)),
                ('title', models.CharField(max_length=400)),
                ('basis', models.CharField(blank=True, max_length=300)),
                ('began_on', models.DateField()),
                ('state', models.CharField(default='due', max_length=10)),
                ('shown_on', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=8)),
                ('counted_on', models.DateField(blank=True, null=True)),
                ('outcome_on', models.DateField(blank=True, null=True)),
                ('sent_on', models.DateField(blank=True, null=True)),
                ('recognition', models.CharField(blank=True, max_length=8)),
                ('recognised_on', models.DateField(blank=True, null=True)),
                ('differs', models.BooleanField(default=False)),
                ('answer', models.TextField(blank=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('changes', models.PositiveIntegerField(default=0)),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('former', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='grassroots.matterkind')),
            ],
            options={
                'ordering': ['-began_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MatterPosting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('part', models.CharField(max_length=8)),
                ('channel', models.CharField(max_length=8)),
                ('place', models.CharField(max_length=300)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='postings', to='grassroots.matter')),
            ],
            options={
                'ordering': ['from_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MatterRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('form', models.CharField(max_length=8)),
                ('held_on', models.DateField()),
                ('why', models.CharField(blank=True, max_length=300)),
                ('outcome', models.CharField(max_length=8)),
                ('villages', models.PositiveIntegerField(default=1)),
                ('by_villages', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='law.legalparameter')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='grassroots.matter')),
                ('passing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='law.legalparameter')),
                ('quorum', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='law.legalparameter')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='MatterCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('households', models.PositiveIntegerField()),
                ('present', models.PositiveIntegerField()),
                ('agreed', models.PositiveIntegerField()),
                ('against', models.PositiveIntegerField()),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='grassroots.matterround')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='MatterStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('at', models.DateTimeField()),
                ('words', models.CharField(blank=True, max_length=600)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='grassroots.matter')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MatterComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('gist', models.CharField(max_length=300)),
                ('number', models.PositiveIntegerField()),
                ('taken_up', models.PositiveIntegerField(default=0)),
                ('answer', models.TextField(blank=True)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='grassroots.matter')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='topics.topic')),
            ],
            options={
                'ordering': ['-number', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('number__gte', 1), ('taken_up__lte', models.F('number'))), name='matter_comment_adds_up')],
            },
        ),
        migrations.CreateModel(
            name='MatterFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=255)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='grassroots.matter')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('matter', 'file'), name='matter_file_once')],
            },
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['unit', 'state', 'began_on'], name='matter_by_unit'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['-began_on', '-id'], name='matter_latest'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['unit', 'shown_on'], name='matter_by_publication'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', False), ('state', 'ended')), models.Q(models.Q(('state', 'ended'), _negated=True), ('ended_on', None)), _connector='OR'), name='matter_ended_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('recognised_on', None), ('recognition', '')), models.Q(models.Q(('recognition', ''), _negated=True), ('recognised_on__isnull', False), ('sent_on__isnull', False)), _connector='OR'), name='matter_recognised_after_sending'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(('shown_on', None), ('shown_on__gte', models.F('began_on')), _connector='OR'), name='matter_shown_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('former', None), ('passed_on', None)), models.Q(('former__isnull', False), ('passed_on__isnull', False)), _connector='OR'), name='matter_passed_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='matterposting',
            constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='matter_posting_in_order'),
        ),
        migrations.AddConstraint(
            model_name='matterround',
            constraint=models.UniqueConstraint(fields=('matter', 'number'), name='matter_round_once'),
        ),
        migrations.AddConstraint(
            model_name='mattercount',
            constraint=models.UniqueConstraint(fields=('round', 'village'), name='matter_count_once'),
        ),
        migrations.AddConstraint(
            model_name='mattercount',
            constraint=models.CheckConstraint(condition=models.Q(('households__gte', 1), ('present__lte', models.F('households')), ('present__gte', django.db.models.expressions.CombinedExpression(models.F('agreed'), '+', models.F('against')))), name='matter_count_adds_up'),
        ),
    ]
