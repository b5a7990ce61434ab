from django.urls import path

from danvan.desk.register.views import differing, standing, tree, villages

urlpatterns = [
    path("", tree.tree, name="register"),
    path("tim/", tree.find, name="find-units"),
    path("tai-excel/", differing.register_workbook, name="register-workbook"),
    path("khac-nhau/", differing.differing, name="register-differing"),
    path("khac-nhau/tai-excel/", differing.differing_workbook, name="register-differing-workbook"),
    path("<int:pk>/", tree.card, name="unit"),
    path("<int:pk>/thon/", villages.villages, name="villages"),
    path("<int:pk>/thon/tai-excel/", villages.villages_workbook, name="villages-workbook"),
    path("<int:pk>/thon/nhap/", villages.bring_in, name="villages-import"),
    path("<int:pk>/thon/nhap/tep-mau/", villages.blank, name="villages-blank"),
    path("<int:pk>/ghi/<str:what>/", standing.record_standing, name="unit-record"),
    path("<int:pk>/ghi/<str:what>/<int:row>/", standing.end_standing, name="unit-end"),
]
