import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('code', models.SlugField(db_index=False, max_length=80, unique=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('ending', models.CharField(blank=True, max_length=300)),
                ('source', models.CharField(blank=True, max_length=120)),
                ('kept', models.BooleanField(default=False)),
                ('changes', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='topic_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='TopicAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('words', models.CharField(max_length=120)),
                ('folded', models.TextField(editable=False)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='topics.topic')),
            ],
            options={
                'ordering': ['topic', 'words'],
                'constraints': [models.UniqueConstraint(fields=('topic', 'folded'), name='topic_alias_once')],
            },
        ),
        migrations.CreateModel(
            name='TopicHeir',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField(default=0)),
                ('heir', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inherits', to='topics.topic')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='heirs', to='topics.topic')),
            ],
            options={
                'ordering': ['topic', 'place'],
                'constraints': [models.UniqueConstraint(fields=('topic', 'heir'), name='topic_heir_once'), models.UniqueConstraint(fields=('topic', 'place'), name='topic_heir_in_place'), models.CheckConstraint(condition=models.Q(('topic', models.F('heir')), _negated=True), name='topic_not_its_own_heir')],
            },
        ),
        migrations.CreateModel(
            name='TopicVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='topics.topic')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='topics.topic')),
            ],
            options={
                'ordering': ['topic', 'valid_from'],
                'constraints': [models.UniqueConstraint(fields=('topic', 'valid_from'), name='topic_version_begins_once'), models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('topic',), name='topic_one_open_version'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='topic_version_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('parent', None), models.Q(('parent', models.F('topic')), _negated=True), _connector='OR'), name='topic_not_below_itself')],
            },
        ),
    ]
