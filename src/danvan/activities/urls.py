from django.urls import path

from danvan.activities import views

app_name = "activities"
urlpatterns = [
    path("", views.activity_list, name="list"),
    path("tai-excel/", views.list_sheet, name="list-sheet"),
    path("ghi/", views.record, name="record"),
    path("nhap-excel/", views.import_sheet, name="import"),
    path("nhap-excel/tep-mau/", views.blank, name="blank-sheet"),
    path("<int:pk>/", views.card, name="card"),
    path("<int:pk>/minh-chung/", views.add_evidence, name="add-evidence"),
    path("<int:pk>/minh-chung/<int:evidence>/", views.download, name="evidence"),
    path("<int:pk>/rut/", views.withdraw, name="withdraw"),
]
