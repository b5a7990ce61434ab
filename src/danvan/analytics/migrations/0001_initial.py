import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('foundation', '0001_initial'),
        ('organisations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('period', models.CharField(max_length=8)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('as_of', models.DateField()),
                ('content', models.JSONField()),
                ('checks', models.JSONField(default=list)),
                ('signed_at', models.DateTimeField()),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='analytics.review')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-signed_at', '-pk'],
                'indexes': [models.Index(fields=['unit', '-signed_at', '-id'], name='review_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('period', ''), _negated=True), name='review_has_a_period'), models.UniqueConstraint(fields=('unit', 'period', 'number'), name='review_edition_once')],
            },
        ),
    ]
