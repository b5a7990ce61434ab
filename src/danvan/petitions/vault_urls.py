from django.urls import path

from danvan.petitions.views import vault

app_name = "vault"
urlpatterns = [
    path("", vault.case_list, name="list"),
    path("nhan/", vault.enter, name="enter"),
    path("tu-don/<int:pk>/", vault.move_in, name="move-in"),
    path("bao-ve/", vault.readings, name="readings"),
    path("so-theo-doi/", vault.register, name="register"),
    path("<uuid:uuid>/", vault.card, name="card"),
    path("<uuid:uuid>/mo/", vault.open_sealed, name="open"),
    path("<uuid:uuid>/viec/<slug:slug>/", vault.act, name="act"),
    path("<uuid:uuid>/them/<slug:slug>/", vault.beside, name="beside"),
    path("<uuid:uuid>/tep/<int:place>/", vault.read_file, name="file"),
    path("<uuid:uuid>/giao/<int:place>/", vault.task_done, name="task-done"),
    path("<uuid:uuid>/bao-ve/<int:place>/<slug:slug>/", vault.guard, name="guard"),
]
