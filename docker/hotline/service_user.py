"""Which user a server of a Debian package changes to, and the handing over of its folder. Starts nothing."""

import os
import pwd
import stat
from pathlib import Path


def service_user(folder: Path, *names: str) -> pwd.struct_passwd:
    """The first of these users when started as root; whoever we are when not.

    A checkout below a private folder (/root) is out of that user's reach: then the server stays what it was started as.
    """
    if os.geteuid() == 0 and all(parent.stat().st_mode & stat.S_IXOTH for parent in folder.resolve().parents):
        for name in names:
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
    return pwd.getpwuid(os.geteuid())


def give(folder: Path, owner: pwd.struct_passwd) -> None:
    """Nobody else reads what is in it."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner.pw_uid, owner.pw_gid)
        path.chmod(0o700 if path.is_dir() else 0o600)
