import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('petitions', '0005_reception'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicPetition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.CharField(blank=True, max_length=20, null=True, unique=True)),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('asked_on', models.DateField()),
                ('due_on', models.DateField()),
                ('again_on', models.DateField(blank=True, null=True)),
                ('shown_on', models.DateField(blank=True, null=True)),
                ('title', models.CharField(blank=True, max_length=400)),
                ('text', models.TextField(blank=True)),
                ('answer', models.TextField(blank=True)),
                ('answer_on', models.DateField(blank=True, null=True)),
                ('title_spans', models.JSONField(blank=True, default=list)),
                ('text_spans', models.JSONField(blank=True, default=list)),
                ('answer_spans', models.JSONField(blank=True, default=list)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('changes', models.PositiveIntegerField(default=0)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('petition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='public_words', to='petitions.petition')),
            ],
            options={
                'ordering': ['-shown_on', '-pk'],
                'indexes': [models.Index(fields=['state', '-shown_on', '-id'], name='public_petition_latest'), models.Index(fields=['state', 'due_on'], name='public_petition_by_due_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'shown'), _negated=True), models.Q(('number__isnull', False), ('shown_on__isnull', False), models.Q(('title', ''), _negated=True)), _connector='OR'), name='public_petition_shown_in_words'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('declined', 'taken_down')), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), ('answer', ''), ('text', ''), ('title', '')), _connector='OR'), name='public_petition_hidden_for_a_reason')],
            },
        ),
    ]
