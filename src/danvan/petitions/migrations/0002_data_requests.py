import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0002_squashed_0003_rest_of_the_register'),
        ('petitions', '0001_petitions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DataRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('kind', models.CharField(max_length=8)),
                ('received_on', models.DateField()),
                ('state', models.CharField(default='received', max_length=8)),
                ('responded_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('extended', models.BooleanField(default=False)),
                ('changes', models.PositiveIntegerField(default=0)),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('petition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_requests', to='petitions.petition')),
                ('petitioner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_requests', to='petitions.petitioner')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-received_on', '-pk'],
                'indexes': [models.Index(fields=['unit', 'state'], name='data_request_by_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', False), ('state__in', ('done', 'refused'))), models.Q(models.Q(('state__in', ('done', 'refused')), _negated=True), ('ended_on', None)), _connector='OR'), name='data_request_ended_on_a_day')],
            },
        ),
    ]
