import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0004_numbers_of_a_term'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ClauseWaiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('reason', models.CharField(max_length=300)),
                ('waived_at', models.DateTimeField()),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clause_waivers', to='documents.document')),
                ('waived_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['start'],
                'constraints': [models.UniqueConstraint(fields=('document', 'start'), name='clause_waived_once'), models.CheckConstraint(condition=models.Q(('end__gt', models.F('start')), models.Q(('reason', ''), _negated=True)), name='clause_waiver_span_reason')],
            },
        ),
        migrations.CreateModel(
            name='RollOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('asks_plan', models.BooleanField(default=True)),
                ('plan_due_on', models.DateField(blank=True, null=True)),
                ('set_at', models.DateTimeField()),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='roll_out', to='documents.document')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('asks_plan', True), ('plan_due_on', None), _connector='OR'), name='roll_out_day_of_a_plan')],
            },
        ),
    ]
