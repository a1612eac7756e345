"""Django's PostgreSQL backend with a cheaper health check: DATABASES' ENGINE is this package."""
