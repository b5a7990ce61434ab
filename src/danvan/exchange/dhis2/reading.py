"""What the readers of DHIS2's files share: a text as JSON, and plain words out of what may be anything."""

import json
from typing import Any

from danvan.foundation.errors import RuleError


def read_text(content: bytes, name: str) -> str:
    """The text of a file in UTF-8, with or without a mark at its beginning; RuleError where it is not."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RuleError(
            f"Tệp {name} không phải là văn bản UTF-8. Đồng chí vui lòng xuất lại từ DHIS2."
        ) from None


def read_object(text: str, name: str) -> dict[str, Any]:
    """The JSON object that a file holds; RuleError where it holds something else."""
    try:
        found = json.loads(text, parse_float=str, parse_int=str)
    except (json.JSONDecodeError, RecursionError) as wrong:
        line = f", dòng {wrong.lineno}" if isinstance(wrong, json.JSONDecodeError) else ""
        raise RuleError(
            f"Tệp {name} không đọc được dạng JSON{line}. Đồng chí vui lòng xuất lại từ DHIS2."
        ) from None
    if not isinstance(found, dict):
        raise RuleError(f"Tệp {name} không phải tệp của DHIS2: phải là một đối tượng JSON.")
    return found


def words(value: Any) -> str:
    """What a field says, as one line; empty where it is absent or not plain."""
    if type(value) is str:  # nearly all are
        return " ".join(value.split())
    if value is None or isinstance(value, (dict, list)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(str(value).split())


def objects(holder: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects in a list of a file; whatever else is in it is passed over."""
    found = holder.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def reference(holder: dict[str, Any], key: str) -> str:
    """The id of another object that a field names."""
    found = holder.get(key)
    return words(found.get("id")) if isinstance(found, dict) else ""
