import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_registers'),
        ('foundation', '0003_search_index'),
        ('organisations', '0002_rest_of_the_register'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='bearer',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('bearer__isnull', False)), fields=['bearer', 'stage'], name='document_by_bearer'),
        ),
    ]
