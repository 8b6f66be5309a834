//! What the backend says of itself.

pub(crate) mod health;
pub(crate) mod limits;
