"""Which provider takes money online now. One stands at a time, by the settings; without them nothing is paid online and transfers remain."""

from urllib.parse import urlsplit

from django.conf import settings

from payments.interface import Provider


def current() -> Provider | None:
    """The provider of the settings; None when there is none, and then nothing is paid online."""
    if not is_there():
        return None
    from payments.przelewy24 import Przelewy24  # the HTTP client is loaded only where it works

    return Przelewy24(
        url=settings.P24_URL, merchant_id=settings.P24_MERCHANT_ID, pos_id=settings.P24_POS_ID,
        api_key=settings.P24_API_KEY, crc=settings.P24_CRC,
    )  # fmt: skip


def is_there() -> bool:
    return bool(settings.P24_MERCHANT_ID and settings.P24_API_KEY and settings.P24_CRC and urlsplit(settings.P24_URL).hostname)
