-- What happened, thread by thread, and what follows from it. Bodies are the JSON of the API's own types.

CREATE TABLE threads (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    state TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE summaries (
    thread TEXT PRIMARY KEY,
    summary TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE members (
    account TEXT NOT NULL,
    thread TEXT NOT NULL,
    read_seq INTEGER NOT NULL,
    read_at INTEGER,
    unread INTEGER NOT NULL,
    muted INTEGER NOT NULL,
    PRIMARY KEY (account, thread)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    thread TEXT NOT NULL,
    seq INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (thread, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE timeline (
    thread TEXT NOT NULL,
    seq INTEGER NOT NULL,
    item TEXT NOT NULL,
    PRIMARY KEY (thread, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
    thread TEXT NOT NULL,
    message TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (thread, message)
) STRICT, WITHOUT ROWID;

CREATE TABLE owners (
    entity TEXT PRIMARY KEY,
    thread TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Each account's stream: its place, and which event stands there.
CREATE TABLE feed (
    account TEXT NOT NULL,
    cursor INTEGER NOT NULL,
    thread TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (account, cursor)
) STRICT, WITHOUT ROWID;

CREATE TABLE cursors (
    account TEXT PRIMARY KEY,
    cursor INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What is found by something else than the name of its thread: inbox, queue, what was bought, asked for, paid out.
CREATE TABLE places (
    place TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sums (
    account TEXT PRIMARY KEY,
    sums TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency (
    account TEXT NOT NULL,
    key TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (account, key)
) STRICT, WITHOUT ROWID;

-- `claimed_until`: until then, by the machine's clock, one worker has it.
CREATE TABLE outbox (
    at INTEGER NOT NULL,
    id TEXT NOT NULL,
    entry TEXT NOT NULL,
    claimed_until INTEGER,
    PRIMARY KEY (at, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE due (
    at INTEGER NOT NULL,
    thread TEXT NOT NULL,
    claimed_until INTEGER,
    PRIMARY KEY (at, thread)
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- What happened is not rewritten.
CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;
