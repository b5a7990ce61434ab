"""Rows of any table that name units which are to be unfounded: what must be settled before an undoing."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Count

from danvan.foundation.errors import Fault
from danvan.organisations.holding import all_holders
from danvan.organisations.models import Reorganisation, Unit
from danvan.vietnamese.numbers import format_number

# What the rows of the register's own tables are called.
WORDS = {
    "assignment": "phân công phụ trách", "committeeterm": "nhiệm kỳ", "duty": "nhiệm vụ theo quy chế",
    "dutyshare": "vai trò trong nhiệm vụ", "handover": "bàn giao", "lineage": "quan hệ kế thừa",
    "mandate": "nhiệm vụ của tổ chức lâm thời", "post": "chức danh", "unitcode": "mã đơn vị",
    "unitflag": "vùng khó khăn, biên giới, hải đảo", "unitlink": "quan hệ tham mưu, phối hợp",
    "unitmark": "ký hiệu, con dấu", "unitsize": "quy mô dân số", "unitversion": "đơn vị, tổ chức bên dưới",
    "reorganisation": "lần sắp xếp khác", "passing": "dự thảo sắp xếp khác", "change": "dự thảo sắp xếp khác",
    "newunit": "dự thảo sắp xếp khác",
}  # fmt: skip


def remaining_rows(founded: Collection[int], names: dict[int, str]) -> list[Fault]:
    """A sentence for every sort of row that names a founded unit: which, how many, what to do.

    Called when the reorganisation's own rows are gone. One query for each column that names units.
    """
    if not founded:
        return []
    counts: dict[str, int] = {}
    units: dict[str, set[int]] = {}
    told = [(holder.label, holder.count_rows(founded)) for holder in all_holders()]
    known = {getattr(holder, "model", None) for holder in all_holders()}
    for label, by_unit in [*told, *_in_tables(founded, known)]:
        if by_unit:
            counts[label] = counts.get(label, 0) + sum(by_unit.values())
            units.setdefault(label, set()).update(by_unit)
    return [
        Fault(
            f"Còn {format_number(count)} {label} gắn với"
            f" {', '.join(sorted(names.get(unit, str(unit)) for unit in units[label]))}. Đồng chí vui lòng chuyển hoặc bỏ"
            " trước khi hoàn tác."
        )
        for label, count in counts.items()
    ]


def _in_tables(founded: Collection[int], known: set[Any]) -> Iterator[tuple[str, dict[int, int]]]:
    """Rows by the foreign keys to units, of all modules, but for models that a holder counts."""
    relations: list[Any] = Unit._meta.get_fields(include_hidden=True)
    for relation in relations:
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        model: Any = relation.related_model
        if model in known:
            continue
        column = relation.field.attname
        rows = model.objects.filter(**{f"{column}__in": founded})
        by_unit = dict(rows.order_by().values_list(column).annotate(count=Count("pk")))
        if by_unit:
            yield _label(model), by_unit


def _label(model: Any) -> str:
    if model._meta.app_label == Reorganisation._meta.app_label:
        return WORDS.get(model._meta.model_name, "dòng khác")
    return f"dòng ở bảng {model._meta.db_table}"
