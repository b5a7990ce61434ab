from django.urls import path

from danvan.desk.numbers import views

urlpatterns = [
    path("", views.number, name="number"),
    path("tai-ve/", views.number_workbook, name="number-workbook"),
]
