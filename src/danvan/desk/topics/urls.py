from django.urls import path

from danvan.desk.topics import views

urlpatterns = [
    path("", views.topics, name="topics"),
    path("tim/", views.find, name="find-topics"),
    path("moi/", views.add, name="topic-add"),
    path("<int:pk>/", views.topic, name="topic"),
    path("<int:pk>/doi-ten/", views.rename, name="topic-rename"),
    path("<int:pk>/chuyen/", views.move, name="topic-move"),
    path("<int:pk>/ten-khac/", views.aliases, name="topic-aliases"),
    path("<int:pk>/ket-thuc/", views.end, name="topic-end"),
    path("<int:pk>/mo-lai/", views.take_back, name="topic-take-back"),
]
