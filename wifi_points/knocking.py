"""One knock at a network's captive page: is it up, and if not, why. Knows no database.

What is connected to is the address that was checked, never a name looked up a second time (DNS rebinding); redirects are not followed;
private, loopback and link-local addresses are refused; the whole knock ends within DEADLINE whatever the server does.
"""

import asyncio
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from wifi_points.models import Probe

DEADLINE = 10.0  # seconds for everything
SLOW = 3.0  # seconds after which a page that came is called slow
MOST_READ = 64 * 1024  # bytes; enough to see that it is a page
Outcome = Probe.Outcome
DOWN = frozenset(set(Outcome) - {Outcome.UP, Outcome.SLOW, Outcome.NOT_ALLOWED})  # what is ours to allow is no outage of theirs


@dataclass(frozen=True)
class Heard:
    outcome: Outcome
    milliseconds: int


def host_and_port(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def may_connect(address: str) -> bool:
    """Addresses of the open internet alone; in tests also this machine's own."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return (ip.is_global and not ip.is_multicast) or (settings.WIFI_PROBE_LOOPBACK and ip.is_loopback)


def resolved(host: str, port: int) -> list[str]:
    """Every address of the name; an empty list when there is no such name."""
    try:
        return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
    except (OSError, UnicodeError):
        return []


def knock(url: str, *, tcp_only: bool = False) -> Heard:
    """Look the name up once, check every address it has, knock at the first. One forbidden address and nothing is knocked at."""
    host, port = host_and_port(url)
    addresses = resolved(host, port)
    if not addresses:
        return Heard(Outcome.NO_NAME, 0)
    if not all(may_connect(address) for address in addresses):
        return Heard(Outcome.NOT_ALLOWED, 0)
    return knock_at(addresses[0], url, tcp_only=tcp_only)


def knock_at(address: str, url: str, *, tcp_only: bool = False, deadline: float = DEADLINE) -> Heard:
    """Connect to this very address; the name of the URL goes into Host and into TLS, where it is verified."""
    began = time.monotonic()
    _host, port = host_and_port(url)
    knocking = _connect(address, port) if tcp_only else _fetch(address, url, deadline)
    try:
        outcome = asyncio.run(asyncio.wait_for(knocking, deadline))
    except (TimeoutError, httpx.TimeoutException):
        outcome = Outcome.TIMEOUT
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        outcome = _why(error)
    passed = time.monotonic() - began
    if outcome == Outcome.UP and passed > SLOW:
        outcome = Outcome.SLOW
    return Heard(outcome, round(passed * 1000))


async def _connect(address, port):
    _reader, writer = await asyncio.open_connection(address, port)
    writer.close()
    return Outcome.UP


async def _fetch(address, url, deadline):
    parts = urlsplit(url)
    at = f"[{address}]" if ":" in address else address
    there = parts._replace(netloc=f"{at}:{parts.port}" if parts.port else at).geturl()
    headers = {"Host": parts.netloc, "User-Agent": "pruszcz-portal-wifi"}
    # trust_env off: no proxy and no .netrc of the machine has a say in where this goes.
    client = httpx.AsyncClient(verify=ssl.create_default_context(), follow_redirects=False, timeout=deadline, trust_env=False)
    async with client, client.stream("GET", there, headers=headers, extensions={"sni_hostname": parts.hostname}) as answer:
        if answer.is_redirect:
            return Outcome.REDIRECT
        if answer.status_code != httpx.codes.OK:
            return Outcome.FAILING
        return Outcome.UP if _is_page(await _head(answer)) else Outcome.RUBBISH


async def _head(answer):
    """As it came over the wire, so that a small packed answer can not become a large one here."""
    head = b""
    async for piece in answer.aiter_raw():
        head += piece
        if len(head) >= MOST_READ:
            break
    return head


def _is_page(head: bytes) -> bool:
    begins = head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return begins.startswith((b"<!doctype html", b"<html", b"<!--", b"<head"))


def _why(error) -> Outcome:
    """TLS refusals hide as causes of a failed connection."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLError):
            return Outcome.CERTIFICATE
        seen = seen.__cause__ or seen.__context__
    return Outcome.RUBBISH if isinstance(error, httpx.ProtocolError | httpx.DecodingError) else Outcome.REFUSED
