"""Which other system asks: by its key where it shows one, else by its network. What is asked too often is put off."""

from dataclasses import dataclass

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.http import HttpRequest

from danvan.exchange.errors import Refusal
from danvan.exchange.models import ApiKey
from danvan.exchange.pace import READS, left_of_minute
from danvan.exchange.services import use_key
from danvan.foundation import clock, pacing

BEARER = "Bearer "
WRONG = "Khóa không đúng, đã hết hạn hoặc đã thu hồi. Vui lòng kiểm tra lại khóa, hoặc đề nghị cơ quan quản trị cấp khóa khác."
NO_KEY = "Việc gửi cần khóa (api_key). Vui lòng đề nghị cơ quan quản trị cấp khóa."
NOT_THIS = (
    "Khóa này không được gửi, chỉ được đọc. Vui lòng đề nghị cơ quan quản trị cấp khóa được gửi."
)
TOO_OFTEN = "Hệ thống đang nhận quá nhiều yêu cầu từ nơi này. Vui lòng chờ một phút rồi hỏi lại."


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. `network` is what neighbours share of an address; nothing longer is looked at."""

    network: str
    key: ApiKey | None = None


def caller_of(request: HttpRequest, *, sends: bool = False) -> Caller:
    """Who asks this; Refusal (403, 429) where the key opens nothing, may not do this, or asks too often."""
    network, words, now = network_of(request), key_words(request), clock.machine()
    key = None
    if words:
        # a guess is counted before it is looked at
        if not READS.takes(f"guess {network}", most=settings.DANVAN_API_KEY_READS, now=now):
            raise Refusal(429, TOO_OFTEN, wait=left_of_minute(now))
        key = use_key(words)
        if key is None:
            raise Refusal(403, WRONG)
    if sends:
        if key is None:
            raise Refusal(403, NO_KEY)
        if not key.sends:
            raise Refusal(403, NOT_THIS)
    fast = key is not None and key.reads
    who = f"key {key.pk}" if fast and key else f"net {network}"
    most = settings.DANVAN_API_KEY_READS if fast else settings.DANVAN_API_READS
    if not sends and not READS.takes(who, most=most, now=now):
        raise Refusal(429, TOO_OFTEN, wait=left_of_minute(now))
    return Caller(network, key)


def key_words(request: HttpRequest) -> str:
    """The key as it was shown: in a header, in the form, or in the address, as GeoReport has it."""
    told = request.headers.get("Authorization", "")
    if told.startswith(BEARER):
        return told.removeprefix(BEARER).strip()
    shown = request.headers.get("X-Api-Key", "")
    return (shown or request.POST.get("api_key", "") or request.GET.get("api_key", "")).strip()


def network_of(request: HttpRequest) -> str:
    """The network of the address that asks; empty where it is none."""
    return pacing.network_of(get_client_ip(request) or "")
