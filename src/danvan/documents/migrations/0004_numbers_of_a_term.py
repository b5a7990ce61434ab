from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0003_who_answers_now'),
        ('foundation', '0003_search_index'),
        ('organisations', '0002_rest_of_the_register'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='document',
            name='document_register_number_once',
        ),
        migrations.RemoveConstraint(
            model_name='registergap',
            name='register_gap_once',
        ),
        migrations.AddField(
            model_name='document',
            name='register_series',
            field=models.CharField(blank=True, editable=False, max_length=45),
        ),
        migrations.AddField(
            model_name='registergap',
            name='series',
            field=models.CharField(blank=True, editable=False, max_length=45),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('unit', 'direction', 'register_year', 'register_number', 'register_suffix', 'register_series'), name='document_register_number_once'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('register_series', ''), _negated=True), fields=('unit', 'register_series', 'register_number', 'register_suffix'), name='document_term_number_once'),
        ),
        migrations.AddConstraint(
            model_name='registergap',
            constraint=models.UniqueConstraint(fields=('unit', 'direction', 'year', 'series', 'first'), name='register_gap_once'),
        ),
    ]
