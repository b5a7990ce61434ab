import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0005_decided_by_parties'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FollowCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('slip', models.CharField(max_length=20, unique=True)),
                ('asked', models.CharField(blank=True, max_length=600)),
                ('asked_on', models.DateField()),
                ('post', models.CharField(blank=True, max_length=160)),
                ('source_kind', models.CharField(blank=True, max_length=40)),
                ('source_id', models.BigIntegerField(blank=True, null=True)),
                ('issued_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='AskerAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('word', models.CharField(max_length=10)),
                ('words', models.CharField(blank=True, max_length=600)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='commitments.commitment')),
                ('code', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='commitments.followcode')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='FollowedCommitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('words', models.CharField(max_length=400)),
                ('code', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followed', to='commitments.followcode')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='followed', to='commitments.commitment')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PublicNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('words', models.CharField(max_length=600)),
                ('shown_on', models.DateField()),
                ('hidden_on', models.DateField(blank=True, null=True)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='public_notes', to='commitments.commitment')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='public_notes', to='commitments.commitmentevidence')),
                ('hidden_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shown_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='WrongTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('address', models.CharField(blank=True, max_length=64)),
                ('hour', models.DateTimeField(db_index=True)),
                ('number', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('address', 'hour'), name='wrong_tries_counted_once')],
            },
        ),
        migrations.AddIndex(
            model_name='followcode',
            index=models.Index(fields=['source_kind', 'source_id'], name='follow_code_by_source'),
        ),
        migrations.AddConstraint(
            model_name='followedcommitment',
            constraint=models.UniqueConstraint(fields=('code', 'commitment'), name='followed_once_by_a_code'),
        ),
    ]
