"""A cache that may be gone: pages are served without it, slower."""

import logging
from copy import copy

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# `add` says yes: a lock or a limit that cannot be kept must not keep people out.
_ANSWERS = {
    "add": True,
    "get": None,
    "set": None,
    "touch": False,
    "delete": False,
    "incr": 1,
    "has_key": False,
    "get_many": {},
    "set_many": [],
    "delete_many": None,
    "clear": False,
}


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; when Redis does not answer, everything is simply not in it."""

    def __init__(self, server, params):
        options = params.setdefault("OPTIONS", {})
        options.setdefault("socket_timeout", 1)
        options.setdefault("socket_connect_timeout", 1)
        super().__init__(server, params)


def _forgive(name: str):
    original = getattr(RedisCache, name)

    def method(self, *args, **kwargs):
        try:
            return original(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            logger.warning("cache: %s failed: %s", name, error)
            if name == "get":
                return args[1] if len(args) > 1 else kwargs.get("default")
            return copy(_ANSWERS[name])

    method.__name__ = name
    return method


for _name in _ANSWERS:
    setattr(ForgivingRedisCache, _name, _forgive(_name))
