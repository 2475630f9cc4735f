"""Pages against a bare view in the same process, turn about, with 200,000 cases stored.

What counts is the time of the portal itself, so requests go straight into the WSGI application: no server and no client beside it.
"""

import io
import json
import statistics
import sys
import time

from benchmarks import stored
from benchmarks.result import Result

ROUNDS = 15
REQUESTS = 20
SAMPLE_PASSES = 3  # before timing: templates, forms and connections are warm in both


def measure_public():
    yield from _measured("public", at_least=0.5)


def measure_signed_in():
    yield from _measured("signed_in", at_least=0.35)


def _measured(group, *, at_least):
    from tests.stand import Stand

    with Stand() as stand:
        stand.run("-m", "benchmarks.seed", "catalogue")
        stored.fill(stand.url)
        for row in json.loads(stand.run("-m", "benchmarks.pages", group)):
            yield Result(f"{group} {row['path']}", row["page"], "/s", row["bare"], at_least=at_least)


# In the stand -------------------------------------------------------------------------------------------------------


class Browser:
    """Requests into the WSGI application, as the proxy would pass them on."""

    def __init__(self, cookies=""):
        from pruszcz_portal.wsgi import application

        self.application = application
        self.cookies = cookies

    def get(self, path):
        place, _mark, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": place, "QUERY_STRING": query, "SERVER_NAME": "portal.example", "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "portal.example", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "192.0.2.1", "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": self.cookies, "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        seen = []
        answer = self.application(environ, lambda status, headers, info=None: seen.append(status))
        body = b"".join(answer)
        answer.close()
        if not seen[0].startswith("200"):
            raise RuntimeError(f"{path} answered {seen[0]}")
        return body


def queries_of(browser, path):
    from django.db import connection

    seen = []
    with connection.execute_wrapper(lambda execute, *rest: (seen.append(rest[0]), execute(*rest))[1]):
        browser.get(path)
    return len(seen)


def per_second(browser, path):
    start = time.perf_counter()
    for _number in range(REQUESTS):
        browser.get(path)
    return REQUESTS / (time.perf_counter() - start)


def compare(browser, path):
    for _number in range(SAMPLE_PASSES):
        size = len(browser.get(path))
    of_middleware = queries_of(browser, "/bare/0/1/")
    bare = f"/bare/{max(0, queries_of(browser, path) - of_middleware)}/{size}/"
    turns = [(per_second(browser, path), per_second(browser, bare)) for _round in range(ROUNDS)]
    page, base = (statistics.median(turn[side] for turn in turns) for side in (0, 1))
    return {"path": path, "page": page, "bare": base}


def main(group):
    import django
    from django.test.utils import override_settings

    django.setup()
    from benchmarks.seed import paths
    from pruszcz_portal.web import when_ready

    cookies, of_group = paths(group)
    with override_settings(ROOT_URLCONF="benchmarks.bare"):
        browser = Browser(cookies)
        when_ready(None)  # as the web server does once the program is loaded
        rows = [compare(browser, path) for path in of_group]
    print(json.dumps([{**row, "path": name} for row, name in zip(rows, of_group.values(), strict=True)]))


if __name__ == "__main__":
    main(sys.argv[1])
