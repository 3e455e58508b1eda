"""The live state: what is served now, and how it follows the file.

All that moves is in `Live`: one thread calls `tend`, which decides, reads, exports, keeps and at
last puts a new edition in the place of the old with one assignment. Whoever answers requests reads
that attribute and waits for nobody. Whatever goes wrong on the way, the old edition stays up.
"""

from __future__ import annotations

import logging
import os
import time
from errno import ENOENT
from hashlib import sha256
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from timeline import api
from timeline.exporters import USUAL
from timeline.feed import Foreign
from timeline.files import read, sweep, write_all
from timeline.memo import Memo
from timeline.published import lying, names
from timeline.serve.edition import Edition, body
from timeline.serve.faults import Fault, Refused, solved
from timeline.serve.garbage import spare, unsearched
from timeline.serve.record import latest, standing
from timeline.serve.watch import SETTLED, Watch, look

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.serve.edition import Body
    from timeline.serve.watch import Look

LOG = logging.getLogger("timeline.serve")
EVERY = 0.25
"""Seconds between two looks at the file."""
RETRY = 30.0
"""Seconds after which what could not be kept is tried again."""

_RECORD = "What was published before cannot be read."


class Live:
    """What is served from a file, and what it takes to keep it so.

    `edition` is what is served; `fault` why that is not the file as it is now; `unkept` why what is
    served is not in the folder; `exports` how often the file was exported. The first edition is
    made at once. Raises `timeline.TimelineError` for a file that cannot be published where nothing
    of an earlier run can be served, `timeline.DestinationError`, OSError.
    """

    def __init__(
        self,
        file: str | os.PathLike[str],
        folder: str | os.PathLike[str] | None = None,
        *,
        keep: bool = True,
        pack: bool = False,
        clock: Callable[[], int] = api.now,
        settled: float = SETTLED,
    ) -> None:
        self.file = Path(file)
        self.folder = Path(folder) if folder is not None else self.file.parent / "exports"
        self.keep = keep
        self.fault: Fault | None = None
        self.unkept = ""
        self.exports = 0
        self.pack = pack
        self._clock = clock
        self._watch = Watch(settled=settled)
        self._retry = 0.0
        self._lies: dict[str, bytes] = {}
        self._digest = b""
        self._memo = Memo()
        self._notes: set[str] = set()
        self._stop = Event()
        self._thread: Thread | None = None
        self._starting = Lock()
        self.edition = Edition({}, clock())
        _wait_until_settled(self.file, settled, clock())
        self._begin()

    # The thread --------------------------------------------------------------------------------

    def now(self) -> int:
        """What the clock says, seconds UTC."""
        return self._clock()

    def start(self) -> None:
        """Follow the file from now on; once is enough."""
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._stop.clear()
                self._thread = Thread(target=self._follow, name="timeline-serve", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Let the file be; what is being exported is finished first."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _follow(self) -> None:
        while not self._stop.wait(EVERY):
            with unsearched():
                taken = self.tend(time.monotonic())
            if taken:
                spare()

    # What happens to the file ------------------------------------------------------------------

    def tend(self, now: float) -> bool:
        """Look, and take in what has changed and lies still at a moment of a clock that never runs
        back. Never raises; whether anything was taken in."""
        seen = self._look()
        if not self._watch.due(seen, now):
            if not self.unkept or now < self._retry:
                return False
            self._retry = now + RETRY
            self._digest = b""
        try:
            if not self._take_in(seen):
                return False
        except Refused as error:
            self._refuse(error)
        except Exception:  # a fault of this program: it must not cost the feed
            LOG.exception("%s could not be published", self.file)
            self._refuse(Refused("This program failed on it.", "what is served stays up"))
        self._watch.take(seen)
        if self.unkept:
            self._retry = max(self._retry, now + RETRY)
        return True

    def _look(self) -> Look:
        return look((self.file, *(self.folder / name for name in sorted(self.edition.bodies))))

    def _begin(self) -> None:
        seen = self._look()
        raw = self._raw()
        try:
            self._publish(raw)
        except Refused as error:
            report = api.check(raw, filename=os.fspath(self.file))
            if report.solution is not None:
                raise api.DestinationError(error.message) from error
            views = report.document.data.get("views")
            left = standing(self.folder, views if isinstance(views, dict) else None)
            if not left:
                raise api.TimelineError(report) from error
            now = self._clock()
            self._lies = left
            self.edition = Edition(
                {name: self._body(name, data, now, left) for name, data in left.items()}, now
            )
            self._digest = sha256(raw).digest()
            self._refuse(error)
        self._watch.take((*seen[:1], *self._look()[1:]))
        if self.keep:
            sweep(self.folder)

    def _take_in(self, seen: Look) -> bool:
        """Read the file and the folder, and publish where either says something new. False where
        the file was written to while it was read. Raises Refused."""
        try:
            raw = self._raw()
        except OSError as error:
            self._digest = b""
            why = error.strerror or str(error)
            raise Refused("It cannot be read.", f"{error.filename} cannot be read: {why}") from error
        edited = sha256(raw).digest() != self._digest
        try:
            moved = not edited and lying(self.folder, self.edition.bodies) != self._lies
        except OSError as error:
            raise self._unreadable(error) from error
        if look((self.file,)) != seen[:1]:
            return False
        if edited or moved:
            self._publish(raw)
        return True

    def _raw(self) -> bytes:
        """The file's bytes. Raises OSError, also for what is no file and might never end."""
        raw = read(self.file)
        if raw is None:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT), str(self.file))
        return raw

    def _publish(self, raw: bytes) -> None:
        """Make an edition of the file, keep it, and serve it. Raises Refused."""
        self._digest = sha256(raw).digest()
        schedule = solved(raw, os.fspath(self.file), self._memo)
        timeline = schedule.timeline
        wanted = names(("all", *timeline.views), USUAL)
        identity = timeline.id if timeline.id_stated else ""
        now = self._clock()
        for _ in range(3):  # again where somebody else wrote there meanwhile
            try:
                seen = look([self.folder / name for name in wanted])
                lies = lying(self.folder, wanted)
                before = self._record(lies, identity)
                outputs = api.export(schedule, previous=before, clock=lambda: now,
                                     memo=self._memo)  # fmt: skip
                self.exports += 1
                if look([self.folder / name for name in wanted]) == seen:
                    break
            except api.DestinationError as error:
                raise Refused(_RECORD, str(self.folder / str(error))) from error
            except OSError as error:
                raise self._unreadable(error) from error
        files = {name: output.data for name, output in outputs.items()}
        bodies = {name: self._body(name, data, now, lies) for name, data in files.items()}
        self._lies = self._kept(files, lies)
        notes = {f"{name}: {note}" for name, output in outputs.items() for note in output.notes}
        for note in sorted(notes - self._notes):
            LOG.warning("%s", note)
        self._notes = notes
        changed = [n for n, b in bodies.items() if self.edition.bodies.get(n) is not b]
        left = [name for name in self.edition.bodies if name not in bodies]
        omitted = len({event for output in outputs.values() for event, _ in output.omitted})
        first = not self.edition.bodies
        mended, self.fault = self.fault, None
        if changed or left or mended or first:
            published = now if changed or left else self.edition.published
            self.edition = Edition(bodies, published, schedule, omitted)
            self._tell(changed, left, omitted)

    def _unreadable(self, error: OSError) -> Refused:
        """The folder cannot be read now: what is served is not known to be kept, and since no look at
        the file would tell of a mend, all is tried again."""
        self.unkept = error.strerror or str(error)
        self._digest = b""
        return Refused(_RECORD, f"{error.filename} cannot be read: {self.unkept}")

    def _record(self, lies: dict[str, bytes], identity: str) -> dict[str, bytes]:
        """The calendars that the next ones follow, by their names. Raises DestinationError."""
        found = dict(lies)
        for name, served in self.edition.bodies.items():
            if name.endswith(".ics"):
                try:
                    found[name] = latest(lies.get(name), served.data, identity)
                except Foreign as error:
                    raise api.DestinationError(f"{name}: {error}") from error
        return found

    def _body(self, name: str, data: bytes, now: int, lies: dict[str, bytes]) -> Body:
        """The body at an address. Where the server has just begun, what lies in the folder with the
        same bytes was last modified when it was written."""
        before = self.edition.bodies.get(name)
        if before is None and lies.get(name) == data:
            written = look((self.folder / name,))[0]
            now = min(now, written[3] // 10**9) if written else now
        return body(name, data, now, before, pack=self.pack)

    def _kept(self, files: dict[str, bytes], lies: dict[str, bytes]) -> dict[str, bytes]:
        """Write what is about to be served into the folder, where `lies` was just seen; what then lies
        there."""
        try:
            if not self.keep:
                return lying(self.folder, files)
            new = {name: data for name, data in files.items() if lies.get(name) != data}
            write_all(self.folder, new)
        except OSError as error:
            self.unkept = error.strerror or str(error)
            LOG.warning("%s cannot be written: %s. What is served is not kept, so do not stop this "
                        "server before it can be", self.folder, self.unkept)  # fmt: skip
            return {}
        self.unkept = ""
        return files

    def _refuse(self, error: Refused) -> None:
        if self.fault is None or self.fault.message != error.message:
            self.fault = Fault(self._clock(), error.summary, error.message, error.findings)
            LOG.warning("%s is not published: %s\nwhat was published before stays up",
                        self.file, error.message)  # fmt: skip

    def _tell(self, changed: list[str], left: list[str], omitted: int) -> None:
        parts = [f"{len(changed)} of {len(self.edition.bodies)} files new" if changed else
                 "as before"]  # fmt: skip
        if left:
            parts.append(f"no longer served: {', '.join(left)}")
        if omitted:
            told = "1 event is" if omitted == 1 else f"{omitted} events are"
            parts.append(f"{told} left out of calendars (`timeline export` says why)")
        LOG.info("published %s: %s", self.file, "; ".join(parts))


def _wait_until_settled(file: Path, settled: float, now: int) -> None:
    """Wait where a file was written this very moment, until it has stayed the same for a while."""
    seen = look((file,))
    if seen[0] is None or not 0 <= now - seen[0][3] // 10**9 < settled + 1:
        return
    for _ in range(20):
        time.sleep(settled)
        again = look((file,))
        if again == seen:
            return
        seen = again
