import re
from enum import StrEnum
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter

from danvan.foundation import plain_migrations
from danvan.foundation.clock import today
from danvan.foundation.plain_migrations import PlainAutodetector

pytestmark = pytest.mark.django_db


class Kind(StrEnum):
    ONE = "one"


Kind.__module__ = "danvan.things.enums"


class Manager(models.Manager):
    use_in_migrations = True


Manager.__module__ = "danvan.things.models"


class Mixin:
    pass


Mixin.__module__ = "danvan.things.models"


def check(value):
    return None


check.__module__ = "danvan.things.models"


def state():
    """A model full of what must not reach a migration."""
    return ModelState(
        "things",
        "Thing",
        [
            ("id", models.BigAutoField("Số", primary_key=True)),
            (
                "kind",
                models.CharField(
                    "Loại",
                    max_length=9,
                    choices=[("one", "Một")],
                    default=Kind.ONE,
                    help_text="Chọn loại",
                    validators=[check],
                    error_messages={"blank": "Thiếu loại"},
                ),
            ),
            ("on", models.DateField("Ngày", default=today)),
            ("count", models.IntegerField(default=3)),
        ],
        options={
            "verbose_name": "Vật",
            "verbose_name_plural": "Các vật",
            "ordering": ["pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(count__gt=0),
                    name="count_above_zero",
                    violation_error_message="Số phải lớn hơn 0",
                    violation_error_code="low",
                )
            ],
        },
        bases=(Mixin, models.Model),
        managers=[("objects", Manager())],
    )


def written(from_state, to_state):
    project = [ProjectState(), ProjectState()]
    for one, model in zip(project, (from_state, to_state), strict=True):
        if model is not None:
            one.add_model(model)
    changes = PlainAutodetector(*project)._detect_changes()
    operations = changes["things"][0].operations if changes else []
    migration = type("Migration", (migrations.Migration,), {"operations": operations})
    return MigrationWriter(migration("0001_initial", "things"), include_header=False).as_string()


def test_labels_choices_and_our_code_stay_out_of_migrations():
    text = written(None, state())
    assert "danvan" not in text
    assert not re.search("[À-ỹ]", text)
    for word in (
        "verbose_name",
        "choices",
        "help_text",
        "validators",
        "error_messages",
        "managers",
    ):
        assert word not in text
    assert "default='one'" in text
    assert "default=3" in text
    assert "'on', models.DateField()" in text
    assert "count_above_zero" in text


def test_a_changed_label_is_no_change():
    other = state()
    other.options["verbose_name"] = "Thứ khác"
    other.fields["kind"].verbose_name = other.fields["kind"]._verbose_name = "Kiểu"
    other.fields["kind"].choices = [("one", "Một"), ("two", "Hai")]
    assert "operations = [\n    ]" in written(state(), other)


def test_the_migrations_of_this_floor_are_up_to_date_and_plain():
    out = StringIO()
    call_command("makemigrations", "foundation", "--check", "--dry-run", stdout=out)
    assert "No changes detected" in out.getvalue()
    folder = Path(apps.get_app_config("foundation").path) / "migrations"
    ours = re.compile(r"^\s*(?:from|import) (?:danvan|config)|verbose_name|help_text", re.MULTILINE)
    assert [one.name for one in folder.glob("0*.py") if ours.search(one.read_text())] == []


def test_a_migration_must_have_a_name():
    with pytest.raises(CommandError, match="name"):
        call_command("makemigrations", "foundation")


def test_the_first_migration_can_be_written_anew(monkeypatch, tmp_path):
    path = tmp_path / "0001_initial.py"
    monkeypatch.setattr(plain_migrations.MigrationWriter, "path", str(path))
    out = StringIO()
    call_command("makemigrations", "topics", "-n", "initial", stdout=out)
    assert str(path) in out.getvalue()
    now = Path(apps.get_app_config("topics").path) / "migrations" / "0001_initial.py"
    assert len(path.read_text().split()) == len(now.read_text().split())
