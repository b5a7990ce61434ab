from django.urls import path

from danvan.desk.posts.views import appointing, assigning, lists, officers, posts, temporary

urlpatterns = [
    path("chuc-danh/nhap/", posts.import_sheet, name="posts-import"),
    path("chuc-danh/mau/", posts.blank, name="posts-blank"),
    path("chuc-danh/<int:pk>/sua/", posts.edit, name="post-edit"),
    path("chuc-danh/<int:pk>/bo/", posts.close, name="post-close"),
    path("chuc-danh/<int:pk>/bo-nhiem/", appointing.appoint, name="post-appoint"),
    path("giu-chuc-danh/<int:pk>/thoi-giu/", appointing.end, name="appointment-end"),
    path("giu-chuc-danh/<int:pk>/luan-chuyen/", appointing.rotate, name="appointment-rotate"),
    path("can-bo/", officers.officers, name="officers"),
    path("can-bo/<int:pk>/", officers.officer, name="officer"),
    path("can-bo/<int:pk>/sua/", officers.edit, name="officer-edit"),
    path("can-bo/<int:pk>/lop/", officers.training, name="officer-training"),
    path("phan-cong/<int:pk>/ket-thuc/", assigning.end, name="assignment-end"),
    path("<int:pk>/chuc-danh/", posts.posts, name="posts"),
    path("<int:pk>/chuc-danh/tai-excel/", posts.sheet, name="posts-sheet"),
    path("<int:pk>/chuc-danh/them/", posts.add, name="post-add"),
    path("<int:pk>/phan-cong/", assigning.assignments, name="assignments"),
    path("<int:pk>/phan-cong/them/", assigning.add, name="assignment-add"),
    path("<int:pk>/khuyet/", lists.vacancies, name="vacancies"),
    path("<int:pk>/khuyet/tai-excel/", lists.vacancies_workbook, name="vacancies-sheet"),
    path("<int:pk>/chua-phan-cong/", lists.uncharged, name="uncharged"),
    path("<int:pk>/kiem-nhiem/", lists.concurrent, name="concurrent-heads"),
    path("<int:pk>/kiem-nhiem/tai-excel/", lists.concurrent_workbook, name="concurrent-sheet"),
    path("<int:pk>/lam-thoi/", temporary.bodies, name="temporary-bodies"),
    path("<int:pk>/lam-thoi/lap/", temporary.found, name="temporary-found"),
    path("<int:pk>/lam-thoi/ket-thuc/", temporary.end, name="temporary-end"),
]
