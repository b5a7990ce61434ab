"""Components escape what they are given, keep their words beside their colours, and name themselves."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import engines
from django_cotton.compiler_regex import CottonCompiler

from danvan.foundation.lists import Page

EVIL = "<i>\"'&"
SAFE = "&lt;i&gt;&quot;&#x27;&amp;"


def rendered(source, **context):
    source = "{% load danvan %}" + CottonCompiler().process(source)
    return " ".join(engines["django"].from_string(source).render(context).split())


class Letter(forms.Form):
    symbol = forms.CharField(label="Số, ký hiệu", help_text="Ghi như trên văn bản.")
    kind = forms.ChoiceField(label="Loại", choices=[("", "Chọn loại"), ("NQ", "Nghị quyết")])
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)
    file = forms.FileField(label="Tệp")
    read = forms.BooleanField(label="Đọc ngay", required=False)
    levels = forms.MultipleChoiceField(
        label="Cấp", choices=[("a", "Tỉnh"), ("b", "Xã")], widget=forms.CheckboxSelectMultiple
    )
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.mark.parametrize(
    "source",
    [
        "<c-state>{{ words }}</c-state>",
        "<c-figure>{{ words }}</c-figure>",
        '<c-figure href="{{ words }}">71</c-figure>',
        '<c-figure :href="words">71</c-figure>',
        '<c-alert title="{{ words }}">x</c-alert>',
        "<c-alert>{{ words }}</c-alert>",
        '<c-card title="{{ words }}">x</c-card>',
        '<c-card :title="words" :count="words" :note="words">x</c-card>',
        '<c-empty :title="words">x</c-empty>',
        '<c-table :label="words">x</c-table>',
        '<c-tabs label="{{ words }}">x</c-tabs>',
        '<c-tile :label="words" :count="words" :note="words" :href="words" />',
        '<c-drawer :title="words" :crumb="words" :close="words">x</c-drawer>',
        '<c-icon name="check" :label="words" />',
        '<c-bulk label="{{ words }}">x</c-bulk>',
        '<c-key data-key="{{ words }}">x</c-key>',
    ],
)
def test_no_component_lets_markup_through(source):
    html = rendered(source, words=EVIL)
    assert "<i>" not in html
    assert SAFE in html


def test_an_icon_is_decoration_until_it_has_a_label():
    assert rendered('<c-icon name="check" />') == (
        '<svg class="icon" aria-hidden="true"><use href="/static/dist/icons.svg#check"/></svg>'
    )
    assert 'role="img" aria-label="Đạt"' in rendered('<c-icon name="check" label="Đạt" />')


@pytest.mark.parametrize(
    ("tone", "icon"),
    [
        ("red", "alert-triangle"),
        ("orange", "eye"),
        ("green", "circle-check"),
        ("grey", "circle-dashed"),
        ("gold", "award"),
    ],
)
def test_a_state_has_a_colour_an_icon_and_a_word(tone, icon):
    html = rendered(f'<c-state tone="{tone}">Quá hạn</c-state>')
    assert f'class="dv-state dv-{tone}"' in html
    assert f"#{icon}" in html
    assert "Quá hạn</span>" in html


def test_a_figure_opens_where_it_has_an_address():
    assert rendered('<c-figure href="/chi-tieu/1/">71/130</c-figure>').startswith(
        '<a class="dv-fig" href="/chi-tieu/1/"'
    )
    assert rendered("<c-figure>71/130</c-figure>").startswith('<span class="dv-fig-plain"')
    assert "dv-est" in rendered('<c-figure estimated="1">71</c-figure>')


def test_a_card_is_named_by_its_title_and_keeps_a_count_of_nought():
    html = rendered('<c-card title="Việc" :count="count" id="viec">x</c-card>', count=0)
    assert 'aria-labelledby="viec"' in html
    assert '<h2 id="viec">Việc <span class="dv-count">0</span></h2>' in html
    footed = rendered('<c-card title="Việc">x<c-slot name="foot">Xem đủ</c-slot></c-card>')
    assert "<footer>Xem đủ</footer>" in footed


def test_a_field_ties_label_help_and_fault_to_its_control():
    html = rendered('<c-field :field="field" />', field=Letter({"symbol": ""})["symbol"])
    assert '<label for="id_symbol">Số, ký hiệu</label>' in html
    assert 'aria-describedby="id_symbol_helptext id_symbol_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<p class="dv-note" id="id_symbol_helptext">Ghi như trên văn bản.</p>' in html
    assert 'id="id_symbol_error"' in html
    assert "Đồng chí vui lòng điền mục này." in html


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("kind", ['<select name="kind" class="form-select"']),
        ("note", ["<textarea", 'class="form-control"', "không bắt buộc"]),
        ("file", ['<div class="dv-upload" data-upload>', 'type="file"', "data-upload-note"]),
        ("read", ['<label for="id_read"><input type="checkbox"', "<span>Đọc ngay</span></label>"]),
        ("levels", ["<fieldset", "<legend>Cấp</legend>", 'type="checkbox"']),
        ("secret", ['<input type="hidden" name="secret"']),
    ],
)
def test_each_kind_of_field_is_laid_out_in_its_own_way(name, parts):
    html = rendered('<c-field :field="field" />', field=Letter()[name])
    assert [part for part in parts if part not in html] == []
    assert (
        rendered('<c-upload :field="field" />', field=Letter()["file"]).count("data-upload>") == 1
    )


def test_a_filter_keeps_its_values_and_can_be_cleared():
    form = Letter({"symbol": "04-NQ/TU", "kind": "NQ"})
    html = rendered('<c-filter :form="form" action="/van-ban/" clear="/van-ban/" />', form=form)
    assert '<form class="dv-filter" method="get" action="/van-ban/"' in html
    assert 'value="04-NQ/TU"' in html
    assert '<option value="NQ" selected>' in html
    assert '<a class="dv-filter-clear" href="/van-ban/">Bỏ lọc</a>' in html


@pytest.mark.parametrize(
    ("part", "whole", "width"),
    [(71, 130, 54), (0, 130, 0), (129, 130, 99), (130, 130, 100), (1, 1000, 1), (5, 0, 0), (5, None, 0), (200, 130, 100)],
)  # fmt: skip
def test_a_bar_is_filled_by_its_share_and_full_only_when_whole(part, whole, width):
    html = rendered('<c-bar :part="part" :whole="whole" tone="red" />', part=part, whole=whole)
    assert f'<rect class="dv-bar-red" width="{width}" height="8"/>' in html
    assert 'aria-hidden="true"' in html


def page(**changes):
    given = {
        "rows": [1], "count": 312, "count_label": "312",
        "next_url_params": "q=a&sau=x", "previous_url_params": "", "first_url_params": "",
    }  # fmt: skip
    return Page(**(given | changes))


def test_the_pager_tells_how_many_and_leads_on():
    html = rendered('<c-pager :page="page" noun="văn bản" />', page=page())
    assert "Tất cả 312 văn bản" in html
    assert 'rel="next" href="?q=a&amp;sau=x"' in html
    assert 'rel="prev"' not in html
    last = page(next_url_params="", previous_url_params="truoc=y", first_url_params="q=a")
    html = rendered('<c-pager :page="page" />', page=last)
    assert 'rel="prev" href="?truoc=y"' in html
    assert "Về đầu" in html
    assert rendered('<c-pager :page="page" />', page=page(rows=[], next_url_params="")) == ""


def test_a_table_can_be_scrolled_by_keyboard_and_becomes_cards():
    html = rendered('<c-table label="Văn bản đến" cards="1"><tbody></tbody></c-table>')
    assert 'tabindex="0" role="region" aria-label="Văn bản đến"' in html
    assert '<table class="dv-table dv-cards" >' in html


def test_a_tile_is_a_link_only_where_it_opens_something():
    html = rendered(
        '<c-tile label="Quá hạn" :count="n" href="/x" note="6 ngày" tone="late" />', n=0
    )
    assert '<a class="td-tile is-late" href="/x"' in html
    assert "<b>0</b><small>6 ngày</small>" in html
    assert rendered('<c-tile label="Quá hạn" count="3" />').startswith(
        '<div class="td-tile is-info"'
    )


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{{ value|number }}", "1.234,5"),
        ("{{ nothing|number }}", "–"),
        ("{{ value|number:2 }}", "1.234,50"),
        ("{{ 71|share:130 }}", "71/130 = 54,6\u00a0%"),
        ("{{ nothing|share:130 }}", "–"),
        ("{{ 71|share:nothing }}", "71/chưa rõ tổng số"),
        ("{{ 71|share:'' }}", "71/chưa rõ tổng số"),
        ("{{ on|day }}", "05/03/2026"),
        ("{{ at|day }}", "06/03/2026"),
        ("{{ nothing|day }}", "–"),
        ("{{ at|moment }}", "02:30 06/03/2026"),
        ("{{ nothing|moment }}", "–"),
        ("{{ on|weekday }}", "thứ Năm, 05/03/2026"),
        ("{{ 'Lê Thị Hoài An'|initials }}", "HA"),
        ("{{ 'Ủy'|initials }}", "Ủ"),
        ("{{ ''|initials }}", ""),
        ("{{ nothing|hundredths:3 }}", "0"),
        ("{{ 'Ít nhất 1 buổi với MTTQ'|lowerfirst }}", "ít nhất 1 buổi với MTTQ"),
    ],
)
def test_values_are_written_as_they_are_here(source, words):
    values = {
        "value": Decimal("1234.5"),
        "nothing": None,
        "on": date(2026, 3, 5),
        "at": datetime(2026, 3, 5, 19, 30, tzinfo=UTC),
    }
    template = engines["django"].from_string("{% load danvan %}" + source)
    assert template.render(values) == words


def test_today_in_a_template_is_the_day_the_product_works_on(settings):
    settings.DANVAN_TODAY = date(2026, 12, 31)
    assert rendered("{% today as now %}{{ now|day }}") == "31/12/2026"


def test_the_address_keeps_its_filters_when_one_changes(rf):
    request = rf.get("/", {"q": "dan van", "loai": "NQ"})
    source = "{% load danvan %}{% with_params loai='' nam=2026 %}"
    html = engines["django"].from_string(source).render({}, request)
    assert html == "?q=dan+van&amp;nam=2026"
