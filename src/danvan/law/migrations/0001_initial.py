import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('made_at', models.DateTimeField()),
                ('note', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='LegalParameter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=80)),
                ('title', models.CharField(max_length=200)),
                ('numerator', models.IntegerField()),
                ('denominator', models.PositiveIntegerField(default=1)),
                ('unit', models.CharField(max_length=60)),
                ('scope', models.CharField(blank=True, max_length=120)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('citation', models.CharField(max_length=200)),
                ('confidence', models.CharField(max_length=20)),
                ('folded', models.TextField(editable=False)),
                ('loaded_on', models.DateField()),
                ('replaced_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['key', 'valid_from', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_on', None)), fields=('key', 'valid_from'), name='parameter_begins_once'), models.CheckConstraint(condition=models.Q(('denominator__gt', 0)), name='parameter_denominator'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='parameter_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('working', models.BooleanField()),
                ('reason', models.CharField(max_length=120)),
                ('citation', models.CharField(blank=True, max_length=200)),
                ('estimated', models.BooleanField(default=False)),
                ('corrected', models.BooleanField(default=False)),
                ('made_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='days', to='law.calendarversion')),
                ('replaced_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='law.calendarversion')),
            ],
            options={
                'ordering': ['day', 'pk'],
                'indexes': [models.Index(fields=['day'], name='calendar_by_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_in', None)), fields=('day',), name='calendar_day_once')],
            },
        ),
    ]
