from django.urls import path

from danvan.desk.exporting import views

urlpatterns = [
    path("", views.export, name="export"),
    path("tep/", views.export_file, name="export-file"),
]
