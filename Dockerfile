# syntax=docker/dockerfile:1
# NOT RUN HERE: written from the commands that `make run` and the tests run, but never built with Docker. See docs/operations.md.
FROM python:3.11-slim-bookworm AS build
COPY requirements/uv.txt requirements/portal.txt /requirements/
RUN pip install --no-cache-dir --require-hashes -r /requirements/uv.txt \
 && uv venv /opt/venv \
 && uv pip sync --python /opt/venv/bin/python --require-hashes --compile-bytecode /requirements/portal.txt

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin portal \
 && install -d -m 0755 -o portal -g portal /var/lib/portal \
 && install -d -m 0750 -o portal -g portal /var/lib/portal/private
COPY --from=build /opt/venv /opt/venv
COPY . /opt/portal
WORKDIR /opt/portal
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PORTAL_MODE=production \
    VAR_DIR=/var/lib/portal \
    PRIVATE_FILES_DIR=/var/lib/portal/private \
    KEYS_DIR=/run/keys \
    HOST=0.0.0.0 PORT=8000
USER portal
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "-m", "pruszcz_portal.health"]
# web server by default; the other roles: see compose.yaml
CMD ["python", "-m", "pruszcz_portal.web"]
