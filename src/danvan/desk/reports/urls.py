from django.urls import path

from danvan.desk.reports.views import composing, signed

urlpatterns = [
    path("", composing.summary, name="summary"),
    path("tai-ve/", composing.summary_docx, name="summary-docx"),
    path("tai-pdf/", composing.summary_pdf, name="summary-pdf"),
    path("ky/", composing.sign, name="summary-sign"),
    path("ho-so/", composing.records, name="summary-records"),
    path("da-ky/", signed.reviews, name="reviews"),
    path("da-ky/<int:pk>/", signed.review, name="review"),
    path("da-ky/<int:pk>/tai-ve/", signed.review_docx, name="review-docx"),
    path("da-ky/<int:pk>/tai-pdf/", signed.review_pdf, name="review-pdf"),
]
