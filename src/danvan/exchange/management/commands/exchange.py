from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from danvan.exchange.counterparts import Counterparts, read_counterparts, write_counterparts
from danvan.exchange.exports import DataValueSets, plain_csv, sdmx_csv
from danvan.exchange.selectors.requests import read_request
from danvan.exchange.services import import_metadata, import_values
from danvan.exchange.services.metadata import LEVELS
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Every
from danvan.indicators.enums import Approval
from danvan.organisations.enums import Level
from danvan.vietnamese.dates import parse_date
from danvan.vietnamese.numbers import format_number


class Command(BaseCommand):
    help = "Trao đổi số liệu bằng tệp: dhis2-metadata nhận đơn vị và chỉ tiêu, dhis2-values nhận số liệu, export xuất số liệu."

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
        export = acts.add_parser(
            "export",
            help="xuất số liệu ra tệp: sdmx (SDMX-CSV 2.0), csv, dhis2 (dataValueSets JSON)",
        )
        export.add_argument("file", type=Path, help="tệp sẽ ghi; tệp đang có thì bị thay")
        export.add_argument("--format", choices=["sdmx", "csv", "dhis2"], default="sdmx")
        export.add_argument("--from", dest="since", required=True, help="từ tháng, ví dụ 2026-01")
        export.add_argument(
            "--to", dest="until", required=True, help="đến hết tháng, ví dụ 2026-12"
        )
        export.add_argument(
            "--indicator", action="append", default=[],
            help="mã số liệu (nhắc lại được); bỏ trống là mọi số liệu",
        )  # fmt: skip
        export.add_argument("--under", default="", help="mã địa bàn; bỏ trống là tất cả")
        export.add_argument(
            "--rolled", action="store_true",
            help="số tổng hợp của địa bàn ấy và các địa bàn trực thuộc, thay cho số từng đơn vị đã gửi",
        )  # fmt: skip
        export.add_argument(
            "--every", choices=list(Every), default=Every.MONTH, help="kỳ của số tổng hợp"
        )
        export.add_argument(
            "--reading", default="", help="cách đọc số tổng hợp: khi-do, hom-nay hoặc một ngày"
        )
        export.add_argument(
            "--level", type=int, choices=list(Approval.values), default=Approval.SENT,
            help="chỉ số đã duyệt từ mức này: 1 đã gửi, 2 đã duyệt qua từng cấp, 3 đã chấp nhận, 4 đã chốt",
        )  # fmt: skip
        export.add_argument("--table", type=Path, help="bảng đối chiếu (CSV), cần cho dhis2")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        acts = {
            "dhis2-metadata": self._metadata,
            "dhis2-values": self._values,
            "export": self._export,
        }
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

    def _export(self, options: dict[str, Any]) -> None:
        try:
            asked = read_request(
                since=options["since"],
                until=options["until"],
                indicators=options["indicator"],
                under=options["under"],
                rolled=options["rolled"],
                every=options["every"],
                reading=options["reading"],
                level=options["level"],
            )
        except ValueError as wrong:
            raise CommandError(str(wrong)) from wrong
        place: Path = options["file"]
        if options["format"] != "dhis2":
            pieces = {"sdmx": sdmx_csv, "csv": plain_csv}[options["format"]](asked.observations())
            lines = _write(place, pieces)
            self.stdout.write(f"Đã ghi {format_number(lines - 1)} số liệu vào {place}.")
            return
        if options["table"] is None or options["rolled"]:
            raise CommandError(
                "Tệp DHIS2 cần --table và chỉ gồm số từng đơn vị đã gửi; đồng chí vui lòng bỏ --rolled."
            )
        sets = DataValueSets(_read_table(options["table"]))
        _write(place, sets.pieces(asked.observations()))
        self.stdout.write(
            f"Đã ghi {format_number(sets.written)} giá trị vào {place}. Không ghi: "
            f"{format_number(sets.missing)} không có số liệu, "
            f"{format_number(sets.unknown)} không có trong bảng đối chiếu."
        )


def _write(place: Path, pieces: Iterable[str]) -> int:
    """Write a file whole or not at all; how many pieces it took."""
    beside = place.with_name(f"{place.name}.part")
    count = 0
    try:
        with beside.open("w", encoding="utf-8", newline="") as out:
            for piece in pieces:
                out.write(piece)
                count += 1
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
    return count


def _read(files: list[Path]) -> list[tuple[str, bytes]]:
    for file in files:
        if not file.is_file():
            raise CommandError(f"Không có tệp {file}. Đồng chí vui lòng kiểm tra đường dẫn.")
    return [(file.name, file.read_bytes()) for file in files]


def _read_table(place: Path) -> Counterparts:
    return read_counterparts(_read([place])[0][1], place.name)
