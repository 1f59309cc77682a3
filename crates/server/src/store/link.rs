//! One connection, of either kind, that runs the same statements: text and whole numbers in, text and whole numbers
//! out. Every statement of the store passes here.

use super::lanes::Held;
use crate::steps;
use api::store::{AppendError, StoreError};
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
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

    /// The line as what a statement is given.
    pub(super) fn args(self) -> Vec<Arg> {
        let arg = |value| match value {
            Value::Text(text) => Arg::from(text),
            Value::Int(number) => Arg::Int(number),
            Value::Nothing => Arg::MaybeInt(None),
        };
        self.0.into_iter().map(arg).collect()
    }

    /// A count or a place: never below zero.
    pub fn count(&self, column: usize) -> u64 {
        self.int(column).and_then(|number| u64::try_from(number).ok()).unwrap_or(0)
    }
}

/// A statement of this program's own, with what it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    sql: String,
    args: Vec<Arg>,
}

impl Statement {
    /// One whose arguments are `$1`, `$2` and so on.
    pub(super) fn new(sql: impl Into<String>, args: Vec<Arg>) -> Self {
        Self { sql: sql.into(), args }
    }

    /// The same with many lines in one go: `head (…), (…) tail`; none without a line.
    pub(super) fn of_many(head: &str, lines: Vec<Vec<Arg>>, tail: &str) -> Vec<Self> {
        // Far below what either database takes in one statement.
        let some = lines.chunks(200).map(|some| {
            let mut number = 0;
            let mut places = String::new();
            for line in some {
                places.push_str(if places.is_empty() { "(" } else { ", (" });
                for at in 0..line.len() {
                    number += 1;
                    let comma = if at == 0 { "" } else { ", " };
                    places.push_str(&format!("{comma}${number}"));
                }
                places.push(')');
            }
            Self::new(format!("{head} {places} {tail}"), some.iter().flatten().cloned().collect())
        });
        some.collect()
    }
}

/// Most statements in one text. The driver keeps texts with all they were compiled to.
const TOGETHER: usize = 64;

/// Several statements as one text, with the arguments of all of them.
fn together(statements: Vec<Statement>) -> Statement {
    let (mut sql, mut args) = (String::new(), Vec::new());
    for statement in statements {
        if !sql.is_empty() {
            sql.push_str(";\n");
        }
        let mut parts = statement.sql.split('$');
        sql.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let digits = part.find(|other: char| !other.is_ascii_digit()).unwrap_or(part.len());
            let number = part[..digits].parse::<usize>().map_or(0, |number| number + args.len());
            sql.push_str(&format!("${number}{}", &part[digits..]));
        }
        args.extend(statement.args);
    }
    Statement { sql, args }
}

/// A connection, reading, or a transaction, writing.
pub enum Link {
    /// Reads from SQLite.
    SqliteRead(Held),
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
        match &mut *$link {
            Link::SqliteRead(held) => {
                let outcome = with!(held);
                if outcome.is_err() {
                    held.spend();
                }
                outcome
            }
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
        for Statement { sql, args } in Statement::of_many(head, lines, tail) {
            self.run(sql, args).await?;
        }
        Ok(())
    }

    /// Does several things in this order; the lines of all their answers. SQLite is told them together: each telling
    /// is a trip to its thread, which costs more than what is told.
    pub(super) async fn all(&mut self, statements: Vec<Statement>) -> Result<Vec<Line>, StoreError> {
        let most = if self.is_shared() { 1 } else { TOGETHER };
        let (mut lines, mut left) = (Vec::new(), statements.into_iter().peekable());
        while left.peek().is_some() {
            lines.extend(self.at_once(left.by_ref().take(most).collect()).await?);
        }
        Ok(lines)
    }

    async fn at_once(&mut self, mut statements: Vec<Statement>) -> Result<Vec<Line>, StoreError> {
        let ends_before = steps::reached_all(statements.len());
        let ended = ends_before.map(|at| statements.drain(at..).next().map_or_else(String::new, |first| first.sql));
        let Statement { sql, args } = together(statements);
        let lines = on_either!(self, sql, args, connection, query => {
            query.fetch_all(connection).await.map(|rows| rows.iter().map(Readable::line).collect())
        });
        if let Some(first) = ended {
            steps::end(&first);
        }
        lines
    }

    /// Asks for more than is held at once: its lines, as they come.
    pub(super) fn stream(&mut self, sql: String) -> BoxStream<'_, Result<Line, StoreError>> {
        steps::reached(&sql);
        macro_rules! told {
            ($held:expr) => {{
                let rows = sqlx::query(AssertSqlSafe(sql)).fetch(&mut **$held);
                rows.map_ok(|row| row.line()).map_err(failed).boxed()
            }};
        }
        match self {
            Self::SqliteRead(held) => told!(held),
            Self::SqliteWrite(held) => told!(held),
            Self::PostgresRead(held) => told!(held),
            Self::PostgresWrite(held) => told!(held),
        }
    }

    /// Whether several servers may be at it at the same time.
    pub(super) fn is_shared(&self) -> bool {
        matches!(self, Self::PostgresRead(_) | Self::PostgresWrite(_))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_statements_are_one_text_with_the_arguments_of_all() {
        let lines = vec![args!["a", 1_u64], args!["b", 2_u64]];
        let mut all = Statement::of_many("INSERT INTO one VALUES", lines, "");
        all.push(Statement::new("SELECT 'x' FROM two WHERE a = $2 OR b = $1", args!["c", "d"]));
        let Statement { sql, args } = together(all);
        let text = "INSERT INTO one VALUES ($1, $2), ($3, $4) ;\nSELECT 'x' FROM two WHERE a = $6 OR b = $5";
        assert_eq!((sql.as_str(), args), (text, args!["a", 1_u64, "b", 2_u64, "c", "d"]));
        assert_eq!(Statement::of_many("INSERT INTO one VALUES", Vec::new(), ""), []);
    }
}
