from django.urls import path

from danvan.desk.register import views

urlpatterns = [
    path("", views.tree, name="register"),
    path("tim/", views.find, name="find-units"),
    path("<int:pk>/", views.card, name="unit"),
]
