from django.urls import path

from danvan.desk.targets.views import reading, setting

urlpatterns = [
    path("", reading.board, name="targets"),
    path("tai-excel/", reading.board_workbook, name="targets-workbook"),
    path("lap/", setting.add, name="target-add"),
    path("<int:pk>/", reading.target, name="target"),
    path("<int:pk>/tai-excel/", reading.target_workbook, name="target-workbook"),
    path("<int:pk>/sua-doi/", setting.amend, name="target-amend"),
    path("<int:pk>/ket-thuc/", setting.end, name="target-end"),
    path("<int:pk>/phan-bo/", setting.divide, name="target-divide"),
    path("<int:pk>/phan-giao/<int:unit>/", setting.share, name="target-share"),
    path("<int:pk>/don-vi/<int:unit>/", reading.unit, name="target-unit"),
]
