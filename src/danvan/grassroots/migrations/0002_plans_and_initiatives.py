import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grassroots', '0001_matters'),
        ('law', '0002_clocks'),
        ('organisations', '0002_rest_of_the_register'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Initiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('title', models.CharField(max_length=400)),
                ('entered_on', models.DateField()),
                ('declined_on', models.DateField(blank=True, null=True)),
                ('declined_why', models.CharField(blank=True, max_length=500)),
                ('changes', models.PositiveIntegerField(default=0)),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grassroots.matterkind')),
                ('matter', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='initiative', to='grassroots.matter')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-entered_on', '-pk'],
                'indexes': [models.Index(fields=['unit', 'entered_on'], name='initiative_by_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('matter', None), ('declined_on', None), _connector='OR'), name='initiative_ends_once')],
            },
        ),
        migrations.CreateModel(
            name='InitiativeCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('counted_on', models.DateField()),
                ('supporters', models.PositiveIntegerField()),
                ('households', models.PositiveIntegerField()),
                ('front', models.BooleanField(default=False)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='grassroots.initiative')),
                ('needed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='law.legalparameter')),
            ],
            options={
                'ordering': ['counted_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('supporters__gte', 1), ('supporters__lte', django.db.models.expressions.F('households'))), name='initiative_count_adds_up')],
            },
        ),
        migrations.CreateModel(
            name='PublicationPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('year', models.PositiveIntegerField()),
                ('symbol', models.CharField(blank=True, max_length=80)),
                ('issued_on', models.DateField(blank=True, null=True)),
                ('told_on', models.DateField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('changes', models.PositiveIntegerField(default=0)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-year', 'pk'],
                'indexes': [models.Index(fields=['unit', 'year'], name='publication_plan_by_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('told_on', None), ('issued_on__isnull', False), _connector='OR'), name='publication_plan_told_after_issue')],
            },
        ),
        migrations.CreateModel(
            name='PublicationItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=300)),
                ('channels', models.JSONField(default=list)),
                ('days', models.PositiveIntegerField(blank=True, null=True)),
                ('doer', models.CharField(blank=True, max_length=200)),
                ('by_on', models.DateField(blank=True, null=True)),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grassroots.matterkind')),
                ('matter', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='planned', to='grassroots.matter')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='grassroots.publicationplan')),
            ],
            options={
                'ordering': ['kind__code', 'by_on', 'pk'],
                'indexes': [models.Index(fields=['by_on'], name='publication_item_by_day')],
            },
        ),
    ]
