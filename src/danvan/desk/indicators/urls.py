from django.urls import path

from danvan.desk.indicators.views import reading, setting

urlpatterns = [
    path("", reading.listing, name="indicators"),
    path("tai-excel/", reading.listing_workbook, name="indicators-workbook"),
    path("lap/", setting.add, name="indicator-add"),
    path("cach-chia/", setting.breakdown_list, name="breakdowns"),
    path("cach-chia/<int:pk>/", setting.option, name="breakdown-option"),
    path("<int:pk>/", reading.card, name="indicator"),
    path("<int:pk>/cac-bac/", reading.steps, name="indicator-steps"),
    path("<int:pk>/phien-ban/", setting.redefine, name="indicator-redefine"),
    path("<int:pk>/ket-thuc/", setting.end, name="indicator-end"),
    path("<int:pk>/chia-nho/", setting.break_down, name="indicator-break-down"),
]
