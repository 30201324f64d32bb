//! What the contracts told of an event against what a replay makes of it.

use gridpact_replay::{Effect, HeldWindow, Settled};
use gridpact_report::archive::{balances_hash, results_hash};
use gridpact_units::{Amount, EnergyTotal};

use super::compared::Compared;
use super::fact::{Fact, SettledFact};

/// Every difference.
pub(super) fn differences(effect: &Effect, told: &[Fact]) -> Vec<Compared> {
    let mut compared = Vec::new();
    match (effect, told) {
        (Effect::Withdrawn(withdrawn), [told @ .., Fact::Withdrawn { slot, amount }]) => {
            compared.push(final_windows(&withdrawn.finalised, told));
            compared.push(Compared::of(
                format!("slot {slot}: withdrawn"),
                withdrawn.amount,
                amount,
            ));
        }
        (
            Effect::Swept { amount },
            [Fact::Swept {
                account,
                amount: told,
            }],
        ) => {
            compared.push(Compared::of(format!("{account}: swept"), amount, told));
        }
        (
            Effect::GapClosed {
                first_interval,
                intervals,
            },
            [Fact::GapClosed {
                first_interval: first,
                intervals: count,
            }],
        ) => {
            compared.push(Compared::of("gap: first interval", first_interval, first));
            compared.push(Compared::of("gap: intervals", intervals, count));
        }
        (Effect::Finalised(windows), told) => compared.push(final_windows(windows, told)),
        (Effect::Settled(settled), [told @ .., Fact::Settled(window)]) => {
            compared.push(final_windows(&settled.finalised, told));
            compared.extend(settled_window(settled, window));
        }
        _ => {}
    }
    compared.retain(|compared| !compared.is_same());
    compared
}

/// Which windows became final, in order, and what they credited.
fn final_windows(windows: &[HeldWindow], told: &[Fact]) -> Compared {
    let list = |windows: Vec<String>| format!("[{}]", windows.join(", "));
    let own = windows
        .iter()
        .map(|held| format!("{}: {}", held.window.first_interval, held.credits()));
    let told = told.iter().filter_map(|fact| match fact {
        Fact::Finalised {
            first_interval,
            credits,
        } => Some(format!("{first_interval}: {credits}")),
        _ => None,
    });
    Compared::of(
        "windows made final, and their credits",
        list(own.collect()),
        list(told.collect()),
    )
}

fn settled_window(settled: &Settled, told: &SettledFact) -> Vec<Compared> {
    let (window, outcome) = (&settled.window, &settled.outcome);
    let fees = outcome.community.fees.iter();
    let fees = Amount(fees.fold(0, |sum, fee| sum.saturating_add(fee.amount.0)));
    // Nothing was traded: both are told as 0.
    let (lowest, highest) = settled.traded_at.unwrap_or_default();
    let of = |part: &str, recomputed: String, told: String| {
        Compared::of(
            format!("window {}: {part}", window.first_interval),
            recomputed,
            told,
        )
    };
    let pair =
        |part: &str, recomputed: Amount, told: Amount| of(part, recomputed.to_string(), told.to_string());
    let energy = |part: &str, recomputed: EnergyTotal, told: u128| {
        of(
            &format!("mWh of {part}"),
            recomputed.0.to_string(),
            told.to_string(),
        )
    };
    let results = outcome.results.iter().map(|result| (result.debit, result.credit));
    vec![
        pair("debits", outcome.totals.debit, told.debits),
        pair("credits", outcome.totals.credit, told.credits),
        pair("fees", fees, told.fees),
        pair("rounding", outcome.community.rounding, told.rounding),
        energy("supply", outcome.totals.supply, told.supply_milliwatt_hours),
        energy("demand", outcome.totals.demand, told.demand_milliwatt_hours),
        energy(
            "demand counted",
            outcome.totals.counted,
            told.counted_milliwatt_hours,
        ),
        energy(
            "demand that could be paid",
            outcome.totals.payable,
            told.payable_milliwatt_hours,
        ),
        energy("trade", outcome.totals.traded, told.traded_milliwatt_hours),
        of("lowest price", lowest.to_string(), told.lowest_price.to_string()),
        of(
            "highest price",
            highest.to_string(),
            told.highest_price.to_string(),
        ),
        of("final at", window.final_at.to_string(), told.final_at.to_string()),
        of(
            "SHA-256 of the balances",
            hex::encode(balances_hash(settled.free.iter().copied())),
            told.balances.clone(),
        ),
        of(
            "SHA-256 of the results",
            hex::encode(results_hash(results)),
            told.results.clone(),
        ),
    ]
}
