from django.urls import path

from danvan.desk.duties import views

urlpatterns = [
    path("", views.matrix, name="duties"),
    path("tai-excel/", views.matrix_workbook, name="duties-workbook"),
    path("them/", views.add, name="duty-add"),
    path("<int:pk>/", views.edit, name="duty"),
    path("<int:pk>/ket-thuc/", views.end, name="duty-end"),
    path("tu-van-ban/<int:pk>/", views.from_document, name="duties-from"),
]
