//! One file an action.

mod accept;
mod claim;
mod draw;
mod open;
mod pledge;
mod revenue;
mod submit;
mod terminate;

pub(crate) use accept::accept;
pub(crate) use claim::{claim_refund, claim_revenue};
pub(crate) use draw::draw;
pub(crate) use open::{instantiate, open};
pub(crate) use pledge::{pledge, NewPledge};
pub(crate) use revenue::pay_revenue;
pub(crate) use submit::{submit_milestone, Evidence};
pub(crate) use terminate::terminate;

use cosmwasm_std::{Addr, HexBinary, Storage};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::{Amount, UnixSeconds};

use crate::error::ContractError;
use crate::plan::Plan;
use crate::project::{Project, View};
use crate::state::{self, AssetBooks};

/// A project taken from the store, at a moment.
struct Case {
    id: ProjectId,
    plan: Plan,
    project: Project,
    now: UnixSeconds,
}

impl Case {
    fn load(storage: &dyn Storage, id: ProjectId, now: UnixSeconds) -> Result<Self, ContractError> {
        Ok(Self {
            id,
            plan: state::plan(storage, id)?,
            project: state::project(storage, id)?,
            now,
        })
    }

    fn view(&self) -> View<'_> {
        View {
            plan: &self.plan,
            project: &self.project,
            now: self.now,
        }
    }

    /// Refuses any phase but these; `expected` names them.
    fn check_phase(&self, phases: &[Phase], expected: &'static str) -> Result<(), ContractError> {
        let got = self.view().phase();
        if phases.contains(&got) {
            Ok(())
        } else {
            Err(ContractError::Phase { expected, got })
        }
    }

    fn check_hash(&self, got: &HexBinary) -> Result<(), ContractError> {
        if self.project.terms_hash == *got {
            return Ok(());
        }
        Err(ContractError::TermsHash {
            expected: self.project.terms_hash.to_hex(),
            got: got.to_hex(),
        })
    }

    fn check_contractor(&self, sender: &Addr) -> Result<(), ContractError> {
        if self.plan.contractor == *sender {
            return Ok(());
        }
        Err(ContractError::NotContractor {
            expected: self.plan.contractor.to_string(),
            got: sender.to_string(),
        })
    }
}

/// Notes in an asset's books what came in. What ever came in stays below 2^128, and it bounds every other sum of the books
/// and of every project: so no way out can overflow.
fn book_in(
    storage: &mut dyn Storage,
    asset: &Asset,
    amount: Amount,
    total: fn(&mut AssetBooks) -> &mut Amount,
) -> Result<(), ContractError> {
    let mut books = state::books(storage, asset)?;
    let sum = total(&mut books);
    *sum = add(*sum, amount)?;
    books.held = add(books.held, amount)?;
    add(books.pledged, books.revenue)?;
    Ok(state::save_books(storage, asset, &books)?)
}

/// Notes in an asset's books what goes out.
fn book_out(
    storage: &mut dyn Storage,
    asset: &Asset,
    amount: Amount,
    total: fn(&mut AssetBooks) -> &mut Amount,
) -> Result<(), ContractError> {
    let mut books = state::books(storage, asset)?;
    let sum = total(&mut books);
    *sum = add(*sum, amount)?;
    books.held = sub(books.held, amount)?;
    Ok(state::save_books(storage, asset, &books)?)
}

/// Sum; refused above 2^128, which only a hostile token could bring about.
fn add(a: Amount, b: Amount) -> Result<Amount, ContractError> {
    a.checked_add(b).ok_or(ContractError::TooMuch)
}

/// Difference; the invariants exclude an error.
fn sub(a: Amount, b: Amount) -> Result<Amount, ContractError> {
    a.checked_sub(b)
        .ok_or(ContractError::Arithmetic { what: "books" })
}
