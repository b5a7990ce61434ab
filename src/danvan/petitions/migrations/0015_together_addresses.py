from django.db import migrations, models


def erase_codes_of_nothing(apps, schema_editor):
    """Codes by which people followed a public matter that left the register whole: they opened nothing any more."""
    standing = apps.get_model("petitions", "PublicPetition").objects.values("pk")
    codes = apps.get_model("commitments", "FollowCode").objects.filter(source_kind="petitions.together")
    codes.exclude(source_id__in=standing).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0018_series_source_and_head'),
        ('foundation', '0007_public_words'),
        ('petitions', '0014_online_visits'),
    ]

    operations = [
        migrations.CreateModel(
            name='TogetherAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('slip', models.CharField(max_length=20, unique=True)),
                ('email', models.BinaryField(default=b'', editable=False)),
                ('key', models.ForeignKey(null=True, on_delete=models.deletion.PROTECT, related_name='+', to='foundation.datakey')),
                ('public', models.ForeignKey(on_delete=models.deletion.CASCADE, related_name='together_addresses', to='petitions.publicpetition')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.RunPython(erase_codes_of_nothing, migrations.RunPython.noop),
    ]
