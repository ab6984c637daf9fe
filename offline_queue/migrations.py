"""The queue's tables, as a list of changes that only ever grows at its end."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("offline_queue")


@migrations()
def applications(database: Database) -> None:
    """Applications on their way; `place` is their order, because wall clocks go backwards."""
    database.execute(
        """
        CREATE TABLE applications (
            place INTEGER PRIMARY KEY,
            application_id TEXT NOT NULL UNIQUE,
            local_no TEXT NOT NULL UNIQUE,
            item TEXT NOT NULL,
            item_version TEXT NOT NULL,
            offline_policy TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('kept', 'delivered', 'quarantined')),
            envelope BLOB,
            envelope_sha256 TEXT NOT NULL,
            terminal_signature TEXT NOT NULL,
            clock_trust TEXT NOT NULL,
            made_at TEXT NOT NULL,
            made_since_boot_s REAL NOT NULL,
            made_boot TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            last_error TEXT,
            filing_no TEXT,
            received_at TEXT,
            receipt TEXT,
            shown INTEGER NOT NULL DEFAULT 0,
            CHECK ((state = 'delivered') = (envelope IS NULL)),
            CHECK ((state = 'delivered') = (receipt IS NOT NULL))
        ) STRICT
        """
    )
    database.execute("CREATE INDEX applications_by_state ON applications (state, place)")
    database.execute(
        "CREATE TABLE day_counters (prefix TEXT PRIMARY KEY, last_no INTEGER NOT NULL) STRICT, WITHOUT ROWID"
    )


@migrations()
def ratings(database: Database) -> None:
    """One rating an application, the first one given."""
    database.execute(
        """
        CREATE TABLE ratings (
            application_id TEXT PRIMARY KEY REFERENCES applications (application_id),
            level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
            rated_at TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'kept' CHECK (state IN ('kept', 'delivered', 'quarantined'))
        ) STRICT
        """
    )


@migrations()
def print_jobs(database: Database) -> None:
    """The life of each paper job; nothing of what was on the paper."""
    database.execute(
        """
        CREATE TABLE print_jobs (
            job_id TEXT PRIMARY KEY,
            paper TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('started', 'printed', 'not_printed', 'unknown')),
            sha256 TEXT NOT NULL,
            cause TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
        """
    )


@migrations()
def pin_failures(database: Database) -> None:
    """Wrong PINs in a row, and the lock they earned, on the boot clock."""
    database.execute(
        """
        CREATE TABLE pin_failures (
            staff_no TEXT PRIMARY KEY,
            failures INTEGER NOT NULL,
            locked_since_boot_s REAL NOT NULL,
            locked_boot TEXT NOT NULL
        ) STRICT
        """
    )


@migrations()
def statements(database: Database) -> None:
    """The chain of signed statements, one an application and kind; signatures are made again when needed.

    It outlives the applications: a chain with a statement missing proves nothing.
    """
    database.execute(
        """
        CREATE TABLE statements (
            number INTEGER PRIMARY KEY,
            application_id TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('kept', 'received')),
            body BLOB NOT NULL,
            UNIQUE (application_id, kind)
        ) STRICT
        """
    )


@migrations()
def restored(database: Database) -> None:
    """Applications brought back from a slip: the signature of the terminal that printed it."""
    database.execute("ALTER TABLE applications ADD COLUMN origin_signature TEXT")


@migrations()
def reprints(database: Database) -> None:
    """Which job a paper job stands for once more, and why: once each."""
    database.execute("ALTER TABLE print_jobs ADD COLUMN reprint_of TEXT REFERENCES print_jobs (job_id)")
    database.execute("ALTER TABLE print_jobs ADD COLUMN reprint_reason TEXT")
    database.execute("CREATE UNIQUE INDEX one_reprint ON print_jobs (reprint_of)")


@migrations()
def tries(database: Database) -> None:
    """What was tried of each application that is not delivered, and when the next try is due.

    A table of its own: a failed try then rewrites one small row and not an envelope of megabytes. `due_s` is
    on the boot clock, and holds for the boot of `due_boot` only.
    """
    database.execute(
        """
        CREATE TABLE tries (
            place INTEGER PRIMARY KEY REFERENCES applications (place),
            bytes INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            unexplained INTEGER NOT NULL DEFAULT 0,
            last_error TEXT,
            due_boot TEXT,
            due_s REAL
        ) STRICT
        """
    )
    database.execute(
        "INSERT INTO tries (place, bytes, attempts, last_error)"
        " SELECT place, length(envelope), attempts, last_error FROM applications WHERE state != 'delivered'"
    )


@migrations()
def parts(database: Database) -> None:
    """Everything that goes to the platform has a row of its own: pages, applications, and what follows them.

    What has a smaller `step` goes first. Applications of before have their pages inside, and no parts: they
    go as they are. A page's bytes are in a table of their own, as an application's are in theirs: a failed
    try rewrites one small row.
    """
    database.execute(
        """
        CREATE TABLE deliveries (
            number INTEGER PRIMARY KEY,
            place INTEGER NOT NULL REFERENCES applications (place),
            kind TEXT NOT NULL CHECK (kind IN ('part', 'application', 'rating', 'audit')),
            step INTEGER NOT NULL GENERATED ALWAYS AS
                (CASE kind WHEN 'part' THEN 1 WHEN 'application' THEN 2 ELSE 3 END) VIRTUAL,
            name TEXT NOT NULL DEFAULT '',
            lane TEXT NOT NULL CHECK (lane IN ('small', 'large')),
            bytes INTEGER NOT NULL,
            said TEXT,
            state TEXT NOT NULL DEFAULT 'kept' CHECK (state IN ('kept', 'over', 'quarantined')),
            attempts INTEGER NOT NULL DEFAULT 0,
            unexplained INTEGER NOT NULL DEFAULT 0,
            last_error TEXT,
            due_boot TEXT,
            due_s REAL,
            UNIQUE (place, kind, name),
            CHECK ((kind = 'part') = (name != '')),
            CHECK ((kind IN ('rating', 'audit')) = (said IS NOT NULL))
        ) STRICT
        """
    )
    database.execute("CREATE INDEX deliveries_waiting ON deliveries (place, number) WHERE state = 'kept'")
    database.execute(
        """
        CREATE TABLE parts (
            sha256 TEXT PRIMARY KEY,
            place INTEGER NOT NULL REFERENCES applications (place),
            sealed BLOB NOT NULL
        ) STRICT
        """
    )
    database.execute("CREATE INDEX parts_by_place ON parts (place)")
    database.execute(
        "INSERT INTO deliveries"
        " (place, kind, lane, bytes, attempts, unexplained, last_error, due_boot, due_s)"
        " SELECT place, 'application', iif(bytes > 262144, 'large', 'small'), bytes, attempts, unexplained,"
        " last_error, due_boot, due_s FROM tries ORDER BY place"
    )
    database.execute("DROP TABLE tries")
    database.execute(
        "INSERT INTO deliveries (place, kind, lane, bytes, said, state)"
        " SELECT place, 'rating', 'small', length(said), said, state FROM ("
        "  SELECT place, json_object('level', level, 'rated_at', rated_at) AS said,"
        "  iif(ratings.state = 'delivered', 'over', ratings.state) AS state"
        "  FROM ratings JOIN applications USING (application_id)) ORDER BY place"
    )
    database.execute("DROP TABLE ratings")
