import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
        ('organisations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('direction', models.CharField(max_length=8)),
                ('register_year', models.PositiveSmallIntegerField()),
                ('register_number', models.PositiveIntegerField()),
                ('number', models.CharField(blank=True, max_length=20)),
                ('symbol', models.CharField(blank=True, max_length=80)),
                ('symbol_key', models.CharField(blank=True, editable=False, max_length=80)),
                ('document_type', models.CharField(max_length=30)),
                ('issuer_name', models.CharField(max_length=200)),
                ('issuer_key', models.CharField(editable=False, max_length=200)),
                ('issued_on', models.DateField(blank=True, null=True)),
                ('received_on', models.DateField(blank=True, null=True)),
                ('signer', models.CharField(blank=True, max_length=120)),
                ('abstract', models.CharField(max_length=600)),
                ('exchange_id', models.CharField(blank=True, max_length=120)),
                ('file_name', models.CharField(blank=True, max_length=255)),
                ('text', models.TextField(blank=True)),
                ('stage', models.CharField(max_length=12)),
                ('trouble', models.CharField(blank=True, max_length=400)),
                ('registered_at', models.DateTimeField()),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
                ('issuer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('registered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-registered_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=10)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('body', models.JSONField(default=dict)),
                ('correction', models.JSONField(blank=True, null=True)),
                ('confidence', models.PositiveSmallIntegerField()),
                ('rule', models.CharField(max_length=80)),
                ('reason', models.CharField(max_length=300)),
                ('verdict', models.CharField(default='open', max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('became_kind', models.CharField(blank=True, max_length=40)),
                ('became_ids', models.JSONField(blank=True, default=list)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='documents.document')),
            ],
            options={
                'ordering': ['start', 'end', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('symbol', models.CharField(blank=True, max_length=80)),
                ('symbol_key', models.CharField(blank=True, max_length=80)),
                ('name', models.CharField(blank=True, max_length=300)),
                ('issued_on', models.DateField(blank=True, null=True)),
                ('issuer_name', models.CharField(blank=True, max_length=200)),
                ('cited', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cited_by', to='documents.document')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='documents.document')),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='citation', to='documents.proposal')),
            ],
        ),
        migrations.CreateModel(
            name='SecretStub',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('register_year', models.PositiveSmallIntegerField()),
                ('register_number', models.PositiveIntegerField()),
                ('received_on', models.DateField()),
                ('issuer_name', models.CharField(blank=True, max_length=200)),
                ('secrecy', models.CharField(max_length=16)),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-received_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='StatedFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=400)),
                ('value', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ('low', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ('high', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ('unit_label', models.CharField(blank=True, max_length=60)),
                ('qualifier', models.CharField(blank=True, max_length=10)),
                ('numerator', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ('denominator', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ('period_from', models.DateField(blank=True, null=True)),
                ('period_to', models.DateField(blank=True, null=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='documents.document')),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='figure', to='documents.proposal')),
            ],
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['direction', '-registered_at', '-id'], name='document_latest'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['stage', '-registered_at', '-id'], name='document_by_stage'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['unit', 'direction', 'document_type', 'issued_on'], name='document_counted'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['symbol_key', 'unit'], name='document_by_symbol'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['unit', 'file'], name='document_by_file'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('unit', 'direction', 'register_year', 'register_number'), name='document_register_number_once'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('symbol_key', ''), _negated=True), fields=('unit', 'symbol_key', 'issuer_key', 'issued_on'), name='document_symbol_once'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('exchange_id', ''), _negated=True), fields=('unit', 'exchange_id'), name='document_exchange_id_once'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['document', 'kind', 'verdict'], name='proposal_by_verdict'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='proposal_span'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__lte', 100)), name='proposal_confidence'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(fields=('document', 'kind', 'start', 'end'), name='proposal_span_once'),
        ),
        migrations.AddIndex(
            model_name='citation',
            index=models.Index(fields=['symbol_key'], name='citation_by_symbol'),
        ),
        migrations.AddConstraint(
            model_name='secretstub',
            constraint=models.UniqueConstraint(fields=('unit', 'register_year', 'register_number'), name='secret_stub_number_once'),
        ),
        migrations.AddConstraint(
            model_name='statedfigure',
            constraint=models.CheckConstraint(condition=models.Q(('value__isnull', False), ('low__isnull', False), ('high__isnull', False), _connector='OR'), name='figure_has_a_number'),
        ),
    ]
