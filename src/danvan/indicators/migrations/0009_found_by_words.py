from django.db import migrations

from danvan.foundation.search import index_many


def make_findable(apps, schema_editor):
    """The indicators that were defined before the catalogue could be searched, by the words of their newest version."""
    Version = apps.get_model("indicators", "IndicatorVersion")
    SearchText = apps.get_model("foundation", "SearchText")
    found = SearchText.objects.filter(model="indicators.indicator").values("object_id")
    newest = {}
    versions = Version.objects.exclude(indicator__in=found).select_related("indicator")
    for version in versions.order_by("indicator_id", "number"):
        newest[version.indicator_id] = version
    index_many(
        (version.indicator, f"{version.indicator.code} {version.name} {version.definition}")
        for version in newest.values()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0008_approved_on_the_way"),
        ("foundation", "0003_search_index"),
    ]

    operations = [migrations.RunPython(make_findable, migrations.RunPython.noop)]
