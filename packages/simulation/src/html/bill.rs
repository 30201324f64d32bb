//! One home's bill, and why each amount.

use gridpact_units::{EnergyTotal, Price};

use super::markup::{section as frame, table};
use super::text::{amount, count, date, energy, escape, kwh, money, price};
use crate::run::{Currency, Flow, Household, Run, Utility, UtilityBill, Window};
use crate::sums::signed;

pub fn section(run: &Run) -> String {
    let Ok(slot) = usize::try_from(run.options.home) else {
        return String::new();
    };
    let (Some(meter), Some(home)) = (run.meters.get(slot), run.households.get(slot)) else {
        return String::new();
    };
    let name = escape(&meter.name);
    let currency = &run.currency;
    let mut lines = with_neighbours(home, currency);
    if let (Some(bill), Some(utility)) = (home.utility, run.options.utility) {
        lines.extend(with_utility(home, &bill, &utility, currency));
    }
    let windows = run.windows.iter();
    let rows: Vec<Vec<String>> = windows.map(|window| window_row(run, window, slot)).collect();
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

fn with_neighbours(home: &Household, currency: &Currency) -> Vec<Vec<String>> {
    let fee = format!(
        "sum of each report's credit, rounded down; a fee of {} is taken off",
        amount(home.fee, currency)
    );
    vec![
        line(
            "From neighbours",
            energy(home.bought),
            "sum of each report's debit, rounded up",
            amount(home.paid, currency),
        ),
        line(
            "To neighbours",
            energy(home.sold),
            &fee,
            money(signed(home.earned.0).saturating_neg(), currency),
        ),
    ]
}

fn with_utility(
    home: &Household,
    bill: &UtilityBill,
    utility: &Utility,
    currency: &Currency,
) -> Vec<Vec<String>> {
    let rest = |all: EnergyTotal, shared: EnergyTotal| all.0.saturating_sub(shared.0);
    let (rest_in, rest_out) = (rest(home.import, home.bought), rest(home.export, home.sold));
    let at = |of: Price| match utility.varies {
        true => "at its price then".to_owned(),
        false => format!("at {}", price(of, currency)),
    };
    let mut lines = vec![
        line(
            "Rest from the utility",
            kwh(rest_in),
            &at(utility.retail),
            money(bill.rest_in, currency),
        ),
        line(
            "Rest to the utility",
            kwh(rest_out),
            &at(utility.feed_in),
            money(bill.rest_out.saturating_neg(), currency),
        ),
    ];
    let beside = [
        (
            utility.levy.0 > 0,
            "Levies and taxes a kWh",
            kwh(rest_in),
            format!("{} on the rest", price(utility.levy, currency)),
            bill.levies,
        ),
        (
            utility.monthly.0 > 0,
            "Monthly charge",
            String::new(),
            format!("{} a month", amount(utility.monthly, currency)),
            bill.monthly,
        ),
        (
            utility.vat.0 > 0,
            "Value added tax",
            String::new(),
            "on the utility's price, levies and monthly charge".to_owned(),
            bill.vat,
        ),
        (
            utility.shared_charge.0 > 0,
            "On shared energy",
            energy(home.bought),
            format!(
                "network charge and tax at {}",
                price(utility.shared_charge, currency)
            ),
            bill.charge,
        ),
    ];
    let beside = beside.into_iter().filter(|(stated, ..)| *stated);
    lines.extend(beside.map(|(_, what, energy, why, owed)| line(what, energy, &why, money(owed, currency))));
    lines.extend([
        line(
            "The whole bill with neighbours",
            String::new(),
            "",
            money(bill.with, currency),
        ),
        line(
            "The bill with the utility alone",
            energy(home.import),
            "",
            money(bill.without, currency),
        ),
        line(
            "Saved",
            String::new(),
            "rounded down",
            money(bill.saved, currency),
        ),
    ]);
    lines
}

fn line(what: &str, energy: String, why: &str, money: String) -> Vec<String> {
    vec![what.to_owned(), energy, why.to_owned(), money]
}

fn window_row(run: &Run, window: &Window, slot: usize) -> Vec<String> {
    let intervals = run.intervals_from(window.from, window.intervals);
    let rows = || {
        let flows = (window.from..).map(|interval| run.flows.of(interval, slot));
        intervals.iter().zip(flows)
    };
    let sum = |of: fn(&Flow) -> u64| rows().map(|(_, flow)| u128::from(of(&flow))).sum::<u128>();
    let prices = || {
        let traded = rows().filter(|(_, flow)| flow.is_traded());
        traded.map(|(interval, _)| interval.price)
    };
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
        date(intervals.first().map_or(0, |first| first.start), offset),
        kwh(sum(|flow| flow.import)),
        kwh(sum(|flow| flow.bought)),
        kwh(sum(|flow| flow.sold)),
        range,
        amount(result.debit, &run.currency),
        amount(result.credit, &run.currency),
    ]
}
