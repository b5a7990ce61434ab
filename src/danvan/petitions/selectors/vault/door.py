"""Whether the vault may be opened here at all: its keys are there, and second factors stand."""

from django.conf import settings

from danvan.accounts.access import second_factor_stands
from danvan.foundation import key_file
from danvan.foundation.errors import KeyUnavailable
from danvan.petitions.vault_enums import KEY_PURPOSE


def why_closed() -> str:
    """Why nothing of the vault is shown or taken in, in a sentence; empty where it may be."""
    if not settings.VAULT_OPENS_ON_TRIAL and not second_factor_stands():
        return (
            "Vùng niêm phong đang khóa vì hệ thống chưa đòi xác thực hai bước. Đồng chí vui lòng báo người vận hành đặt "
            "DANVAN_SECOND_FACTOR=required."
        )
    try:
        key_file.load().newest(KEY_PURPOSE)
    except KeyUnavailable:
        return (
            "Vùng niêm phong đang khóa vì máy chủ không có tệp khóa hoặc khóa dành cho tố cáo. Đồng chí vui lòng báo người "
            "vận hành; không nhập tố cáo vào chỗ khác."
        )
    return ""
