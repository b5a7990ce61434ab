from django.urls import path

from danvan.news import views

app_name = "news"
urlpatterns = [
    path("", views.article_list, name="list"),
    path("viet/", views.write, name="write"),
    path("<int:pk>/", views.card, name="card"),
    path("<int:pk>/sua/", views.rewrite, name="rewrite"),
    path("<int:pk>/anh/", views.add_picture, name="add-picture"),
    path("<int:pk>/anh/<int:picture>/", views.picture, name="picture"),
    path("<int:pk>/am-thanh/", views.add_sound, name="add-sound"),
    path("<int:pk>/viet/<slug:slug>/", views.act, name="act"),
    path("<int:pk>/duyet/<slug:slug>/", views.act_approving, name="act-approving"),
]
