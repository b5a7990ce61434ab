from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0005_targets_of_figures'),
        ('reporting', '0006_exemptions'),
    ]

    operations = [
        migrations.AddField(
            model_name='form',
            name='kinds',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='formdraft',
            name='kinds',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='formitem',
            name='column',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='formitem',
            name='kinds',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='formitem',
            name='row',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='formsection',
            name='columns',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='formsection',
            name='kinds',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='formsection',
            name='rows',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='obligation',
            name='kind',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddConstraint(
            model_name='formitem',
            constraint=models.UniqueConstraint(fields=('section', 'row', 'column'), name='item_cell_once'),
        ),
        migrations.AddConstraint(
            model_name='formitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('column', None), ('row', None)), models.Q(('column__isnull', False), ('row__isnull', False)), _connector='OR'), name='item_cell_has_row_and_column'),
        ),
    ]
