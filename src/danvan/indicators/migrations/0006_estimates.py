from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0005_targets_of_figures'),
        ('organisations', '0002_rest_of_the_register'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='value',
            index=models.Index(condition=models.Q(('current', True), ('origin', 'estimated')), fields=['first', 'indicator'], name='value_estimated'),
        ),
    ]
