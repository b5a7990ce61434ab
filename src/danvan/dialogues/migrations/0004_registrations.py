import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dialogues', '0003_asking'),
    ]

    operations = [
        migrations.AddField(
            model_name='dialogue',
            name='seats',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='DialogueRegistration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('slip', models.CharField(max_length=20, unique=True)),
                ('people', models.PositiveSmallIntegerField()),
                ('name', models.CharField(blank=True, max_length=120)),
                ('sent_on', models.DateField()),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to='dialogues.dialogue')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='dialogue_somebody_registers')],
            },
        ),
    ]
