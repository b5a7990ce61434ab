from django.urls import URLPattern, URLResolver, path

from danvan.notifications import views

app_name = "notifications"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.notice_list, name="list"),
    path("da-doc/", views.read_all, name="read-all"),
    path("cach-nhan/", views.preferences, name="preferences"),
    path("<int:pk>/", views.open_notice, name="open"),
    path("<int:pk>/da-doc/", views.read, name="read"),
]
