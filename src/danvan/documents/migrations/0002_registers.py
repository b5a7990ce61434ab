import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
        ('foundation', '0003_search_index'),
        ('organisations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Distribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('sent_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('received_at', models.DateTimeField(blank=True, null=True)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('recalled_at', models.DateTimeField(blank=True, null=True)),
                ('recall_reason', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RegisterGap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('direction', models.CharField(max_length=8)),
                ('year', models.PositiveSmallIntegerField()),
                ('first', models.PositiveIntegerField()),
                ('last', models.PositiveIntegerField()),
                ('reason', models.CharField(max_length=300)),
                ('noted_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['first'],
            },
        ),
        migrations.CreateModel(
            name='Relation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('symbol', models.CharField(max_length=80)),
                ('symbol_key', models.CharField(max_length=80)),
                ('issued_on', models.DateField(blank=True, null=True)),
                ('start', models.PositiveIntegerField(blank=True, null=True)),
                ('end', models.PositiveIntegerField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('verdict', models.CharField(default='open', max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['start', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='document',
            name='document_register_number_once',
        ),
        migrations.RemoveIndex(
            model_name='document',
            name='document_by_symbol',
        ),
        migrations.AddField(
            model_name='document',
            name='copies',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='document',
            name='due_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='document',
            name='forwarded_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='document',
            name='handled_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='document',
            name='kept_by',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='document',
            name='note',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='document',
            name='pages',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='document',
            name='priority',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='document',
            name='recipients',
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name='document',
            name='register_suffix',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='document',
            name='signer_position',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['unit', 'direction', '-registered_at', '-id'], name='document_of_unit'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('handled_on__isnull', False)), fields=['direction', '-registered_at', '-id'], name='document_handled'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['symbol_key', 'unit'], name='document_by_symbol', opclasses=['varchar_pattern_ops', 'int8_ops']),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['direction', 'received_on'], name='document_by_arrival'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['direction', 'issued_on'], name='document_by_issue'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['direction', 'issuer_key'], name='document_by_issuer'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('due_on__isnull', False), ('handled_on', None)), fields=['direction', 'due_on'], name='document_due'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('unit', 'direction', 'register_year', 'register_number', 'register_suffix'), name='document_register_number_once'),
        ),
        migrations.AddField(
            model_name='distribution',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='distributions', to='documents.document'),
        ),
        migrations.AddField(
            model_name='distribution',
            name='opened_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='distribution',
            name='recalled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='distribution',
            name='received',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='came_by', to='documents.document'),
        ),
        migrations.AddField(
            model_name='distribution',
            name='sent_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='distribution',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='registergap',
            name='noted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='registergap',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='relation',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='relation',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='documents.document'),
        ),
        migrations.AddField(
            model_name='relation',
            name='other',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='related_by', to='documents.document'),
        ),
        migrations.AddIndex(
            model_name='distribution',
            index=models.Index(condition=models.Q(('recalled_at', None), ('received_at', None)), fields=['unit', '-sent_at'], name='distribution_waiting'),
        ),
        migrations.AddIndex(
            model_name='distribution',
            index=models.Index(condition=models.Q(('recalled_at', None), ('received_at', None)), fields=['-sent_at', '-id'], name='distribution_latest'),
        ),
        migrations.AddConstraint(
            model_name='distribution',
            constraint=models.UniqueConstraint(condition=models.Q(('recalled_at', None)), fields=('document', 'unit'), name='distributed_once'),
        ),
        migrations.AddConstraint(
            model_name='distribution',
            constraint=models.CheckConstraint(condition=models.Q(('recalled_at', None), ('received_at', None), _connector='OR'), name='received_not_recalled'),
        ),
        migrations.AddConstraint(
            model_name='registergap',
            constraint=models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='register_gap_span'),
        ),
        migrations.AddConstraint(
            model_name='registergap',
            constraint=models.UniqueConstraint(fields=('unit', 'direction', 'year', 'first'), name='register_gap_once'),
        ),
        migrations.AddIndex(
            model_name='relation',
            index=models.Index(fields=['symbol_key'], name='relation_by_symbol'),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.UniqueConstraint(fields=('document', 'kind', 'symbol_key'), name='relation_once'),
        ),
    ]
