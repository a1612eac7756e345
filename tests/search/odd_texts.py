"""What nobody types on purpose, and some do: texts for tests of search."""

from hypothesis import strategies as st

from search.engines.base import MAX_QUERY_LENGTH
from search.thesaurus import get_thesaurus

# Control characters, emoji, quotes, Lucene, SQL, templates, mixed directions, lone surrogates, numbers, look-alikes.
PIECES = [
    "\x00", "\x1b[2J", "\x7f\x85", "🧶👩🏽‍🎨", '"', "'", "`", "“", "title:(", ")", "[1 TO *]", "{* TO z}", "a~2^9",
    "*:*", "/.*/", "\\", "&&", "||", "!", "AND", "OR NOT", "NEAR(", "; DROP TABLE x; --", "' OR '1'='1",
    "{{7*7}}", "<script>", "\u202e", "\u2066", "\u200f", "\u200d", "\ufeff", "\ud800", "\udfff", "\uffff",
    "a\u0300\u0301" * 9, "ﷺ", "漢字", "ß", "İ", "ı", "ʻ", "‘", "ё", "١٢٣", "1e309 $", "до", "от", "-5", "%", "_",
    "\n", "\t", "\u2028", "suzani", "күміс жүзік",
]  # fmt: skip


def odd_texts() -> st.SearchStrategy[str]:
    """Any characters at all, pieces that mean something somewhere, and the vocabulary's own words, up to the limit."""
    drawn = st.text(st.characters(codec=None), max_size=80)
    known = st.sampled_from(sorted(get_thesaurus().words))
    pieces = st.lists(st.one_of(st.sampled_from(PIECES), drawn, known), max_size=40).map(" ".join)
    glued = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
    long = st.builds(lambda piece, times: piece * times, st.sampled_from(PIECES), st.integers(1, MAX_QUERY_LENGTH))
    return st.one_of(drawn, pieces, glued, long).map(lambda text: text[:MAX_QUERY_LENGTH])
