//! `/watchlist`: what one watches, and what is new there.

pub mod index;
pub mod marks;
