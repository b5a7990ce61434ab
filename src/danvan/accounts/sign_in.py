"""The addresses of signing in, all answered by allauth.

What allauth offers to people who registered themselves is left out or only explains: here an
administrator makes accounts and gives a new password to whoever forgot theirs.
"""

from allauth.account import views
from allauth.mfa.base import views as second
from allauth.mfa.webauthn import views as passkeys
from django.urls import path
from django.views.decorators.http import require_safe

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("buoc-hai/", second.authenticate, name="mfa_authenticate"),
    path("khoa/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("signup/", require_safe(views.signup), name="account_signup"),
    path("password/reset/", require_safe(views.password_reset), name="account_reset_password"),
]
