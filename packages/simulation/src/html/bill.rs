//! One home's bill, and why each amount.

use super::chart::table;
use super::section as frame;
use super::text::{amount, count, date, energy, escape, kwh, money, price, signed, worth};
use crate::run::{Run, Window};

pub fn section(run: &Run) -> String {
    let slot = run.options.home as usize;
    let (Some(meter), Some(home)) = (run.meters.get(slot), run.households.get(slot)) else {
        return String::new();
    };
    let name = escape(&meter.name);
    let currency = &run.currency;

    let mut lines = vec![
        line(
            "From neighbours",
            energy(home.bought),
            "sum of each report's debit, rounded up",
            amount(home.paid, currency),
        ),
        line(
            "To neighbours",
            energy(home.sold),
            &format!(
                "sum of each report's credit, rounded down; a fee of {} is taken off",
                amount(home.fee, currency)
            ),
            money(-signed(home.earned.base_units()), currency),
        ),
    ];
    if let (Some(bill), Some(utility)) = (home.utility, run.options.utility) {
        let rest_in = home.import.milliwatt_hours() - home.bought.milliwatt_hours();
        let rest_out = home.export.milliwatt_hours() - home.sold.milliwatt_hours();
        let retail = format!("at {}", price(utility.retail, currency));
        let feed_in = format!("at {}", price(utility.feed_in, currency));
        lines.push(line(
            "Rest from the utility",
            kwh(rest_in),
            &retail,
            money(worth(rest_in, utility.retail), currency),
        ));
        lines.push(line(
            "Rest to the utility",
            kwh(rest_out),
            &feed_in,
            money(-worth(rest_out, utility.feed_in), currency),
        ));
        if utility.shared_charge.0 > 0 {
            let charge = format!(
                "network charge and tax at {}",
                price(utility.shared_charge, currency)
            );
            lines.push(line(
                "On shared energy",
                energy(home.bought),
                &charge,
                money(
                    worth(home.bought.milliwatt_hours(), utility.shared_charge),
                    currency,
                ),
            ));
        }
        lines.push(line(
            "The whole bill with neighbours",
            String::new(),
            "",
            money(bill.with, currency),
        ));
        lines.push(line(
            "The bill with the utility alone",
            energy(home.import),
            "",
            money(bill.without, currency),
        ));
        lines.push(line(
            "Saved",
            String::new(),
            "rounded down",
            money(bill.saved, currency),
        ));
    }
    let rows: Vec<Vec<String>> = run
        .windows
        .iter()
        .map(|window| window_row(run, window, slot))
        .collect();
    let head = [
        "report of",
        "needed",
        "from neighbours",
        "to neighbours",
        "prices",
        "debit",
        "credit",
    ];
    let body = format!(
        "{}\n<details open><summary>{}</summary>{}</details>",
        table(&["", "energy", "why", "to pay"], &lines),
        count(rows.len(), "report"),
        table(&head, &rows)
    );
    let lead = format!(
        "{name}, slot {slot}. Every amount can be recomputed from the reports alone. In the account: {} put in, {} left. Another home: \
         <code>--home NAME</code>.",
        amount(home.deposit, currency),
        amount(home.final_balance, currency),
    );
    frame("bill", &format!("The bill of {name}"), &lead, &body)
}

fn line(what: &str, energy: String, why: &str, money: String) -> Vec<String> {
    vec![what.to_owned(), energy, why.to_owned(), money]
}

fn window_row(run: &Run, window: &Window, slot: usize) -> Vec<String> {
    let intervals = window.from..window.from + window.intervals;
    let sum = |values: &[u64]| {
        intervals
            .clone()
            .map(|i| u128::from(values[run.flows.at(i, slot)]))
            .sum::<u128>()
    };
    let traded = |i: &usize| {
        let at = run.flows.at(*i, slot);
        run.flows.bought[at] > 0 || run.flows.sold[at] > 0
    };
    let prices = || intervals.clone().filter(traded).map(|i| run.intervals[i].price);
    let range = match (prices().min(), prices().max()) {
        (Some(low), Some(high)) if low == high => price(low, &run.currency),
        (Some(low), Some(high)) => format!("{} to {}", price(low, &run.currency), price(high, &run.currency)),
        _ => String::from("nothing shared"),
    };
    let offset = run
        .stretches
        .get(window.stretch)
        .map_or(0, |stretch| stretch.utc_offset);
    let result = window.results.get(slot).copied().unwrap_or_default();
    vec![
        date(run.intervals[window.from].start, offset),
        kwh(sum(&run.flows.import)),
        kwh(sum(&run.flows.bought)),
        kwh(sum(&run.flows.sold)),
        range,
        amount(result.debit, &run.currency),
        amount(result.credit, &run.currency),
    ]
}
