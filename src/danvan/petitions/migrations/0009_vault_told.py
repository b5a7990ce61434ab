import django.db.models.deletion
from django.db import migrations, models

TABLE = "petitions_vaulttold"
REFUSAL = "what the vault told once is not told otherwise"


def add_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for act in ("update", "delete"):
            schema_editor.execute(
                f"create trigger {TABLE}_no_{act} before {act} on {TABLE} "
                f"begin select raise(abort, '{REFUSAL}'); end"
            )
        schema_editor.execute(
            f"create trigger {TABLE}_no_replace before insert on {TABLE} "  # noqa: S608
            f"when exists (select 1 from {TABLE} where id = new.id or (province_id = new.province_id "
            "and year = new.year and quarters = new.quarters)) "
            f"begin select raise(abort, '{REFUSAL}'); end"
        )
        return
    schema_editor.execute(
        "create function petitions_vault_told_refuse() returns trigger language plpgsql as "
        f"$$ begin raise exception '{REFUSAL}' using errcode = 'restrict_violation'; end $$"
    )
    schema_editor.execute(
        f"create trigger {TABLE}_no_change before update or delete or truncate on {TABLE} "
        "for each statement execute function petitions_vault_told_refuse()"
    )


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for act in ("update", "delete", "replace"):
            schema_editor.execute(f"drop trigger if exists {TABLE}_no_{act}")
        return
    schema_editor.execute(f"drop trigger {TABLE}_no_change on {TABLE}")
    schema_editor.execute("drop function petitions_vault_told_refuse()")


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0002_squashed_0003_rest_of_the_register'),
        ('petitions', '0008_letters_of_the_vault'),
    ]

    operations = [
        migrations.CreateModel(
            name='VaultTold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('quarters', models.PositiveSmallIntegerField()),
                ('cells', models.JSONField()),
                ('told_on', models.DateField()),
                ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['province', 'year', 'quarters'],
            },
        ),
        migrations.AddConstraint(
            model_name='vaulttold',
            constraint=models.UniqueConstraint(fields=('province', 'year', 'quarters'), name='vault_told_once'),
        ),
        migrations.AddConstraint(
            model_name='vaulttold',
            constraint=models.CheckConstraint(condition=models.Q(('quarters__gte', 1), ('quarters__lte', 4)), name='vault_told_quarters'),
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
