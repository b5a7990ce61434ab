from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from danvan.exchange.counterparts import Counterparts, read_counterparts, write_counterparts
from danvan.exchange.services import import_metadata, import_values
from danvan.exchange.services.metadata import LEVELS
from danvan.foundation.errors import RuleError
from danvan.organisations.enums import Level
from danvan.vietnamese.dates import parse_date
from danvan.vietnamese.numbers import format_number

SHOWN = 40  # lines of a long list on the screen


class Command(BaseCommand):
    help = "Trao đổi số liệu bằng tệp: dhis2-metadata nhận đơn vị và chỉ tiêu, dhis2-values nhận số liệu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        metadata = acts.add_parser(
            "dhis2-metadata",
            help="nhận đơn vị, phần tử số liệu và chỉ số từ tệp metadata của DHIS2",
        )
        metadata.add_argument("files", nargs="+", type=Path, help="tệp JSON")
        metadata.add_argument(
            "--table", type=Path, required=True,
            help="bảng đối chiếu (CSV): đọc nếu đã có, rồi ghi lại với những gì vừa nhận",
        )  # fmt: skip
        metadata.add_argument(
            "--since", default="01/01/1970", help="có hiệu lực từ ngày, nếu tệp không nói"
        )
        metadata.add_argument(
            "--levels", default=",".join(LEVELS),
            help="cấp 1, 2, 3 ... của DHIS2 là cấp nào của sổ, ví dụ country,province,commune",
        )  # fmt: skip
        values = acts.add_parser(
            "dhis2-values", help="nhận số liệu từ tệp dataValueSets (JSON) hoặc CSV của DHIS2"
        )
        values.add_argument("files", nargs="+", type=Path, help="tệp JSON hoặc CSV")
        values.add_argument("--table", type=Path, required=True, help="bảng đối chiếu (CSV)")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        acts = {"dhis2-metadata": self._metadata, "dhis2-values": self._values}
        try:
            acts[act](options)
        except RuleError as refused:
            lines = [refused.message, *(f"  - {fault.message}" for fault in refused.faults)]
            raise CommandError("\n".join(lines)) from refused

    def _metadata(self, options: dict[str, Any]) -> None:
        try:
            since = parse_date(options["since"])
        except ValueError as wrong:
            raise CommandError(str(wrong)) from wrong
        levels = [level.strip() for level in options["levels"].split(",")]
        if unknown := [level for level in levels if level not in Level.values]:
            raise CommandError(f"Không có cấp “{unknown[0]}”; các cấp: {', '.join(LEVELS)}.")
        place: Path = options["table"]
        table = _read_table(place) if place.exists() else Counterparts()
        report = import_metadata(
            _read(options["files"]), table, actor=None, valid_from=since, levels=levels
        )
        place.write_text(write_counterparts(report.table), encoding="utf-8")
        self.stdout.write(
            f"Đơn vị: lập {format_number(report.units_founded)}, đã có {format_number(report.units_known)}. "
            f"Chỉ tiêu: lập {format_number(len(report.defined))}, đã có {format_number(len(report.known))}. "
            f"Không nhận: {format_number(len(report.left_out))}."
        )
        for one in report.left_out:
            self.stdout.write(f"  Không nhận {one.uid} {one.name}: {one.reason}")
        for note in report.notes:
            self.stdout.write(f"  Cần biết: {note}")
        for name, count in report.unread.items():
            self.stdout.write(f"  Không đọc: {name} ({format_number(count)})")
        self.stdout.write(f"Bảng đối chiếu: {place}")

    def _values(self, options: dict[str, Any]) -> None:
        table = _read_table(options["table"])
        report = import_values(_read(options["files"]), table, actor=None)
        self.stdout.write(
            f"Đã đọc {format_number(report.read)} giá trị: {format_number(report.new)} mới, "
            f"{format_number(report.changed)} thay bản mới, {format_number(report.deleted)} xóa, "
            f"{format_number(report.unchanged)} như cũ."
        )


def _read(files: list[Path]) -> list[tuple[str, bytes]]:
    for file in files:
        if not file.is_file():
            raise CommandError(f"Không có tệp {file}. Đồng chí vui lòng kiểm tra đường dẫn.")
    return [(file.name, file.read_bytes()) for file in files]


def _read_table(place: Path) -> Counterparts:
    return read_counterparts(_read([place])[0][1], place.name)
