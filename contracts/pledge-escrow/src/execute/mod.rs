//! One file an action. Handlers take storage and checked values.

pub(crate) mod accept;
mod case;
pub(crate) mod claim;
pub(crate) mod decide;
pub(crate) mod defects;
pub(crate) mod draw;
pub(crate) mod end;
mod grow;
mod holders;
pub(crate) mod object;
pub(crate) mod offer;
pub(crate) mod open;
pub(crate) mod payees;
pub(crate) mod pledge;
pub(crate) mod restate;
pub(crate) mod revenue;
pub(crate) mod route;
pub(crate) mod submit;
