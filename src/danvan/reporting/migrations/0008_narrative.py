import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0003_search_index'),
        ('reporting', '0007_kinds_and_tables'),
    ]

    operations = [
        migrations.AddField(
            model_name='formitem',
            name='carried',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='formitem',
            name='pattern',
            field=models.CharField(blank=True, default='', max_length=2000),
        ),
        migrations.AddField(
            model_name='sheetdrop',
            name='emptied_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='submission',
            name='behalf',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='submission',
            name='carried',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='submission',
            name='cited',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name='sheetdrop',
            name='package',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile'),
        ),
    ]
