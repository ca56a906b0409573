//! Yeoun, the wiki for the music of Korean dramas.

pub mod db;
pub mod models;
pub mod schema;
pub mod text;
