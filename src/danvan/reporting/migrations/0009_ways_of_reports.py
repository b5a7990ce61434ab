import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0002_rest_of_the_register'),
        ('reporting', '0008_narrative'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='lent_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='decision',
            name='on_behalf_of',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decision',
            name='place',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='form',
            name='by_way',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='form',
            name='head_approves',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='formdraft',
            name='by_way',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='formdraft',
            name='head_approves',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='obligation',
            name='head_approves',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='obligation',
            name='turn',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('content', models.JSONField(default=dict)),
                ('draft_number', models.PositiveIntegerField(default=0)),
                ('before', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('lent_until', models.DateField(blank=True, null=True)),
                ('words', models.CharField(blank=True, max_length=600)),
                ('comments', models.JSONField(blank=True, default=dict)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='reporting.obligation')),
                ('on_behalf_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reporting.submission')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('obligation',), name='proposal_one_open')],
            },
        ),
        migrations.CreateModel(
            name='WayStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('bearer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='reporting.obligation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['obligation', 'position'],
                'constraints': [models.UniqueConstraint(fields=('obligation', 'position'), name='way_step_once')],
            },
        ),
    ]
