//! One file an action. Handlers take storage and checked values.

pub(crate) mod accept;
mod case;
pub(crate) mod claim;
pub(crate) mod draw;
mod grow;
pub(crate) mod open;
pub(crate) mod pledge;
pub(crate) mod restate;
pub(crate) mod revenue;
pub(crate) mod submit;
pub(crate) mod terminate;
