# The site for production. docs/operations.md says what its environment must hold.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=marketplace.settings.base
WORKDIR /srv/karvan
# `manage.py backup` and `restore` call pg_dump and pg_restore.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
RUN useradd --system --home /srv/karvan karvan && mkdir -p var/media var/search && chown -R karvan var

COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY . .
# Messages are compiled and static files collected once, here; the key is only for this step.
RUN python -m marketplace.translate_compile \
    && SECRET_KEY=only-while-the-image-is-built-0123456789-abcdefghij ALLOWED_HOSTS=build python manage.py collectstatic --noinput \
    && chown -R karvan var
USER karvan
EXPOSE 8000
CMD ["gunicorn", "marketplace.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--worker-class", "gthread", "--max-requests", "5000", "--max-requests-jitter", "500"]
