-- The same tables as for SQLite. Text that is read in order is compared by its bytes (COLLATE "C").

CREATE TABLE threads (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    state TEXT NOT NULL
);

CREATE TABLE summaries (
    thread TEXT PRIMARY KEY,
    summary TEXT NOT NULL
);

CREATE TABLE members (
    account TEXT NOT NULL,
    thread TEXT NOT NULL,
    read_seq BIGINT NOT NULL,
    read_at BIGINT,
    unread BIGINT NOT NULL,
    muted BIGINT NOT NULL,
    PRIMARY KEY (account, thread)
);

CREATE TABLE events (
    thread TEXT NOT NULL,
    seq BIGINT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (thread, seq)
);

CREATE TABLE timeline (
    thread TEXT NOT NULL,
    seq BIGINT NOT NULL,
    item TEXT NOT NULL,
    PRIMARY KEY (thread, seq)
);

CREATE TABLE messages (
    thread TEXT NOT NULL,
    message TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (thread, message)
);

CREATE TABLE owners (
    entity TEXT PRIMARY KEY,
    thread TEXT NOT NULL
);

-- Each account's stream: its place, and which event stands there.
CREATE TABLE feed (
    account TEXT NOT NULL,
    cursor BIGINT NOT NULL,
    thread TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (account, cursor)
);

CREATE TABLE cursors (
    account TEXT PRIMARY KEY,
    cursor BIGINT NOT NULL
);

-- What is found by something else than the name of its thread: inbox, queue, what was bought, asked for, paid out.
CREATE TABLE places (
    place TEXT COLLATE "C" PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE sums (
    account TEXT PRIMARY KEY,
    sums TEXT NOT NULL
);

CREATE TABLE idempotency (
    account TEXT NOT NULL,
    key TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (account, key)
);

-- `claimed_until`: until then, by the machine's clock, one worker has it.
CREATE TABLE outbox (
    at BIGINT NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    entry TEXT NOT NULL,
    claimed_until BIGINT,
    PRIMARY KEY (at, id)
);

CREATE TABLE due (
    at BIGINT NOT NULL,
    thread TEXT COLLATE "C" NOT NULL,
    claimed_until BIGINT,
    PRIMARY KEY (at, thread)
);

CREATE TABLE documents (
    kind TEXT NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (kind, id)
);

-- What happened is not rewritten.
CREATE FUNCTION events_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an event is never changed';
END
$$;

CREATE TRIGGER events_stay BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION events_stay();
