"""The site as real processes over real HTTP, for tests of what happens between processes."""
