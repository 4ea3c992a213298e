"""A real IMAP server (Debian's dovecot) on a free port, run by an unprivileged user; mails are put in as files."""

import grp
import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from tests.support.mosquitto import free_port, port_answers
from tests.support.processes import TestedProcess

BINARY = "/usr/sbin/dovecot"
UNPRIVILEGED = "dovecot"
"""Its login process refuses to run as root; the package's own user is there where the package is."""
USER, PASSWORD = "service@hotline.example", "mailbox-password"
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
instance_name = {port}
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail
first_valid_uid = 0
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class Dovecot:
    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.folder = folder
        self._numbers = count(1)
        owner = pwd.getpwnam(UNPRIVILEGED) if os.geteuid() == 0 else pwd.getpwuid(os.getuid())
        group = grp.getgrgid(owner.pw_gid).gr_name
        self._owner = owner.pw_uid, owner.pw_gid
        for name in ("mail", "mail/new", "mail/cur", "mail/tmp"):
            (folder / name).mkdir()
        configuration = folder / "dovecot.conf"
        configuration.write_text(
            CONFIGURATION.format(folder=folder, port=self.port, user=owner.pw_name, group=group, password=PASSWORD)
        )
        for each in (folder, *folder.rglob("*")):
            os.chown(each, *self._owner)
        as_user = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
        self.process = TestedProcess(
            "dovecot",
            [*(as_user if os.geteuid() == 0 else []), BINARY, "-F", "-c", str(configuration)],
            {},
            folder / "out.log",
            partial(port_answers, self.port),
        )

    def deliver(self, mail: bytes) -> None:
        """As a mail server would: complete in tmp, then moved to new."""
        name = f"{next(self._numbers)}.test"
        written = self.folder / "mail" / "tmp" / name
        written.write_bytes(mail)
        os.chown(written, *self._owner)
        written.rename(self.folder / "mail" / "new" / name)

    def forget(self) -> None:
        """All mails."""
        for folder in ("new", "cur"):
            for file in (self.folder / "mail" / folder).iterdir():
                file.unlink()

    def unseen(self) -> int:
        """Mails that carry no Seen flag."""
        kept = (self.folder / "mail" / "cur").iterdir()
        return sum("S" not in file.name.partition(":2,")[2] for file in kept) + len(
            list((self.folder / "mail" / "new").iterdir())
        )


@pytest.fixture(scope="module")
def dovecot_server() -> Iterator[Dovecot]:
    # Not below pytest's folder: that one is its user's alone.
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    server = Dovecot(folder)
    server.process.start()
    yield server
    server.process.stop()
    shutil.rmtree(folder)


@pytest.fixture
def dovecot(dovecot_server: Dovecot) -> Dovecot:
    """With an empty mailbox."""
    dovecot_server.forget()
    return dovecot_server
