from django.urls import path

from danvan.desk.law import views

urlpatterns = [
    path("", views.parameters, name="law"),
    path("<int:pk>/", views.parameter, name="law-parameter"),
    path("<int:pk>/sua/", views.set_parameter, name="law-parameter-set"),
    path("tinh-han/", views.deadline, name="law-deadline"),
    path("lich/", views.calendar, name="law-calendar"),
    path("lich/<int:year>/", views.calendar, name="law-year"),
    path("lich/sua/", views.correct_day, name="law-day"),
]
