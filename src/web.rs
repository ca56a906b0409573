//! What every route shares. Requests come in through [`front`], which answers what the page cache and the assets already
//! hold and writes the headers and the error pages of everything else.

pub mod access_log;
pub mod assets;
pub mod chrome;
pub mod client;
pub mod csrf;
pub mod deadline;
pub mod error;
pub mod error_pages;
pub mod filters;
pub mod forms;
pub mod front;
pub mod guards;
pub mod health;
pub mod limits;
pub mod login;
pub mod metrics;
pub mod page_cache;
pub mod passwords;
pub mod render;
pub mod request_id;
pub mod security_headers;
pub mod session;
pub mod shared;
pub mod theme;
pub mod urls;
pub mod viewer;
pub mod world;

pub use chrome::Chrome;
pub use error::Error;
pub use page_cache::{Dependency, PageCache, Rendered, cached};
pub use render::render;
pub use shared::Shared;
pub use viewer::Viewer;
pub use world::World;
