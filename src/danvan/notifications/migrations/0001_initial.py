import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MailPreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('way', models.CharField(default='digest', max_length=8)),
                ('last_digest_on', models.DateField(blank=True, null=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mail_preference', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('warned', models.CharField(max_length=8)),
                ('model', models.CharField(max_length=40)),
                ('object_id', models.BigIntegerField()),
                ('due_on', models.DateField()),
                ('at', models.DateTimeField()),
                ('run', models.UUIDField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('model', 'object_id', 'due_on', 'warned'), name='reminded_once')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=60, unique=True)),
                ('subject', models.CharField(max_length=150)),
                ('body', models.TextField()),
                ('written_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('claimed_until', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('failure', models.CharField(blank=True, max_length=120)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('sent_at', None)), fields=['due_at', 'id'], name='letter_to_send')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=120)),
                ('topic', models.CharField(max_length=20)),
                ('words', models.CharField(max_length=400)),
                ('url', models.CharField(max_length=200)),
                ('told_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('mailed_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-told_at', '-pk'],
                'indexes': [models.Index(fields=['user', 'read_at', '-told_at', '-id'], name='notification_unread'), models.Index(fields=['user', '-told_at', '-id'], name='notification_latest'), models.Index(condition=models.Q(('mailed_at', None), ('read_at', None)), fields=['told_at', 'user'], name='notification_to_mail')],
                'constraints': [models.UniqueConstraint(fields=('key', 'user'), name='notification_told_once')],
            },
        ),
    ]
