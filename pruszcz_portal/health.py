"""Is the web server beside us ready? For the container's health check: `python -m pruszcz_portal.health`, exit code 0 or 1."""

import http.client
import os
import sys


def ready() -> bool:
    """Asks as the proxy would: with a host name that is allowed, and over pretended TLS."""
    name = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    line = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4)
    try:
        line.request("GET", "/readyz", headers={"Host": name, "X-Forwarded-Proto": "https"})
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


if __name__ == "__main__":
    sys.exit(not ready())
