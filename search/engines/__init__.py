"""Which engine answers. Views call `search` and `suggest`, which never raise for an engine's sake; indexing calls
`index` and `delete`, which write to every engine in use."""
