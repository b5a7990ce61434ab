"""Backup, restore and verify: the database, the files and the keys apart.

A backup is a folder of its own that says what it holds (`contents`). Without its keys, which go elsewhere, nothing in it
that was sealed can be read. Nothing of an installation changes before all that is to be put back was read and found right.
"""

from danvan.foundation.backup.contents import BackupError
from danvan.foundation.backup.installation import Installation, here
from danvan.foundation.backup.making import make
from danvan.foundation.backup.restoring import restore
from danvan.foundation.backup.verifying import Verified, verify

__all__ = ["BackupError", "Installation", "Verified", "here", "make", "restore", "verify"]
