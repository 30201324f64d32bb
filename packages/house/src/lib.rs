//! What may import what. `docs/house.md` says which crate stands on which; `tests/house.rs` holds the manifests and the `use`
//! lines of the workspace against it.
//!
//! * [`crates`]: the arrows between crates, as the manifests and as the page say.
//! * [`modules`]: the arrows between the modules of one crate, as its sources say, and the circles among them.
//! * [`sources`]: the files of a crate, parsed.

pub mod crates;
pub mod modules;
pub mod sources;
