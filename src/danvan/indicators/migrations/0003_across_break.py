from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0002_measures"),
    ]

    operations = [
        migrations.AddField(
            model_name="indicatorversion",
            name="at_break",
            field=models.CharField(default="share", max_length=8),
        ),
    ]
