import re
import unicodedata

from django.db import migrations

# As the index was written when this was: words in lower case, and without tones and marks. No name is long enough
# to need more than one part.
_WORD = re.compile(r"\w+")


def words_of(text):
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).lower().replace("_", " ")))


def folded(text):
    loose = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(letter for letter in loose if unicodedata.category(letter) != "Mn")


def make_findable(apps, schema_editor):
    """The indicators that were defined before the catalogue could be searched, by the words of their newest version."""
    SearchText = apps.get_model("foundation", "SearchText")
    found = SearchText.objects.filter(model="indicators.indicator").values("object_id")
    newest = {}
    versions = apps.get_model("indicators", "IndicatorVersion").objects.exclude(indicator__in=found)
    for version in versions.select_related("indicator").order_by("indicator_id", "number"):
        words = f"{version.indicator.code} {version.name} {version.definition}"
        newest[version.indicator_id] = words_of(words)
    SearchText.objects.bulk_create(
        SearchText(
            model="indicators.indicator", object_id=pk, part=0, accented=words, folded=folded(words)
        )
        for pk, words in newest.items()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0008_approved_on_the_way"),
        ("foundation", "0003_search_index"),
    ]

    operations = [migrations.RunPython(make_findable, migrations.RunPython.noop)]
