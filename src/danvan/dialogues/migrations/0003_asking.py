import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dialogues', '0002_programme_entry'),
        ('topics', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='dialogue',
            name='asks_until',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='dialogue',
            name='led',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name='dialogue',
            name='led_why',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='dialogue',
            name='topic',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='topics.topic'),
        ),
        migrations.AddField(
            model_name='dialogueopinion',
            name='raised',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='dialogueopinion',
            name='topic',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='topics.topic'),
        ),
        migrations.CreateModel(
            name='DialogueQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('slip', models.CharField(max_length=20, unique=True)),
                ('content', models.CharField(max_length=600)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('sent_on', models.DateField()),
                ('aside', models.CharField(blank=True, max_length=300)),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='dialogues.dialogue')),
                ('opinion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='questions', to='dialogues.dialogueopinion')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('opinion', None), ('aside', ''), _connector='OR'), name='dialogue_question_one_way')],
            },
        ),
        migrations.CreateModel(
            name='DialogueSlipGrade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('voter', models.CharField(editable=False, max_length=64, unique=True)),
                ('grade', models.CharField(max_length=10)),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slip_grades', to='dialogues.dialogue')),
            ],
            options={
                'indexes': [models.Index(fields=['dialogue', 'grade'], name='dialogue_slip_grades')],
            },
        ),
    ]
