import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0005_data_keys_and_sealed_files'),
        ('organisations', '0002_squashed_0003_rest_of_the_register'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(default='news', max_length=8)),
                ('title', models.CharField(max_length=200)),
                ('summary', models.CharField(blank=True, max_length=400)),
                ('gain', models.CharField(blank=True, max_length=400)),
                ('text', models.TextField(blank=True)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('byline', models.CharField(blank=True, max_length=120)),
                ('basis', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(default='draft', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('written_on', models.DateField()),
                ('shown_on', models.DateField(blank=True, null=True)),
                ('changes', models.PositiveIntegerField(default=0)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-shown_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ArticlePicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('part', models.CharField(default='main', max_length=8)),
                ('alternative', models.CharField(max_length=300)),
                ('caption', models.CharField(max_length=300)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='news.article')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ArticleSound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('language', models.CharField(max_length=3)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sounds', to='news.article')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ArticleTie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='news.article')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='news.article')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ReadTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=8)),
                ('subject_id', models.BigIntegerField()),
                ('on', models.DateField()),
                ('number', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'on'], name='reads_by_day')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'subject_id', 'on'), name='reads_counted_once_a_day')],
            },
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['state', '-shown_on', '-id'], name='article_latest'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['unit', 'state'], name='article_by_unit'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'shown'), _negated=True), ('shown_on__isnull', False), _connector='OR'), name='article_shown_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'shown'), _negated=True), ('written_by', None), ('approved_by', None), models.Q(('approved_by', models.F('written_by')), _negated=True), _connector='OR'), name='article_approved_by_another'),
        ),
        migrations.AddConstraint(
            model_name='articlepicture',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('alternative', ''), _negated=True), models.Q(('caption', ''), _negated=True)), name='article_picture_in_words'),
        ),
        migrations.AddConstraint(
            model_name='articlesound',
            constraint=models.UniqueConstraint(fields=('article', 'language'), name='article_read_once_a_language'),
        ),
        migrations.AddConstraint(
            model_name='articletie',
            constraint=models.UniqueConstraint(fields=('article', 'other'), name='article_tied_once'),
        ),
        migrations.AddConstraint(
            model_name='articletie',
            constraint=models.CheckConstraint(condition=models.Q(('article', models.F('other')), _negated=True), name='article_tied_to_another'),
        ),
    ]
