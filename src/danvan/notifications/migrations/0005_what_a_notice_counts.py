from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0004_letters_to_who_follows'),
    ]

    operations = [
        migrations.AddField(
            model_name='notification',
            name='about',
            field=models.JSONField(blank=True, default=list),
        ),
    ]
