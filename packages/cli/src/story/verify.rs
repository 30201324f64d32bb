//! What is checked about a window, and what about the whole, with nothing but what the chain shows.

use anyhow::Result;
use gridpact_market::{settle_window, Account, AllocationRule, SeatResult};
use gridpact_types::escrow::answers::{BooksResponse, PledgeResponse};
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::{Amount, Energy, Reading};

use super::books;
use super::chain::{Chain, Step};
use super::people::Home;
use super::promises::{Promise, Promises};
use super::Setting;
use crate::run::Interval;
use crate::simulate::{Mirror, Settled, Slice};

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
    settled: &mut Settled,
) -> Result<()> {
    mirror.finalise(slice.settled_at)?;
    let accounts = mirror.accounts();
    let homes = accounts.len();
    let rule = setting.policy.buyers;
    let number = settled.windows.len();
    let mut row = 0;
    let outcome = mirror.settle(
        setting.dataset.interval,
        slice,
        readings,
        |interval, bought, sold| {
            let readings = &readings[row * homes..][..homes];
            row += 1;
            shared(promises, rule, &interval, bought, sold, readings);
            if interval.payable == interval.demand && rule != AllocationRule::Priority {
                equal_homes(
                    promises,
                    &interval,
                    readings.iter().map(|reading| reading.import).zip(bought),
                );
                equal_homes(
                    promises,
                    &interval,
                    readings.iter().map(|reading| reading.export).zip(sold),
                );
            }
            settled.record(interval, bought, sold);
        },
    )?;
    if number.is_multiple_of(REVERSED_EVERY) {
        reversed(promises, setting, slice, readings, &accounts, &outcome.results)?;
    }
    let given = outcome.totals.credit.0
        + outcome.community.fees.iter().map(|fee| fee.0).sum::<u128>()
        + outcome.community.rounding.0;
    let what = || format!("recomputed window {}", slice.first);
    promises.equal(Promise::Conserved, what, outcome.totals.debit.0, given);
    settled.windows.push(outcome);
    Ok(())
}

/// Bought = sold, nobody more than it needed or gave, and as much as the rule lets through.
fn shared(
    promises: &mut Promises,
    rule: AllocationRule,
    interval: &Interval,
    bought: &[Energy],
    sold: &[Energy],
    readings: &[Reading],
) {
    let total = |energies: &[Energy]| energies.iter().map(|energy| u128::from(energy.0)).sum::<u128>();
    let what = || format!("interval at {}", interval.start);
    promises.equal(Promise::Shared, what, total(bought), total(sold));
    promises.equal(Promise::Shared, what, u128::from(interval.shared), total(bought));
    let within = readings
        .iter()
        .zip(bought.iter().zip(sold))
        .all(|(reading, (bought, sold))| *bought <= reading.import && *sold <= reading.export);
    promises.that(Promise::Shared, within, || {
        format!("{}: more than was metered", what())
    });
    if rule != (AllocationRule::Static { reoffer: false }) {
        let most = interval.supply.min(interval.demand).min(interval.payable);
        promises.equal(Promise::Shared, what, most, interval.shared);
    }
}

/// Homes with the same reading got the same, to the mWh.
fn equal_homes<'e>(
    promises: &mut Promises,
    interval: &Interval,
    pairs: impl Iterator<Item = (Energy, &'e Energy)>,
) {
    let mut pairs: Vec<(Energy, Energy)> = pairs
        .filter(|(need, _)| !need.is_zero())
        .map(|(need, got)| (need, *got))
        .collect();
    pairs.sort_unstable();
    for same in pairs.chunk_by(|one, other| one.0 == other.0) {
        let (least, most) = (same[0].1, same[same.len() - 1].1);
        promises.that(Promise::Impartial, most.0 - least.0 <= 1, || {
            format!(
                "interval at {}: of homes with {} mWh one got {} and one {}",
                interval.start, same[0].0 .0, least.0, most.0
            )
        });
    }
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
    let outcome = settle_window(setting.policy, &accounts, slice.first, &readings)?;
    let same = outcome.results.iter().rev().eq(expected);
    promises.that(Promise::Impartial, same, || {
        format!("window {}: another result in reverse order", slice.first)
    });
    Ok(())
}

/// What everybody has in the end, and the escrow's last books.
pub fn after(
    chain: &mut Chain,
    promises: &mut Promises,
    setting: &Setting,
    homes: &[Home],
    settled: &Settled,
    street: ProjectId,
) -> Result<()> {
    let mut claimed = 0;
    for (slot, home) in homes.iter().enumerate() {
        // Pledge and deposit went out of the pocket; what was left of the deposit came back.
        let spent = home.pledge.0 + setting.deposits[slot].0;
        let expected = home.endowed.0 - spent + settled.balances[slot].0;
        promises.equal(
            Promise::Withdrawn,
            || format!("pocket of home {slot}"),
            expected,
            chain.balance(&home.owner)?.0,
        );
    }
    if setting.plan.fee.0 > 0 {
        claimed = claim_revenue(chain, promises, homes, street)?;
    }
    let escrow = chain.escrow.clone();
    let books: BooksResponse = chain.query(&escrow, &QueryMsg::ProjectBooks { project: street })?;
    let left = books.revenue.0 - claimed;
    // Shares are rounded down, at most a base unit a pledger and payment.
    let bound = homes.len() as u128 * (setting.dataset.stretches.len() as u128 + 1);
    promises.that(Promise::EscrowBooks, left <= bound, || {
        format!("{left} of the revenue cannot be claimed")
    });
    books::balance(chain, promises, street, "at the end")
}

/// Every pledger takes its part of the fees; what they got together.
fn claim_revenue(
    chain: &mut Chain,
    promises: &mut Promises,
    homes: &[Home],
    street: ProjectId,
) -> Result<u128> {
    let escrow = chain.escrow.clone();
    let mut claims = Vec::new();
    let mut expected = Vec::new();
    for home in homes.iter().filter(|home| !home.pledge.is_zero()) {
        let query = QueryMsg::Pledge {
            project: street,
            pledger: home.owner.to_string(),
        };
        let owed = chain.query::<PledgeResponse>(&escrow, &query)?.revenue;
        if owed.is_zero() {
            continue;
        }
        expected.push((home, owed, chain.balance(&home.owner)?));
        let message = ExecuteMsg::ClaimRevenue { project: street };
        claims.push(Step::new(&home.owner, &escrow, &message, Amount::ZERO)?);
    }
    chain.execute_each(claims)?;
    let mut claimed = 0;
    for (home, owed, before) in expected {
        let got = chain.balance(&home.owner)?.saturating_sub(before);
        promises.equal(Promise::EscrowPulls, || "revenue".to_owned(), owed, got);
        claimed += got.0;
    }
    Ok(claimed)
}
