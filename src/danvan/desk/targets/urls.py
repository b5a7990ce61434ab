from django.urls import path

from danvan.desk.targets import views

urlpatterns = [
    path("", views.board, name="targets"),
    path("tai-excel/", views.board_workbook, name="targets-workbook"),
    path("<int:pk>/", views.target, name="target"),
    path("<int:pk>/tai-excel/", views.target_workbook, name="target-workbook"),
    path("<int:pk>/don-vi/<int:unit>/", views.unit, name="target-unit"),
]
