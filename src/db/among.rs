//! Lists in filters as one bound value.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Bool, Text};
use diesel::sqlite::Sqlite;

use super::conn::MultiBackend;

/// `column` is one of `values`, see [`among`].
#[derive(Debug, Clone)]
pub struct Among<C, T> {
    column: C,
    /// A JSON list, which both stores can read.
    list: String,
    of: PhantomData<T>,
}

/// The column is one of these numbers.
///
/// The statement has one bound value however many they are, so it is the same each time and stays prepared; diesel's `eq_any` makes
/// another statement for every length, and prepares it at every run.
pub fn among<C>(column: C, values: impl IntoIterator<Item = i64>) -> Among<C, BigInt> {
    Among {
        column,
        list: serde_json::Value::from_iter(values).to_string(),
        of: PhantomData,
    }
}

/// The column is one of these texts; as [`among`].
pub fn among_texts<C, S: Into<String>>(
    column: C,
    values: impl IntoIterator<Item = S>,
) -> Among<C, Text> {
    let values = values.into_iter().map(Into::<String>::into);
    Among {
        column,
        list: serde_json::Value::from_iter(values).to_string(),
        of: PhantomData,
    }
}

/// How PostgreSQL reads the elements of the list.
pub trait Element {
    /// What turns a text of the list into one.
    const CAST: &'static str;
}

impl Element for BigInt {
    const CAST: &'static str = "::bigint";
}

impl Element for Text {
    const CAST: &'static str = "";
}

impl<C, T> Expression for Among<C, T>
where
    C: Expression,
{
    type SqlType = Bool;
}

impl<C, T, From> SelectableExpression<From> for Among<C, T>
where
    Self: AppearsOnTable<From>,
    C: SelectableExpression<From>,
{
}

impl<C, T, From> AppearsOnTable<From> for Among<C, T>
where
    Self: Expression,
    C: AppearsOnTable<From>,
{
}

impl<C, T, GroupBy> ValidGrouping<GroupBy> for Among<C, T>
where
    C: ValidGrouping<GroupBy>,
{
    type IsAggregate = C::IsAggregate;
}

impl<C: QueryId, T: 'static> QueryId for Among<C, T> {
    type QueryId = Among<C::QueryId, T>;
    const HAS_STATIC_QUERY_ID: bool = C::HAS_STATIC_QUERY_ID;
}

impl<C: QueryFragment<Pg>, T: Element> QueryFragment<Pg> for Among<C, T> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.column.walk_ast(pass.reborrow())?;
        pass.push_sql(" = ANY(ARRAY(SELECT json_array_elements_text(CAST(");
        pass.push_bind_param::<Text, _>(&self.list)?;
        pass.push_sql(" AS json))");
        pass.push_sql(T::CAST);
        pass.push_sql("))");
        Ok(())
    }
}

impl<C: QueryFragment<Sqlite>, T> QueryFragment<Sqlite> for Among<C, T> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.column.walk_ast(pass.reborrow())?;
        pass.push_sql(" IN (SELECT value FROM json_each(");
        pass.push_bind_param::<Text, _>(&self.list)?;
        pass.push_sql("))");
        Ok(())
    }
}

impl<C, T> QueryFragment<MultiBackend> for Among<C, T>
where
    Self: QueryFragment<Pg> + QueryFragment<Sqlite>,
{
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        MultiBackend::walk_variant_ast(self, pass)
    }
}
