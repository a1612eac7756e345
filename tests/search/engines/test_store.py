"""The embedded engine's file among several processes, and when it is lost."""

import multiprocessing
import os

from search.engines.embedded import EmbeddedEngine
from tests.search.listings import found, listing


def _write(path, start):
    engine = EmbeddedEngine(path)
    for id in range(start, start + 40):
        engine.index([listing(id, f"Bowl {id}")])


def _in_process(target, *args):
    process = multiprocessing.get_context("spawn").Process(target=target, args=args)
    process.start()
    return process


def test_two_writers_lose_nothing_and_a_reader_sees_both(tmp_path):
    path = str(tmp_path / "index.sqlite3")
    reader = EmbeddedEngine(path)
    assert reader.count() == 0
    writers = [_in_process(_write, path, start) for start in (1, 1001)]
    while any(writer.is_alive() for writer in writers):
        assert 0 <= reader.count() <= 80
        writers[0].join(0.2)
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    assert reader.count() == 80 and len(found(reader, "bowl", page_size=100)) == 80


def test_a_lost_file_is_noticed_and_can_be_rebuilt(tmp_path):
    path = tmp_path / "index.sqlite3"
    engine = EmbeddedEngine(path)
    engine.index([listing(1, "Bowl")])
    assert engine.count() == 1
    for name in os.listdir(tmp_path):
        os.remove(tmp_path / name)
    assert engine.count() == 0
    engine.rebuild([listing(2, "Spoon")])
    assert found(engine, "spoon") == [2]


def test_an_unfinished_rebuild_is_given_up_by_the_next(tmp_path):
    engine = EmbeddedEngine(tmp_path / "index.sqlite3")

    def breaks():
        yield listing(1, "Bowl")
        raise RuntimeError("power cut")

    engine.index([listing(9, "Plate")])
    try:
        engine.rebuild(breaks())
    except RuntimeError:
        pass
    assert engine.ids() == {9}
    engine.rebuild([listing(2, "Spoon")])
    assert engine.ids() == {2}


def test_an_index_of_an_older_format_starts_empty(tmp_path):
    engine = EmbeddedEngine(tmp_path / "index.sqlite3")
    engine.index([listing(1, "Bowl")])
    with engine._store.writing() as connection:
        engine._store.set_meta(connection, format="0")
    engine.close()
    again = EmbeddedEngine(tmp_path / "index.sqlite3")
    assert again.count() == 0
    again.index([listing(2, "Spoon")])
    assert again.ids() == {2}
