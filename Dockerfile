# Small, without root, on a root file system that may be read-only: only /data is written.
FROM python:3.13-slim AS built
WORKDIR /belay
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock README.md ./
RUN uv sync --frozen --no-dev --extra sentry --no-install-project
COPY bot bot
COPY handlers handlers
COPY models models
COPY sandbox sandbox
RUN uv sync --frozen --no-dev --extra sentry

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home belay
WORKDIR /data
COPY --from=built /belay /belay
ENV PATH="/belay/.venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MPLCONFIGDIR=/tmp \
    DATABASE_URL=sqlite:////data/belay.db \
    BELAY_HOST=0.0.0.0 \
    BELAY_LOG=json
USER belay
VOLUME /data
EXPOSE 8030
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8030/healthz', timeout=3)"]
ENTRYPOINT ["belay"]
CMD ["run", "--http"]
