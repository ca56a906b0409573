//! Column types that read and write the same on both stores.

use std::fmt;
use std::str::FromStr;

use diesel::backend::Backend as DieselBackend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::BigInt;
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant, in microseconds since 1970-01-01T00:00:00Z, kept in a BIGINT column.
///
/// Shown and serialised as RFC 3339 text in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Micros(pub i64);

impl Micros {
    /// The instant, or the nearest that the calendar has: a number out of range can only come from a foreign hand
    /// in the database, and must not take a page down.
    pub fn timestamp(self) -> Timestamp {
        let bound = if self.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        };
        Timestamp::from_microsecond(self.0).unwrap_or(bound)
    }
}

impl From<Timestamp> for Micros {
    /// Drops what is finer than a microsecond.
    fn from(instant: Timestamp) -> Micros {
        Micros(instant.as_microsecond())
    }
}

impl From<Micros> for Timestamp {
    fn from(micros: Micros) -> Timestamp {
        micros.timestamp()
    }
}

impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}

impl FromStr for Micros {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Micros, jiff::Error> {
        text.parse::<Timestamp>().map(Micros::from)
    }
}

impl Serialize for Micros {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Micros {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Micros, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl<DB: DieselBackend> ToSql<BigInt, DB> for Micros
where
    i64: ToSql<BigInt, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        <i64 as ToSql<BigInt, DB>>::to_sql(&self.0, out)
    }
}

impl<DB: DieselBackend> FromSql<BigInt, DB> for Micros
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Micros> {
        <i64 as FromSql<BigInt, DB>>::from_sql(value).map(Micros)
    }
}

/// A text that is none of the words a [`text_enum!`](crate::text_enum) knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is none of {words}")]
pub struct UnknownWord {
    /// What was read.
    pub text: String,
    /// The words there are, with commas.
    pub words: String,
}

/// Declares an enum that is kept as a word in a TEXT column, in JSON and in addresses.
///
/// ```ignore
/// text_enum! {
///     /// What a page is about.
///     pub enum Kind {
///         /// A television drama.
///         Drama => "drama",
///     }
/// }
/// ```
/// gives `Kind::ALL`, `as_str`, `Display`, `FromStr`, serde as a string, and diesel's `Text` on every backend.
#[macro_export]
macro_rules! text_enum {
    ($(#[$outer:meta])* $vis:vis enum $name:ident { $($(#[$inner:meta])* $variant:ident => $word:literal),+ $(,)? }) => {
        $(#[$outer])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            ::diesel::expression::AsExpression, ::diesel::deserialize::FromSqlRow,
        )]
        #[diesel(sql_type = ::diesel::sql_types::Text)]
        $vis enum $name {
            $($(#[$inner])* $variant,)+
        }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word that stands for it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)+
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::db::UnknownWord;

            fn from_str(text: &str) -> ::std::result::Result<$name, Self::Err> {
                match text {
                    $($word => Ok($name::$variant),)+
                    _ => Err($crate::db::UnknownWord {
                        text: text.to_owned(),
                        words: [$($word),+].join(", "),
                    }),
                }
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<$name, D::Error> {
                let text = <::std::borrow::Cow<'de, str> as ::serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(::serde::de::Error::custom)
            }
        }

        impl<DB: ::diesel::backend::Backend> ::diesel::serialize::ToSql<::diesel::sql_types::Text, DB> for $name
        where
            str: ::diesel::serialize::ToSql<::diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(
                &'b self,
                out: &mut ::diesel::serialize::Output<'b, '_, DB>,
            ) -> ::diesel::serialize::Result {
                <str as ::diesel::serialize::ToSql<::diesel::sql_types::Text, DB>>::to_sql(self.as_str(), out)
            }
        }

        impl<DB: ::diesel::backend::Backend> ::diesel::deserialize::FromSql<::diesel::sql_types::Text, DB> for $name
        where
            String: ::diesel::deserialize::FromSql<::diesel::sql_types::Text, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> ::diesel::deserialize::Result<$name> {
                let text = <String as ::diesel::deserialize::FromSql<::diesel::sql_types::Text, DB>>::from_sql(value)?;
                Ok(text.parse::<$name>()?)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    text_enum! {
        /// A role of a song.
        enum Role {
            /// The opening.
            Opening => "opening",
            /// The ending.
            Ending => "ending",
        }
    }

    #[test]
    fn a_word_reads_back_as_its_value() {
        for role in Role::ALL {
            assert_eq!(role.to_string().parse::<Role>().unwrap(), *role);
            assert_eq!(serde_json::to_string(role).unwrap(), format!("\"{role}\""));
        }
        assert_eq!(
            serde_json::from_str::<Role>("\"ending\"").unwrap(),
            Role::Ending
        );
    }

    #[test]
    fn an_unknown_word_is_named_with_the_words_there_are() {
        let error = "insert".parse::<Role>().unwrap_err();
        assert_eq!(error.to_string(), "\"insert\" is none of opening, ending");
    }

    #[test]
    fn an_instant_keeps_its_microseconds() {
        let instant: Timestamp = "2016-12-02T20:00:00.123456Z".parse().unwrap();
        assert_eq!(Timestamp::from(Micros::from(instant)), instant);
        let json = serde_json::to_string(&Micros::from(instant)).unwrap();
        assert_eq!(json, "\"2016-12-02T20:00:00.123456Z\"");
        assert_eq!(
            serde_json::from_str::<Micros>(&json).unwrap(),
            Micros::from(instant)
        );
    }

    #[test]
    fn an_instant_out_of_range_becomes_the_nearest() {
        assert_eq!(Micros(i64::MAX).timestamp(), Timestamp::MAX);
        assert_eq!(Micros(i64::MIN).timestamp(), Timestamp::MIN);
    }
}
