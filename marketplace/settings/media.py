"""Pictures in object storage: how it is reached, and from where browsers read them."""

from typing import Any
from urllib.parse import urlsplit

import environ


def bucket_options(env: environ.Env) -> dict[str, Any]:
    """Options of django-storages' S3 backend, from S3_*; empty without S3_BUCKET. Anyone may read the objects."""
    bucket = env.str("S3_BUCKET", default="")
    if not bucket:
        return {}
    return {
        "bucket_name": bucket,
        "endpoint_url": env.str("S3_ENDPOINT_URL", default="") or None,
        "region_name": env.str("S3_REGION", default="") or None,
        "access_key": env.str("S3_ACCESS_KEY", default="") or None,
        "secret_key": env.str("S3_SECRET_KEY", default="") or None,
        "custom_domain": env.str("S3_CUSTOM_DOMAIN", default="") or None,
        "querystring_auth": False,
        # Two makers may each upload a portrait.jpg.
        "file_overwrite": False,
    }


def picture_origins(options: dict[str, Any]) -> list[str]:
    """Where browsers are sent for a picture of this bucket: what the security policy must allow."""
    if not options:
        return []
    if options["custom_domain"]:
        return [f"https://{options['custom_domain']}"]
    if options["endpoint_url"]:
        scheme, host = urlsplit(options["endpoint_url"])[:2]
        return [f"{scheme}://{host}", f"{scheme}://{options['bucket_name']}.{host}"]
    hosts = ["s3.amazonaws.com", *([f"s3.{options['region_name']}.amazonaws.com"] if options["region_name"] else [])]
    return [f"https://{prefix}{host}" for host in hosts for prefix in ("", f"{options['bucket_name']}.")]
