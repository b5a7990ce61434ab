from django.urls import path

from danvan.petitions.views import figures

app_name = "petition_figures"
urlpatterns = [
    path("", figures.figures_page, name="figures"),
    path("danh-sach/", figures.records, name="records"),
    path("danh-sach/tai-excel/", figures.records_sheet, name="records-sheet"),
    path("bieu-dinh-ky/", figures.periodic_page, name="periodic"),
    path("bieu-dinh-ky/tai-excel/", figures.periodic_sheet, name="periodic-sheet"),
    path("bieu-dinh-ky/tai-word/", figures.periodic_word, name="periodic-word"),
]
