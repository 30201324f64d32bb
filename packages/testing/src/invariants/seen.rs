//! One project, as everybody can see it.

use gridpact_types::escrow::answers::{BooksResponse, PledgeResponse, ProjectResponse};
use gridpact_types::escrow::terms::Terms;
use gridpact_units::UnixSeconds;

use crate::ledger::escrow::ProjectLedger;

/// One project, as everybody can see it.
pub(super) struct Seen<'a> {
    pub name: String,
    pub ledger: &'a ProjectLedger,
    pub books: BooksResponse,
    pub terms: Terms,
    pub state: ProjectResponse,
    pub pledges: Vec<PledgeResponse>,
    pub now: UnixSeconds,
}
