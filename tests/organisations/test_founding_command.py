from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from danvan.organisations.enums import STANDING, Level
from danvan.organisations.models import Unit
from danvan.organisations.selectors import organisations_at
from danvan.organisations.services import found_place
from tests.factories.province import Province, make_place

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)


@pytest.fixture
def places():
    country = make_place("Việt Nam", level=Level.COUNTRY, code="00")
    since = {"actor": None, "on": date(2020, 1, 1)}
    province = found_place(
        "Tỉnh Nghệ An", type_word="tỉnh", level=Level.PROVINCE, under=country.pk, code="40", **since
    )
    return [
        province,
        *(
            found_place(f"Xã {name}", type_word="xã", level=Level.COMMUNE, under=province, **since)
            for name in ("Môn Sơn", "Tri Lễ")
        ),
    ]


def found(*arguments):
    out = StringIO()
    call_command("register", "found", *arguments, stdout=out)
    return out.getvalue()


def test_every_place_of_the_province_gets_its_organisations(places):
    said = found("--under", "40", "--on", "01/07/2026")

    assert f"Đã lập {3 * len(STANDING)} tổ chức ở 3 địa bàn." in said
    for place in places:
        assert len(list(organisations_at([place], on=DAY))) == len(STANDING)


def test_one_kind_alone(places):
    found("--under", "40", "--on", "01/07/2026", "--kind", "front_committee")

    assert Unit.objects.filter(sort="organisation").count() == 3


@pytest.mark.parametrize(
    ("under", "on", "says"),
    [
        ("41", "01/07/2026", "Không có đơn vị nào mang mã “41”"),
        ("40", "31/02/2026", "31/02/2026"),
        ("40", "01/07/2019", "Không có đơn vị nào"),
    ],
)
def test_what_cannot_be_founded_is_refused_and_leaves_nothing(places, under, on, says):
    with pytest.raises(CommandError, match=says):
        found("--under", under, "--on", on)

    assert not Unit.objects.filter(sort="organisation").exists()


def test_founding_again_is_refused_with_every_fault():
    Province()
    with pytest.raises(CommandError, match="Chưa lập được tổ chức nào") as refused:
        found("--under", "40", "--on", "01/07/2026")

    assert str(refused.value).count("\n  - ") > 8
