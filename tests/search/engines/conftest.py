"""The engines under test: the embedded one always, Elasticsearch where a server is (ELASTICSEARCH_URL)."""

import os
import uuid

import pytest

from search.engines.embedded import EmbeddedEngine


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.server)])
def engine(request, tmp_path):
    if request.param == "embedded":
        made = EmbeddedEngine(tmp_path / "index.sqlite3")
        yield made
        made.close()
        return
    url = os.environ.get("ELASTICSEARCH_URL")
    if not url:
        pytest.skip("ELASTICSEARCH_URL names no server")
    from search.engines.elasticsearch import ElasticsearchEngine

    made = ElasticsearchEngine(url, f"test-{uuid.uuid4().hex[:12]}")
    made.rebuild([])
    yield made
    made.drop()
