"""Addresses of work programmes, plans of a year and the joint calendar, under those of the ledger."""

from django.urls import URLPattern, path

from danvan.commitments.views import calendar, plans, programmes

urlpatterns: list[URLPattern] = [
    path("", calendar.calendar, name="calendar"),
    path("muc/<int:pk>/", calendar.entry, name="entry"),
    path("muc/<int:pk>/lich.ics", calendar.entry_ics, name="entry-ics"),
    path("dia-chi/", calendar.address, name="calendar-address"),
    path("chuong-trinh/", programmes.programme_list, name="programmes"),
    path("chuong-trinh/lap/", programmes.make, name="make-programme"),
    path("chuong-trinh/<int:pk>/", programmes.programme, name="programme"),
    path("chuong-trinh/<int:pk>/muc/", programmes.add, name="add-entry"),
    path("chuong-trinh/<int:pk>/muc/<int:entry>/", programmes.change, name="change-entry"),
    path("chuong-trinh/<int:pk>/muc/<int:entry>/bo/", programmes.drop, name="drop-entry"),
    path("chuong-trinh/<int:pk>/han/", programmes.take_in, name="take-in"),
    path("chuong-trinh/<int:pk>/ban-hanh/", programmes.issue, name="issue-programme"),
    path("chuong-trinh/<int:pk>/in/", programmes.paper, name="programme-paper"),
    path("chuong-trinh/<int:pk>/tai-word/", programmes.paper_docx, name="programme-docx"),
    path("ke-hoach-nam/", plans.plan_list, name="plans"),
    path("ke-hoach-nam/ghi/", plans.record, name="record-plan"),
    path("ke-hoach-nam/<int:pk>/tep/", plans.file, name="plan-file"),
]
