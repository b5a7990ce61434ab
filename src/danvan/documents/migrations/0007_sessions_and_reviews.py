import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0015_triggers_kept'),
        ('documents', '0006_questions'),
        ('foundation', '0003_search_index'),
        ('organisations', '0002_rest_of_the_register'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='rollout',
            name='session_due_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='DisseminationSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('way', models.CharField(max_length=10)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('audience', models.CharField(max_length=300)),
                ('presenter', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(default='planned', max_length=10)),
                ('invited', models.PositiveIntegerField(blank=True, null=True)),
                ('attended', models.PositiveIntegerField(blank=True, null=True)),
                ('materials_name', models.CharField(blank=True, max_length=255)),
                ('minutes_name', models.CharField(blank=True, max_length=255)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('made_at', models.DateTimeField()),
                ('changes', models.PositiveIntegerField(default=0)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='documents.document')),
                ('held_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('materials', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
                ('minutes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
            ],
            options={
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReviewDuty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('due_on', models.DateField()),
                ('set_at', models.DateTimeField()),
                ('commitment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commitments.commitment')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='documents.document')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SessionUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('invited', models.PositiveIntegerField(blank=True, null=True)),
                ('attended', models.PositiveIntegerField(blank=True, null=True)),
                ('absent', models.BooleanField(default=False)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='documents.disseminationsession')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='disseminationsession',
            index=models.Index(fields=['document', '-on', '-id'], name='session_of_document'),
        ),
        migrations.AddIndex(
            model_name='disseminationsession',
            index=models.Index(fields=['held_by', 'on'], name='session_by_unit'),
        ),
        migrations.AddConstraint(
            model_name='disseminationsession',
            constraint=models.CheckConstraint(condition=models.Q(('invited', None), ('attended', None), ('attended__lte', models.F('invited')), _connector='OR'), name='session_attended_of_invited'),
        ),
        migrations.AddConstraint(
            model_name='disseminationsession',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'held'), ('attended', None), _connector='OR'), name='session_attended_when_held'),
        ),
        migrations.AddIndex(
            model_name='reviewduty',
            index=models.Index(condition=models.Q(('commitment', None)), fields=['due_on'], name='review_waiting'),
        ),
        migrations.AddIndex(
            model_name='reviewduty',
            index=models.Index(fields=['unit', 'due_on'], name='review_by_unit'),
        ),
        migrations.AddIndex(
            model_name='sessionunit',
            index=models.Index(fields=['unit', 'session'], name='session_unit_by_unit'),
        ),
        migrations.AddConstraint(
            model_name='sessionunit',
            constraint=models.UniqueConstraint(fields=('session', 'unit'), name='session_unit_once'),
        ),
        migrations.AddConstraint(
            model_name='sessionunit',
            constraint=models.CheckConstraint(condition=models.Q(('invited', None), ('attended', None), ('attended__lte', models.F('invited')), _connector='OR'), name='session_unit_attended_of_invited'),
        ),
    ]
