import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0003_across_break'),
    ]

    operations = [
        migrations.CreateModel(
            name='Breakdown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100, unique=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='indicator',
            name='whole',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='broken_down', to='indicators.indicator'),
        ),
        migrations.AddField(
            model_name='indicatorversion',
            name='annualised',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='indicatorversion',
            name='factor',
            field=models.PositiveIntegerField(default=100),
        ),
        migrations.AddField(
            model_name='indicatorversion',
            name='over_tree',
            field=models.CharField(default='sum', max_length=8),
        ),
        migrations.CreateModel(
            name='BreakdownOption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=8)),
                ('name', models.CharField(max_length=100)),
                ('breakdown', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='indicators.breakdown')),
            ],
            options={
                'ordering': ['breakdown', 'position'],
            },
        ),
        migrations.AddField(
            model_name='indicator',
            name='option',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.breakdownoption'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('option', None), ('whole', None)), models.Q(('option__isnull', False), ('whole__isnull', False)), _connector='OR'), name='indicator_part_has_its_whole_and_option'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('whole', 'option'), name='indicator_part_once'),
        ),
        migrations.AddConstraint(
            model_name='breakdownoption',
            constraint=models.UniqueConstraint(fields=('breakdown', 'code'), name='breakdown_option_once'),
        ),
        migrations.AddConstraint(
            model_name='breakdownoption',
            constraint=models.UniqueConstraint(fields=('breakdown', 'position'), name='breakdown_option_has_its_place'),
        ),
    ]
