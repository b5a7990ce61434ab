from django.urls import path

from danvan.desk.numbers.views import changing, opening

urlpatterns = [
    path("", opening.number, name="number"),
    path("tai-ve/", opening.number_workbook, name="number-workbook"),
    path("thay-doi/", changing.number_changes, name="number-changes"),
    path("thay-doi/tai-ve/", changing.changes_workbook, name="number-changes-workbook"),
]
