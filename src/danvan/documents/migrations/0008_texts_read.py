from django.db import migrations, models

REGISTERS = [("incoming", "Văn bản đến"), ("outgoing", "Văn bản đi"), ("reading", "Văn bản đưa vào đọc")]


class Migration(migrations.Migration):
    """Texts that were only brought to be read: a third place beside the two registers. No column changes."""

    dependencies = [("documents", "0007_sessions_and_reviews")]

    operations = [
        migrations.AlterField(
            model_name=name,
            name="direction",
            field=models.CharField(choices=REGISTERS, max_length=8, verbose_name="sổ"),
        )
        for name in ("document", "registergap")
    ]
