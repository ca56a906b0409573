//! Ground floor: what the site knows. Nothing here has heard of HTTP or HTML.

pub mod page;

pub mod album;
pub mod article;
pub mod artist;
pub mod drama;
pub mod song;

pub mod credit;
pub mod cue;
pub mod link;
pub mod mood;
pub mod name;
pub mod prose;
pub mod rank;

pub mod audit;
pub mod backup;
pub mod catalogue;
pub mod changes;
pub mod doctor;
pub mod home;
pub mod sitemap;
pub mod sleeve;
pub mod user;
