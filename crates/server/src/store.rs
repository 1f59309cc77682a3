//! The store in a database server's tables: SQLite for one machine, PostgreSQL for many.
