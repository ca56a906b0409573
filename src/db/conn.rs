//! The connection both stores share, and the few shapes its derived backend cannot express by itself.

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sqlite::Sqlite;
use diesel::{PgConnection, QueryResult, RunQueryDsl, SqliteConnection};

/// One open connection to whichever store this process runs on.
///
/// Queries are written once against it. Where its backend refuses a shape (upsert, batch insert, union), use
/// [`both!`](crate::both), [`OnBoth`] or [`PerDb`].
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// A PostgreSQL session.
    Pg(PgConnection),
    /// An embedded SQLite database.
    Sqlite(SqliteConnection),
}

/// Expands one expression for each concrete connection, for the shapes only a concrete backend accepts.
///
/// `both!(conn, c => diesel::insert_into(tags::table).values(&rows).execute(c))`
#[macro_export]
macro_rules! both {
    ($conn:expr, $c:ident => $e:expr) => {
        match $conn {
            $crate::db::Conn::Pg($c) => $e,
            $crate::db::Conn::Sqlite($c) => $e,
        }
    };
}

/// Loads the rows of a query as [`both!`](crate::both) does: `rows!(conn, pages::table.filter(…))`.
///
/// The query is compiled for each store. Its statement is then known by the query's type, and is neither written nor compared again when
/// it is run again, which over the shared backend it is, five times: a quarter of what a short statement costs.
#[macro_export]
macro_rules! rows {
    ($conn:expr, $query:expr $(,)?) => {
        match $conn {
            $crate::db::Conn::Pg(conn) => ::diesel::RunQueryDsl::load($query, conn),
            $crate::db::Conn::Sqlite(conn) => ::diesel::RunQueryDsl::load($query, conn),
        }
    };
}

/// The first row of a query, as [`rows!`](crate::rows).
#[macro_export]
macro_rules! first {
    ($conn:expr, $query:expr $(,)?) => {
        match $conn {
            $crate::db::Conn::Pg(conn) => ::diesel::RunQueryDsl::first($query, conn),
            $crate::db::Conn::Sqlite(conn) => ::diesel::RunQueryDsl::first($query, conn),
        }
    };
}

/// Runs a statement that answers no rows, as [`rows!`](crate::rows), and answers how many it touched.
#[macro_export]
macro_rules! run {
    ($conn:expr, $statement:expr $(,)?) => {
        match $conn {
            $crate::db::Conn::Pg(conn) => ::diesel::RunQueryDsl::execute($statement, conn),
            $crate::db::Conn::Sqlite(conn) => ::diesel::RunQueryDsl::execute($statement, conn),
        }
    };
}

/// Lets the shared backend take a statement that both stores accept but that it refuses by itself, such as a
/// single-row upsert.
#[derive(Debug, Clone, Copy)]
pub struct OnBoth<Q>(pub Q);

impl<Q> QueryFragment<MultiBackend> for OnBoth<Q>
where
    Q: QueryFragment<Pg> + QueryFragment<Sqlite>,
{
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        MultiBackend::walk_variant_ast(&self.0, pass)
    }
}

impl<Q: QueryId> QueryId for OnBoth<Q> {
    type QueryId = Q::QueryId;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}

impl<Q: Query> Query for OnBoth<Q> {
    type SqlType = Q::SqlType;
}

impl<Q> RunQueryDsl<Conn> for OnBoth<Q> {}

/// Two spellings of one expression, for use inside filters and selections.
///
/// `PerDb { pg: slug.ilike(p), sqlite: slug.like(p) }` has the type both halves share.
#[derive(Debug, Clone, Copy)]
pub struct PerDb<P, S> {
    /// What PostgreSQL is sent.
    pub pg: P,
    /// What SQLite is sent.
    pub sqlite: S,
}

impl<P, S> Expression for PerDb<P, S>
where
    P: Expression,
    S: Expression<SqlType = P::SqlType>,
{
    type SqlType = P::SqlType;
}

impl<P, S, From> SelectableExpression<From> for PerDb<P, S>
where
    Self: AppearsOnTable<From>,
    P: SelectableExpression<From>,
    S: SelectableExpression<From>,
{
}

impl<P, S, From> AppearsOnTable<From> for PerDb<P, S>
where
    Self: Expression,
    P: AppearsOnTable<From>,
    S: AppearsOnTable<From>,
{
}

impl<P, S, GroupBy> ValidGrouping<GroupBy> for PerDb<P, S>
where
    P: ValidGrouping<GroupBy>,
    S: ValidGrouping<GroupBy, IsAggregate = P::IsAggregate>,
{
    type IsAggregate = P::IsAggregate;
}

impl<P: QueryId, S: QueryId> QueryId for PerDb<P, S> {
    type QueryId = PerDb<P::QueryId, S::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = P::HAS_STATIC_QUERY_ID && S::HAS_STATIC_QUERY_ID;
}

impl<P: QueryFragment<Pg>, S> QueryFragment<Pg> for PerDb<P, S> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.pg.walk_ast(pass)
    }
}

impl<P, S: QueryFragment<Sqlite>> QueryFragment<Sqlite> for PerDb<P, S> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.sqlite.walk_ast(pass)
    }
}

impl<P, S> QueryFragment<MultiBackend> for PerDb<P, S>
where
    Self: QueryFragment<Pg> + QueryFragment<Sqlite>,
{
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        MultiBackend::walk_variant_ast(self, pass)
    }
}

/// Begins the outermost transaction with the given statement of each store.
pub(super) fn begin(conn: &mut Conn, pg: &str, sqlite: &str) -> QueryResult<()> {
    match conn {
        Conn::Pg(c) => AnsiTransactionManager::begin_transaction_sql(c, pg),
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, sqlite),
    }
}

/// How many transactions and savepoints are open; `None` when the connection is beyond use.
pub(super) fn depth(conn: &mut Conn) -> Option<u32> {
    <Conn as TransactionManager<Conn>>::transaction_manager_status_mut(conn)
        .transaction_depth()
        .ok()
        .map(|depth| depth.map_or(0, |d| d.get()))
}

/// Rolls back until `target` transactions are open. False when the connection did not get there.
pub(super) fn roll_back_to(conn: &mut Conn, target: u32) -> bool {
    while let Some(now) = depth(conn) {
        if now <= target {
            return now == target;
        }
        if <Conn as TransactionManager<Conn>>::rollback_transaction(conn).is_err()
            && depth(conn) == Some(now)
        {
            return false;
        }
    }
    false
}

/// Releases the innermost savepoint, or commits when there is none.
pub(super) fn commit(conn: &mut Conn) -> QueryResult<()> {
    <Conn as TransactionManager<Conn>>::commit_transaction(conn)
}

/// Opens a savepoint inside the transaction that is open.
pub(super) fn savepoint(conn: &mut Conn) -> QueryResult<()> {
    <Conn as TransactionManager<Conn>>::begin_transaction(conn)
}
