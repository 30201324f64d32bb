//! What is checked about a window, and what about the whole, with nothing but what the chain shows.

use anyhow::Result;
use gridpact_market::{settle_window, Account, SeatResult};
use gridpact_types::escrow::answers::{BooksResponse, PledgeResponse};
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::{Amount, Reading};

use super::escrow_books;
use super::interval_checks::IntervalChecks;
use super::neighbourhood::Neighbourhood;
use super::people::Home;
use super::promises::{Promises, StoryPromise};
use super::setting::Setting;
use super::stage::{Stage, Step};
use crate::mirror::{Mirror, SettledRun};
use crate::schedule::Slice;
use crate::sums::{less, total};

/// Every so many windows the result is computed again with the homes in reverse order: each is the same code, and all
/// of a year would take as long as the year.
const REVERSED_EVERY: usize = 7;

/// Recomputes a window from the readings of its report, and looks at every interval.
pub fn window(
    promises: &mut Promises,
    mirror: &mut Mirror,
    setting: &Setting,
    slice: &Slice,
    readings: &[Reading],
    settled: &mut SettledRun,
) -> Result<()> {
    mirror.finalise(slice.settled_at)?;
    let accounts = mirror.accounts();
    let number = settled.windows.len();
    let mut checks = IntervalChecks::new(&setting.policy, &accounts);
    let mut rows = readings.chunks_exact(accounts.len());
    let outcome = mirror.settle(
        setting.dataset.interval,
        slice,
        readings,
        |interval, bought, sold| {
            let readings = rows.next().unwrap_or_default();
            checks.check(promises, &interval, readings, bought, sold);
            settled.record(interval, bought, sold);
        },
    )?;
    settled.cut = settled.cut.or(checks.cut);
    if number.is_multiple_of(REVERSED_EVERY) {
        reversed(promises, setting, slice, readings, &accounts, &outcome.results)?;
    }
    let others = [outcome.totals.credit, outcome.community.rounding];
    promises.equal(
        StoryPromise::Conserved,
        || format!("recomputed window {}", slice.first),
        outcome.totals.debit,
        total(outcome.community.fees.iter().map(|fee| fee.amount).chain(others))?,
    );
    settled.windows.push(outcome);
    Ok(())
}

/// The same window with the homes in reverse order.
fn reversed(
    promises: &mut Promises,
    setting: &Setting,
    slice: &Slice,
    readings: &[Reading],
    accounts: &[Account],
    expected: &[SeatResult],
) -> Result<()> {
    let accounts: Vec<Account> = accounts.iter().rev().copied().collect();
    let rows = readings.chunks_exact(accounts.len());
    let readings: Vec<Reading> = rows.flat_map(|row| row.iter().rev().copied()).collect();
    let outcome = settle_window(&setting.policy, &accounts, slice.first, &readings)?;
    let same = outcome.results.iter().rev().eq(expected);
    promises.that(StoryPromise::Impartial, same, || {
        format!("window {}: another result in reverse order", slice.first)
    });
    Ok(())
}

/// What everybody has in the end, and the escrow's last books.
pub fn after(
    stage: &mut Stage,
    promises: &mut Promises,
    neighbourhood: Neighbourhood,
    settled: &SettledRun,
) -> Result<()> {
    let Neighbourhood {
        setting,
        homes,
        street,
    } = neighbourhood;
    let money = setting.deposits.iter().zip(&settled.balances);
    for ((slot, home), (deposit, balance)) in homes.iter().enumerate().zip(money) {
        // Pledge and deposit went out of the pocket; what was left of the deposit came back.
        let kept = less(home.endowed, total([home.pledge, *deposit])?)?;
        promises.equal(
            StoryPromise::Withdrawn,
            || format!("pocket of home {slot}"),
            total([kept, *balance])?,
            stage.balance(&home.owner)?,
        );
    }
    let claimed = if !setting.policy.fees.is_empty() {
        claim_revenue(stage, promises, homes, street)?
    } else {
        Amount::ZERO
    };
    let query = QueryMsg::ProjectBooks { project: street };
    let books: BooksResponse = stage.query(&stage.escrow, &query)?;
    let left = less(books.revenue, claimed)?;
    // Shares are rounded down, at most a base unit a pledger and payment.
    let payments = setting.dataset.stretches.len().saturating_add(1);
    let bound = homes.len().saturating_mul(payments) as u128;
    promises.that(StoryPromise::EscrowBooks, left.0 <= bound, || {
        format!("{left} of the revenue cannot be claimed")
    });
    escrow_books::balance(stage, promises, street, "at the end")
}

/// Every pledger takes its part of the fees; what they got together.
fn claim_revenue(
    stage: &mut Stage,
    promises: &mut Promises,
    homes: &[Home],
    street: ProjectId,
) -> Result<Amount> {
    let escrow = stage.escrow.clone();
    let mut claims = Vec::new();
    let mut expected = Vec::new();
    for home in homes.iter().filter(|home| !home.pledge.is_zero()) {
        let query = QueryMsg::Pledge {
            project: street,
            pledger: home.owner.to_string(),
        };
        let owed = stage.query::<PledgeResponse>(&escrow, &query)?.revenue;
        if owed.is_zero() {
            continue;
        }
        expected.push((home, owed, stage.balance(&home.owner)?));
        let message = ExecuteMsg::ClaimRevenue { project: street };
        claims.push(Step::new(&home.owner, &escrow, &message, Amount::ZERO)?);
    }
    stage.execute_each(claims)?;
    let mut claimed = Amount::ZERO;
    for (home, owed, before) in expected {
        let got = stage.balance(&home.owner)?.saturating_sub(before);
        promises.equal(StoryPromise::EscrowPulls, || "revenue".to_owned(), owed, got);
        claimed = total([claimed, got])?;
    }
    Ok(claimed)
}
