import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0006_pace_counts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('subject', models.CharField(max_length=60)),
                ('subject_id', models.BigIntegerField()),
                ('part', models.CharField(max_length=20)),
                ('shown', models.BooleanField()),
                ('words', models.TextField(blank=True)),
                ('spans', models.JSONField(default=list)),
                ('decided_on', models.DateField()),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('subject', 'part', 'subject_id'), name='public_words_once'), models.CheckConstraint(condition=models.Q(('shown', True), models.Q(('spans', []), ('words', '')), _connector='OR'), name='public_words_only_where_shown')],
            },
        ),
    ]
