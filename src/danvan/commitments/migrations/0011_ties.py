import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0010_clocks'),
        ('indicators', '0009_found_by_words'),
        ('organisations', '0002_rest_of_the_register'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CommitmentMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('period', models.CharField(max_length=8)),
                ('bound', models.CharField(max_length=2)),
                ('level', models.DecimalField(decimal_places=6, max_digits=20)),
                ('set_on', models.DateField()),
                ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='measure', to='commitments.commitment')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='CommitmentHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=300)),
                ('officer_id', models.BigIntegerField(blank=True, null=True)),
                ('set_on', models.DateField()),
                ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='head', to='commitments.commitment')),
                ('post', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.post')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['post', 'commitment'], name='commitment_by_head')],
            },
        ),
        migrations.CreateModel(
            name='CommitmentPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('child', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='part_of', to='commitments.commitment')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='commitments.commitment')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('child', models.F('parent')), _negated=True), name='part_of_another')],
            },
        ),
    ]
