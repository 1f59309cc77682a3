//! Tables, brought up to date when a store is opened. A change of them is another file and another line here.

use api::store::StoreError;
use sqlx::SqlSafeStr;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};

/// Number, name, statements.
type Step = (i64, &'static str, &'static str);

/// For SQLite.
pub const SQLITE: &[Step] = &[(1, "begin", include_str!("../../migrations/sqlite/0001_begin.sql"))];

/// For PostgreSQL.
pub const POSTGRES: &[Step] = &[(1, "begin", include_str!("../../migrations/postgres/0001_begin.sql"))];

pub(super) fn migrator(steps: &'static [Step]) -> Migrator {
    let migration = |(number, name, sql): &Step| {
        Migration::new(*number, (*name).into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(steps.iter().map(migration).collect())
}

pub(super) fn not_migrated(error: MigrateError) -> StoreError {
    match error {
        MigrateError::VersionMissing(version) => {
            StoreError::Unavailable(format!("the database was made by a newer program (its step {version})"))
        }
        other => StoreError::Unavailable(format!("the tables could not be brought up to date: {other}")),
    }
}
