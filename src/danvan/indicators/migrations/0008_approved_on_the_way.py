from django.db import migrations

# 1 sent, 2 accepted, 3 locked become 1 sent, 2 passed on the way, 3 accepted, 4 locked. Moved from the top
# down, and back from the bottom up, so that no cell ever stands where another one is.
UP = (
    "UPDATE indicators_value SET level = 4 WHERE level = 3",
    "UPDATE indicators_value SET level = 3 WHERE level = 2",
    "UPDATE indicators_cubecell SET level = 4 WHERE level = 3",
    "UPDATE indicators_cubecell SET level = 3 WHERE level = 2",
    # What is accepted stands above what was passed: the sums are the same as long as nothing waits between.
    (
        "INSERT INTO indicators_cubecell (indicator_id, unit_id, first, level, whole, millionths, units, asked) "
        "SELECT indicator_id, unit_id, first, 2, whole, millionths, units, asked "
        "FROM indicators_cubecell WHERE level = 3"
    ),
)
DOWN = (
    "DELETE FROM indicators_cubecell WHERE level = 2",
    "UPDATE indicators_cubecell SET level = 2 WHERE level = 3",
    "UPDATE indicators_cubecell SET level = 3 WHERE level = 4",
    "UPDATE indicators_value SET level = 1 WHERE level = 2",  # passed is sent, as far as was known before
    "UPDATE indicators_value SET level = 2 WHERE level = 3",
    "UPDATE indicators_value SET level = 3 WHERE level = 4",
)


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0007_scales'),
    ]

    operations = [migrations.RunSQL(list(UP), list(DOWN))]
