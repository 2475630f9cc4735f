"""Residents who file at once, as their browsers would: over HTTP, retrying a broken connection with the same key."""

import contextlib
import http.client
import json
import threading
import time
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.stand import PROXY_HEADERS

CSRF = "c" * 32


@dataclass
class Filer:
    cookies: str
    draft: str
    revision: int
    key: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def path(self):
        return f"/eboi/wniosek/{self.draft}/sprawdz/"

    @property
    def receipt(self):
        """Where a filing leads. Any other redirect, to sign-in for one, is no acceptance."""
        return f"/eboi/zgloszenie/{self.draft}/"

    @property
    def headers(self):
        return {
            **PROXY_HEADERS, "Content-Type": "application/x-www-form-urlencoded", "Referer": "https://portal.example/",
            "Cookie": f"__Host-session={self.cookies}; csrftoken={CSRF}",
        }  # fmt: skip

    def body(self):
        return urlencode({"csrfmiddlewaretoken": CSRF, "key": self.key, "revision": self.revision})

    def file(self, line):
        """One try on an open connection: (status, where it leads)."""
        line.request("POST", self.path, self.body(), self.headers)
        answer = line.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")


def make_filers(stand, count):
    return [Filer(**one) for one in json.loads(stand.run("-m", "benchmarks.seed", "filers", str(count)))]


def connect(stand, timeout=15):
    return http.client.HTTPConnection("127.0.0.1", stand.port, timeout=timeout)


def file_until_answered(stand, filer, line, until):
    """Retry with the same key while the server is away. Returns (accepted, tries, line)."""
    tries = 0
    while time.monotonic() < until:
        tries += 1
        try:
            status, where = filer.file(line)
        except (OSError, http.client.HTTPException):
            line.close()
            time.sleep(0.05)
            line = connect(stand)
            continue
        if (status, where) == (302, filer.receipt):
            return True, tries, line
        time.sleep(0.1)
    return False, tries, line


def in_parallel(count, work):
    """Run work(number) in `count` threads that start together; the results, or the first exception."""
    barrier, results, faults = threading.Barrier(count), [None] * count, []

    def run(number):
        barrier.wait()
        try:
            results[number] = work(number)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return results


def file_all(stand, filers, clients, seconds, accepted=None):
    """`clients` threads file everything in the queue. Returns (accepted filers, tries in all); `accepted` may be watched meanwhile."""
    queue, accepted, tries = list(filers), [] if accepted is None else accepted, [0]
    until = time.monotonic() + seconds

    def client(_number):
        line = connect(stand)
        with contextlib.suppress(IndexError):
            while time.monotonic() < until:
                filer = queue.pop()
                done, tried, line = file_until_answered(stand, filer, line, until)
                tries[0] += tried
                if done:
                    accepted.append(filer)
        line.close()

    in_parallel(clients, client)
    return accepted, tries[0]
