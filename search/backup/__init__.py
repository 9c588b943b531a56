"""Back up a home folder while it serves, check such a backup, and restore it."""

from search.backup.making import make_backup
from search.backup.manifest import BackupManifest
from search.backup.restoring import Restored, check_backup, restore_backup

__all__ = ["BackupManifest", "Restored", "check_backup", "make_backup", "restore_backup"]
