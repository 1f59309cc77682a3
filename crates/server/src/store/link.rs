//! One connection, of either kind, that runs the same statements: text and whole numbers in, text and whole numbers
//! out. Every statement of the store passes here.

use crate::steps;
use api::store::{AppendError, StoreError};
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Column, Postgres, Row, Sqlite, Transaction, TypeInfo, ValueRef};

/// What a statement is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// Text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A whole number, or none.
    MaybeInt(Option<i64>),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        // PostgreSQL keeps no zeros. JSON has none; an address somebody made up may, and then names nothing.
        Self::Text(if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text })
    }
}
impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}
impl From<u64> for Arg {
    fn from(number: u64) -> Self {
        // Counts and places; none comes near the end of 63 bits, and what is beyond it is beyond everything.
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Int(number.into())
    }
}
impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<bool> for Arg {
    fn from(is: bool) -> Self {
        Self::Int(is.into())
    }
}
impl From<Option<i64>> for Arg {
    fn from(number: Option<i64>) -> Self {
        Self::MaybeInt(number)
    }
}

/// The arguments of a statement, each as what it is.
macro_rules! args {
    ($($arg:expr),* $(,)?) => { vec![$($crate::store::Arg::from($arg)),*] };
}
pub(super) use args;

/// What stands in one column of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Text(String),
    Int(i64),
    Nothing,
}

/// One line of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line(Vec<Value>);

impl Line {
    /// The text of a column; empty for what is none.
    pub fn text(&self, column: usize) -> String {
        match self.0.get(column) {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Int(_) | Value::Nothing) | None => String::new(),
        }
    }

    /// The number in a column, when there is one.
    pub fn int(&self, column: usize) -> Option<i64> {
        match self.0.get(column) {
            Some(Value::Int(number)) => Some(*number),
            Some(Value::Text(_) | Value::Nothing) | None => None,
        }
    }

    /// A count or a place: never below zero.
    pub fn count(&self, column: usize) -> u64 {
        self.int(column).and_then(|number| u64::try_from(number).ok()).unwrap_or(0)
    }
}

/// A connection of a pool, reading, or a transaction, writing.
pub enum Link {
    /// Reads from SQLite.
    SqliteRead(PoolConnection<Sqlite>),
    /// Writes to SQLite.
    SqliteWrite(Transaction<'static, Sqlite>),
    /// Reads from PostgreSQL.
    PostgresRead(PoolConnection<Postgres>),
    /// Writes to PostgreSQL.
    PostgresWrite(Transaction<'static, Postgres>),
}

macro_rules! on_either {
    ($link:expr, $sql:expr, $args:expr, $connection:ident, $query:ident => $run:expr) => {{
        macro_rules! with {
            ($held:expr) => {{
                let $connection = &mut **$held;
                let mut $query = sqlx::query(AssertSqlSafe($sql));
                for arg in $args {
                    $query = match arg {
                        Arg::Text(text) => $query.bind(text),
                        Arg::Int(number) => $query.bind(number),
                        Arg::MaybeInt(number) => $query.bind(number),
                    };
                }
                $run.map_err(failed)
            }};
        }
        match $link {
            Link::SqliteRead(held) => with!(held),
            Link::SqliteWrite(held) => with!(held),
            Link::PostgresRead(held) => with!(held),
            Link::PostgresWrite(held) => with!(held),
        }
    }};
}

impl Link {
    /// Asks. The statement is one of this program's own; what comes from outside is in the arguments.
    pub(super) async fn lines(&mut self, sql: impl Into<String>, args: Vec<Arg>) -> Result<Vec<Line>, StoreError> {
        let sql = sql.into();
        steps::reached(&sql);
        on_either!(self, sql, args, connection, query => {
            query.fetch_all(connection).await.map(|rows| rows.iter().map(Readable::line).collect())
        })
    }

    /// The first line of an answer.
    pub(super) async fn line(&mut self, sql: impl Into<String>, args: Vec<Arg>) -> Result<Option<Line>, StoreError> {
        Ok(self.lines(sql, args).await?.into_iter().next())
    }

    /// Does; how many lines it concerned.
    pub(super) async fn run(&mut self, sql: impl Into<String>, args: Vec<Arg>) -> Result<u64, StoreError> {
        let sql = sql.into();
        steps::reached(&sql);
        on_either!(self, sql, args, connection, query => {
            query.execute(connection).await.map(|done| done.rows_affected())
        })
    }

    /// Does the same with many lines in one go: `head (…), (…) tail`.
    pub(super) async fn run_many(&mut self, head: &str, lines: Vec<Vec<Arg>>, tail: &str) -> Result<(), StoreError> {
        // Far below what either takes in one statement.
        for some in lines.chunks(200) {
            let mut number = 0;
            let places: Vec<String> = some
                .iter()
                .map(|line| {
                    let marks: Vec<String> = line
                        .iter()
                        .map(|_| {
                            number += 1;
                            format!("${number}")
                        })
                        .collect();
                    format!("({})", marks.join(", "))
                })
                .collect();
            let sql = format!("{head} {} {tail}", places.join(", "));
            self.run(sql, some.iter().flatten().cloned().collect()).await?;
        }
        Ok(())
    }

    /// Makes what was written last.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        steps::reached("COMMIT");
        match self {
            Self::SqliteWrite(transaction) => transaction.commit().await.map_err(failed)?,
            Self::PostgresWrite(transaction) => transaction.commit().await.map_err(failed)?,
            Self::SqliteRead(_) | Self::PostgresRead(_) => {}
        }
        steps::reached("committed");
        Ok(())
    }
}

/// A line as the driver has it.
trait Readable {
    fn line(&self) -> Line;
}

macro_rules! readable {
    ($row:ty) => {
        impl Readable for $row {
            fn line(&self) -> Line {
                let value = |column: usize| {
                    let raw = self.try_get_raw(column).ok()?;
                    match (raw.is_null(), raw.type_info().name()) {
                        (true, _) => None,
                        (false, "TEXT" | "VARCHAR" | "NAME") => self.try_get(column).ok().map(Value::Text),
                        (false, _) => self.try_get(column).ok().map(Value::Int),
                    }
                };
                Line(self.columns().iter().map(|column| value(column.ordinal()).unwrap_or(Value::Nothing)).collect())
            }
        }
    };
}
readable!(SqliteRow);
readable!(PgRow);

/// What a driver's error means here.
pub(super) fn failed(error: sqlx::Error) -> StoreError {
    let code = error.as_database_error().and_then(|error| error.code()).unwrap_or_default();
    match code.as_ref() {
        // SQLite: SQLITE_FULL. PostgreSQL: disk_full, out_of_memory, program_limit_exceeded.
        "13" | "53100" | "53200" | "54000" => StoreError::Full,
        // SQLite: SQLITE_CORRUPT, SQLITE_NOTADB. PostgreSQL: data_corrupted, index_corrupted.
        "11" | "26" | "XX001" | "XX002" => StoreError::Corrupt(error.to_string()),
        // Two transactions in each other's way: PostgreSQL has let one of them go.
        "40001" | "40P01" => StoreError::Unavailable(RACE.to_owned()),
        _ => StoreError::Unavailable(error.to_string()),
    }
}

const RACE: &str = "another transaction was first";

/// A lost race is told as one: it is decided again.
pub(super) fn or_race(error: StoreError) -> AppendError {
    match error {
        StoreError::Unavailable(why) if why == RACE => AppendError::Conflict,
        error => AppendError::Store(error),
    }
}
