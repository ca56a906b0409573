//! Yeoun, the wiki for the music of Korean dramas. The modules in reading order: a command line calls one command, `serve`
//! assembles the server, the router names every address, a route asks the models and fills in a template.

pub mod cli;
pub mod config;
pub mod router;
pub mod server;

pub mod routes;
pub mod web;

pub mod models;

pub mod db;
pub mod schema;

pub mod text;
