//! What every kind of page does the same way.

pub mod browse;
pub mod disputes;
pub mod elsewhere;
pub mod evidence;
pub mod form;
pub mod frame;
pub mod permalink;
pub mod reading;
pub mod revision;
pub mod structured;
