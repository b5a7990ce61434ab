from django.db import migrations
from django.utils import timezone


def into_sets(apps, schema_editor):
    """One setting for the rules of each form, by whom and when the audit says; drafts begin with those in force."""
    rules = apps.get_model("reporting", "FormRule")
    sets = apps.get_model("reporting", "FormRuleSet")
    entries = apps.get_model("foundation", "AuditEntry").objects.order_by("-pk")
    for form in apps.get_model("reporting", "Form").objects.order_by("pk").iterator():
        asked = rules.objects.filter(form=form)
        if not asked.exists():
            continue
        acts = ("reporting.set_form_rules", "reporting.define_form")
        entry = entries.filter(target=f"reporting.form:{form.pk}", action__in=acts).first()
        setting = sets.objects.create(
            form=form,
            since=form.valid_from.replace(day=1),
            set_by_id=entry.actor_id if entry else None,
            set_at=entry.at if entry else timezone.now(),
        )
        asked.update(rule_set=setting)
    for draft in apps.get_model("reporting", "FormDraft").objects.exclude(follows=None):
        draft.content["rules"] = [
            {
                "code": rule.code,
                "name": rule.name,
                "message": rule.message,
                "tree": rule.tree,
                "items": rule.items,
                "blocks": rule.severity == "blocks",
                "figures": rule.figures,
            }
            for rule in rules.objects.filter(form_id=draft.follows_id).order_by("position")
        ]
        draft.save(update_fields=["content"])


def out_of_sets(apps, schema_editor):
    """The rules set last are those of the form."""
    rules = apps.get_model("reporting", "FormRule")
    newest = {}
    for setting in apps.get_model("reporting", "FormRuleSet").objects.order_by("pk"):
        newest[setting.form_id] = setting.pk
    rules.objects.exclude(rule_set_id__in=newest.values()).delete()
    for form, setting in newest.items():
        rules.objects.filter(rule_set_id=setting).update(form_id=form)
    for draft in apps.get_model("reporting", "FormDraft").objects.all():
        draft.content.pop("rules", None)
        draft.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0001_initial"),
        ("reporting", "0010_rule_sets"),
    ]

    operations = [migrations.RunPython(into_sets, out_of_sets)]
