from django.urls import URLPattern, URLResolver, path

from danvan.accounts import views

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.users, name="users"),
    path("them/", views.create, name="create"),
    path("don-vi/", views.units, name="units"),
    path("cua-toi/", views.own, name="own"),
    path("cua-toi/<int:pk>/uy-quyen/", views.lend, name="lend"),
    path("cua-toi/<int:pk>/thu-hoi/", views.withdraw, name="withdraw"),
    path("<int:pk>/", views.user, name="user"),
    path("<int:pk>/cap-quyen/", views.grant, name="grant"),
    path("<int:pk>/mat-khau/", views.password, name="password"),
    path("<int:pk>/khoa/", views.block, name="block"),
    path("<int:pk>/mo-khoa/", views.unblock, name="unblock"),
    path("quyen/<int:pk>/ket-thuc/", views.end, name="end"),
]
