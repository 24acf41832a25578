# The server: docker build -f build/server.Dockerfile -t vedhold .     (from the root of the repository)
FROM python:3.11-slim-bookworm AS made
RUN apt-get update && apt-get install --yes --no-install-recommends gettext && rm -rf /var/lib/apt/lists/*
COPY build/lock/server.txt /tmp/server.txt
RUN python -m venv /opt/vedhold && /opt/vedhold/bin/pip install --no-cache-dir --require-hashes -r /tmp/server.txt
COPY pyproject.toml /srv/vedhold/
COPY assets/locale /srv/vedhold/assets/locale
COPY assets/fonts /srv/vedhold/assets/fonts
COPY fieldapp /srv/vedhold/fieldapp
RUN cd /srv/vedhold/assets/locale/da/LC_MESSAGES && msgfmt --output-file=fieldapp.mo fieldapp.po
RUN /opt/vedhold/bin/python -m compileall -q /srv/vedhold/fieldapp

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin vedhold \
    && install --directory --owner=10001 --mode=0700 /register /backups
COPY --from=made /opt/vedhold /opt/vedhold
COPY --from=made /srv/vedhold /srv/vedhold
ENV PATH=/opt/vedhold/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /srv/vedhold
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
ENTRYPOINT ["python", "-m", "fieldapp"]
CMD ["server", "--host", "0.0.0.0"]
