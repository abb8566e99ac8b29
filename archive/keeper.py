"""The keeper's password and the key that signs the keeper's session.

Both are files of the archive's folder that only its owner may read.  The password is kept as
its scrypt hash (RFC 7914; cost as OWASP advises); without one there is no keeper's page.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from archive.errors import ArchiveError

SHORTEST = 10
"""Characters of a password; NIST SP 800-63B asks for eight at least."""
_COST, _BLOCK, _LANES = 2**14, 8, 5
_MEMORY = 64 * 1024 * 1024
_SALT_BYTES = 16
_KEY_BYTES = 32
_OWNER_ONLY = 0o600


class WeakPassword(ArchiveError):
    """A password that is too short."""


class Keeper:
    """Who may take files in by browser; asks its files each time, so that a change holds."""

    def __init__(self, folder: Path) -> None:
        self._password = folder / "keeper.password"
        self._key = folder / "keeper.key"

    @property
    def has_password(self) -> bool:
        """Whether there is a keeper's page at all."""
        return self._password.is_file()

    def set_password(self, password: str) -> None:
        """Keep the hash of a password; sessions begun with an earlier one end.

        Raises :class:`WeakPassword`.
        """
        if len(password) < SHORTEST:
            raise WeakPassword(f"密码太短：至少 {SHORTEST} 个字符。")
        salt = secrets.token_bytes(_SALT_BYTES)
        _write(self._password, f"{salt.hex()}${_hash(password, salt).hex()}".encode())

    def drop_password(self) -> None:
        """Close the keeper's page."""
        self._password.unlink(missing_ok=True)

    def accepts(self, password: str) -> bool:
        """Whether this is the password; takes as long for any other."""
        salt, kept = self._kept()
        return hmac.compare_digest(_hash(password, salt), kept)

    def mark(self) -> str:
        """What a session holds: another one after each change of the password."""
        _, kept = self._kept()
        return hmac.new(self.key(), kept, "sha256").hexdigest()

    def key(self) -> bytes:
        """The secret key of this archive, made when first asked for."""
        if not self._key.is_file():
            _write(self._key, secrets.token_hex(_KEY_BYTES).encode())
        return self._key.read_bytes()

    def _kept(self) -> tuple[bytes, bytes]:
        salt, kept = self._password.read_text(encoding="ascii").split("$")
        return bytes.fromhex(salt), bytes.fromhex(kept)


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"),
        salt=salt, n=_COST, r=_BLOCK, p=_LANES, maxmem=_MEMORY,
    )  # fmt: skip


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, readable by the owner alone from the first byte."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
