# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest

from tools.files import fingerprint, whole_folder, write_whole


def test_folder_appears_when_it_is_whole(tmp_path):
    target = tmp_path / "cache" / "thing"
    with whole_folder(target) as part:
        (part / "file").write_text("content")
        assert not target.exists()
    assert (target / "file").read_text() == "content"
    assert list(target.parent.iterdir()) == [target]


def test_failure_leaves_no_folder(tmp_path):
    target = tmp_path / "thing"
    with pytest.raises(ValueError), whole_folder(target) as part:
        (part / "file").write_text("half")
        raise ValueError
    assert list(tmp_path.iterdir()) == []


def test_leftover_of_a_killed_run_is_swept_away(tmp_path):
    (tmp_path / ".thing.part-killed").mkdir()
    (tmp_path / ".other.part-running").mkdir()
    with whole_folder(tmp_path / "thing"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".other.part-running",
        "thing",
    ]


def test_new_folder_replaces_the_old_one(tmp_path):
    (tmp_path / "thing").mkdir()
    (tmp_path / "thing" / "old").touch()
    with whole_folder(tmp_path / "thing") as part:
        (part / "new").touch()
    assert [path.name for path in (tmp_path / "thing").iterdir()] == ["new"]


def test_file_is_written_in_one_go(tmp_path):
    write_whole(tmp_path / "a" / "file", "one")
    write_whole(tmp_path / "a" / "file", "two")
    assert (tmp_path / "a" / "file").read_text() == "two"
    assert len(list((tmp_path / "a").iterdir())) == 1


def test_fingerprint_follows_names_and_contents_but_not_compiled_code(tmp_path):
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "code.py").write_text("a = 1")
    first = fingerprint([tmp_path])
    (tmp_path / "__pycache__" / "code.pyc").write_text("x")
    assert fingerprint([tmp_path]) == first
    (tmp_path / "code.py").write_text("a = 2")
    assert fingerprint([tmp_path]) != first
    (tmp_path / "code.py").write_text("a = 1")
    assert fingerprint([tmp_path]) == first
    (tmp_path / "code.py").rename(tmp_path / "other.py")
    assert fingerprint([tmp_path]) != first
