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
    path("cua-toi/bao-mat/", views.security, name="security"),
    path("cua-toi/bao-mat/ung-dung/", views.totp, name="totp"),
    path("cua-toi/bao-mat/ma-du-phong/", views.codes, name="codes"),
    path("cua-toi/bao-mat/khoa/", views.passkey_add, name="passkey-add"),
    path("cua-toi/bao-mat/khoa/<int:pk>/", views.passkey_rename, name="passkey-rename"),
    path("cua-toi/bao-mat/<int:pk>/go/", views.factor_remove, name="factor-remove"),
    path("cua-toi/xac-nhan/", views.confirm, name="confirm"),
    path("cua-toi/phien-quan-tri/", views.elevate, name="elevate"),
    path("cua-toi/phien-quan-tri/dong/", views.close_elevated, name="close-elevated"),
    path("<int:pk>/", views.user, name="user"),
    path("<int:pk>/cap-quyen/", views.grant, name="grant"),
    path("<int:pk>/mat-khau/", views.password, name="password"),
    path("<int:pk>/go-xac-thuc/", views.take_factors, name="take-factors"),
    path("<int:pk>/khoa/", views.block, name="block"),
    path("<int:pk>/mo-khoa/", views.unblock, name="unblock"),
    path("quyen/<int:pk>/ket-thuc/", views.end, name="end"),
]
