import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0002_rest_of_the_register'),
    ]

    operations = [
        migrations.AlterField(
            model_name='reach',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reached_by', to='organisations.unit'),
        ),
    ]
