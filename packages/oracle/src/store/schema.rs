//! The tables, and how older ones become newer ones.

use rusqlite::{Connection, TransactionBehavior};

use super::error::StoreError;

/// Every format there ever was, as the steps that lead to it from the one before. A step is never changed once released.
const STEPS: [&str; 3] = [
    "
    -- What is known of this database itself.
    CREATE TABLE self (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        -- How often it was opened by a daemon; compared with the file beside it, which tells a restored copy.
        generation INTEGER NOT NULL,
        -- Unix second since which this database saw every signature of its key.
        clean_from INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE meters (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE sources (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    -- Registers as they came. register: 0 taken, 1 given; value in mWh; at and received in unix seconds.
    CREATE TABLE registers (
        meter INTEGER NOT NULL REFERENCES meters (id),
        register INTEGER NOT NULL CHECK (register IN (0, 1)),
        source INTEGER NOT NULL REFERENCES sources (id),
        at INTEGER NOT NULL CHECK (at >= 0),
        value INTEGER NOT NULL CHECK (value >= 0),
        received INTEGER NOT NULL,
        PRIMARY KEY (meter, register, source, at)
    ) STRICT, WITHOUT ROWID;
    -- Energies of intervals as files gave them; quality as in reports.
    CREATE TABLE energies (
        meter INTEGER NOT NULL REFERENCES meters (id),
        start INTEGER NOT NULL CHECK (start >= 0),
        source INTEGER NOT NULL REFERENCES sources (id),
        import INTEGER NOT NULL CHECK (import >= 0),
        export INTEGER NOT NULL CHECK (export >= 0),
        quality INTEGER NOT NULL CHECK (quality BETWEEN 0 AND 15),
        received INTEGER NOT NULL,
        PRIMARY KEY (meter, start, source)
    ) STRICT, WITHOUT ROWID;
    -- Every draft that was ever signed, written before its signature exists. Never deleted before its window is final.
    CREATE TABLE signed (
        epoch INTEGER NOT NULL,
        first INTEGER NOT NULL,
        intervals INTEGER NOT NULL CHECK (intervals > 0),
        revision INTEGER NOT NULL,
        digest BLOB NOT NULL CHECK (length(digest) = 32),
        draft BLOB NOT NULL,
        signed_at INTEGER NOT NULL,
        -- What became of it: 0 nothing yet, 1 accepted, 2 refused for good.
        fate INTEGER NOT NULL DEFAULT 0 CHECK (fate IN (0, 1, 2)),
        refusals INTEGER NOT NULL DEFAULT 0,
        words TEXT,
        PRIMARY KEY (epoch, first, revision, digest)
    ) STRICT, WITHOUT ROWID;
    ",
    "
    -- Files read, by SHA-256 of their bytes: none is read twice, whatever its name.
    CREATE TABLE files (
        hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
        name TEXT NOT NULL,
        read_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- Up to where registers of a meter are thinned, unix seconds.
    CREATE TABLE thinned (
        meter INTEGER PRIMARY KEY REFERENCES meters (id),
        until INTEGER NOT NULL
    ) STRICT;
    ",
    "
    -- What was said to a committee besides reports, written before its signature exists: one of a kind and slot.
    -- kind: 0 what was read, 1 a draft that this member led.
    CREATE TABLE said (
        epoch INTEGER NOT NULL,
        first INTEGER NOT NULL,
        slot INTEGER NOT NULL,
        kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
        digest BLOB NOT NULL CHECK (length(digest) = 32),
        content BLOB NOT NULL,
        said_at INTEGER NOT NULL,
        PRIMARY KEY (epoch, first, slot, kind)
    ) STRICT, WITHOUT ROWID;
    -- Of a slot's meter in a window: what the committee attested and what was read here, over the intervals that both have; mWh.
    CREATE TABLE apart (
        slot INTEGER NOT NULL,
        first INTEGER NOT NULL,
        ended INTEGER NOT NULL,
        own_import INTEGER NOT NULL,
        own_export INTEGER NOT NULL,
        attested_import INTEGER NOT NULL,
        attested_export INTEGER NOT NULL,
        PRIMARY KEY (slot, first)
    ) STRICT, WITHOUT ROWID;
    ",
];

/// The newest format.
pub const NEWEST: u32 = 3;

const _: () = assert!(NEWEST as usize == STEPS.len());

/// Brings a database to the newest format, step by step, each in a transaction of its own.
///
/// # Errors
/// A newer program made it; the database refuses.
pub fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    migrate_to(connection, NEWEST)
}

/// The same up to a format: how tests make databases of older ones.
///
/// # Errors
/// As [`migrate`].
pub fn migrate_to(connection: &mut Connection, target: u32) -> Result<(), StoreError> {
    loop {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let format = format(&transaction)?;
        if format > NEWEST {
            return Err(StoreError::Format {
                known: NEWEST,
                got: format,
            });
        }
        let step = usize::try_from(format).ok().and_then(|at| STEPS.get(at));
        let Some(step) = step.filter(|_| format < target) else {
            return Ok(());
        };
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", format.saturating_add(1))?;
        transaction.commit()?;
    }
}

/// The format of a database; 0 for an empty one.
///
/// # Errors
/// The database refuses.
pub fn format(connection: &Connection) -> Result<u32, StoreError> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}
