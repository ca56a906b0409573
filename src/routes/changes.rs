//! `/changes`: what was done last.

pub mod asked;
pub mod index;
pub mod line;
pub mod patrols;
