from django.urls import path

from danvan.desk.reorganise.views import acting, checking, drafting, handing, lists

urlpatterns = [
    path("", lists.reorganisation_list, name="reorganisations"),
    path("moi/", lists.new, name="reorganise-new"),
    path("van-ban/", lists.documents, name="reorganise-documents"),
    path("<int:pk>/", acting.reorganisation, name="reorganisation"),
    path("<int:pk>/sua/", lists.amend, name="reorganise-amend"),
    path("<int:pk>/don-vi/", drafting.units, name="reorganise-units"),
    path("<int:pk>/truc-thuoc/", drafting.below, name="reorganise-children"),
    path("<int:pk>/ty-trong/", drafting.shares, name="reorganise-shares"),
    path("<int:pk>/quy-mo/", drafting.sizes, name="reorganise-sizes"),
    path("<int:pk>/kiem-tra/", checking.check, name="reorganise-check"),
    path("<int:pk>/xem-truoc/", checking.preview, name="reorganise-preview"),
    path("<int:pk>/ap-dung/", acting.apply, name="reorganise-apply"),
    path("<int:pk>/bo/", lists.drop, name="reorganise-drop"),
    path("<int:pk>/hoan-tac/", acting.undo, name="reorganise-undo"),
    path("<int:pk>/lap-lai/", lists.again, name="reorganise-again"),
    path("nhan-ban-giao/", handing.hand_overs, name="hand-overs"),
    path("nhan-ban-giao/<int:pk>/", handing.hand_over, name="hand-over"),
]
