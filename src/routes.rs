//! First floor: one file a page, the page's struct and its handler together.

pub mod account;
pub mod albums;
pub mod art;
pub mod articles;
pub mod artists;
pub mod assets;
pub mod changes;
pub mod dramas;
pub mod feeds;
pub mod home;
pub mod moderation;
pub mod moods;
pub mod networks;
pub mod opensearch;
pub mod pages;
pub mod robots;
pub mod sessions;
pub mod sitemap;
pub mod songs;
pub mod users;
pub mod visits;
pub mod watchlist;
pub mod years;
