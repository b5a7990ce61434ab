from django.urls import path

from danvan.desk.board import views

urlpatterns = [
    path("", views.board, name="board"),
    path("tai-ve/", views.board_workbook, name="board-workbook"),
    path("viec/", views.due, name="board-due"),
    path("giai-trinh/", views.ask, name="board-ask"),
]
