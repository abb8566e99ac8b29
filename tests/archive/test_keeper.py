"""The keeper's password and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.keeper import Keeper, WeakPassword

PASSWORD = "示例密码 correct horse"


def test_only_the_password_is_accepted(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path)
    assert not keeper.has_password
    keeper.set_password(PASSWORD)
    assert keeper.accepts(PASSWORD)
    assert not keeper.accepts(PASSWORD + " ")
    assert not keeper.accepts("")
    keeper.drop_password()
    assert not keeper.has_password


def test_files_are_the_owners_alone_and_hold_no_password(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path)
    keeper.set_password(PASSWORD)
    keeper.key()
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["keeper.key", "keeper.password"]
    for file in files:
        assert file.stat().st_mode & 0o777 == 0o600
        assert PASSWORD.encode() not in file.read_bytes()


def test_a_new_password_ends_sessions_and_the_key_stays(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path)
    keeper.set_password(PASSWORD)
    mark, key = keeper.mark(), keeper.key()
    keeper.set_password(PASSWORD)
    assert keeper.mark() != mark
    assert Keeper(tmp_path).key() == key


def test_a_short_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeakPassword, match="至少 10 个字符"):
        Keeper(tmp_path).set_password("短")
    assert not Keeper(tmp_path).has_password
