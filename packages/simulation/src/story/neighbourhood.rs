//! What all grids of the story share.

use gridpact_types::escrow::terms::ProjectId;

use super::people::Home;
use super::setting::Setting;

/// What every grid of the story has in common.
#[derive(Clone, Copy)]
pub(super) struct Neighbourhood<'a> {
    pub setting: &'a Setting,
    pub homes: &'a [Home],
    /// The project that paid for the street's grid, which the fees flow to.
    pub street: ProjectId,
}
