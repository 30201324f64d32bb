//! A grid as people read it: what was agreed in words, where its money is, its open windows.

use anyhow::Result;
use gridpact_client::{Network, Registry, Settlement};
use gridpact_market::{AllocationRule, FeeKind, Policy, PriceRule};
use gridpact_types::asset::Asset;
use gridpact_types::registry::answers::NextReportResponse;
use gridpact_types::settlement::accounts::Destination;
use gridpact_types::settlement::answers::{BooksResponse, CommunityResponse, ConfigResponse, HeldWindow};
use gridpact_units::{Amount, IntervalLength, UnixSeconds};
use serde_json::json;

use crate::onchain::{listing, money, time, Listing, Session};

/// What was agreed, and how the grid stands.
pub(super) async fn show(
    session: &Session,
    name: &str,
    registry: &Registry,
    settlement: &Settlement,
) -> Result<()> {
    let network = session.network();
    let of_registry = registry.config().await?;
    let of_settlement = settlement.config().await?;
    let ownership = registry.ownership().await?;
    let committee = registry.committee(None).await?;
    let next = registry.next_report().await?;
    let value = json!({
        "grid": name,
        "registry": { "address": registry.address(), "config": of_registry },
        "settlement": { "address": settlement.address(), "config": of_settlement },
        "ownership": ownership,
        "committee": committee,
        "next_report": next,
    });
    let first = next.first_interval.map_or_else(
        || "no meter yet".to_owned(),
        |first| {
            let from = time::show(UnixSeconds(of_registry.interval_length.start_of(first)));
            format!(
                "from {from}, {} intervals can be reported now",
                next.max_intervals
            )
        },
    );
    let mut facts = vec![
        ("grid", name.to_owned()),
        ("registry", registry.address().to_owned()),
        ("settlement", settlement.address().to_owned()),
        ("operator", ownership.owner.unwrap_or_else(|| "nobody".to_owned())),
    ];
    facts.extend(ownership.pending_owner.map(|heir| ("asked to take over", heir)));
    facts.extend([
        ("meters", of_registry.slots.to_string()),
        (
            "committee",
            format!(
                "{} of {} oracles must sign, epoch {}",
                committee.committee.quorum,
                committee.committee.members.len(),
                committee.epoch
            ),
        ),
        (
            "a window is final",
            format!(
                "{} after its report",
                time::show_duration(of_registry.challenge_period)
            ),
        ),
        (
            "readings are late",
            format!(
                "{} after their interval",
                time::show_duration(of_registry.report_limit)
            ),
        ),
        (
            "meters join",
            format!(
                "every {}, {} after midnight UTC",
                time::show_duration(of_registry.rosters_begin.every),
                time::show_duration(of_registry.rosters_begin.offset)
            ),
        ),
        ("next report", first),
    ]);
    facts.extend(bounds_of_next(&next, of_registry.interval_length));
    facts.push(("asset", money::name_of(&of_settlement.asset, network)));
    facts.extend(policy(&of_settlement, network));
    session.print(&value, |_| listing::facts(facts))
}

/// What the next report follows and does not reach over, where there is something to say.
fn bounds_of_next(next: &NextReportResponse, length: IntervalLength) -> Vec<(&'static str, String)> {
    let ends = next.roster_ends.map(|ends| {
        let ends = time::show(UnixSeconds(length.start_of(ends)));
        ("its roster ends", format!("{ends}, where the next begins"))
    });
    let accepted = next.previous_reported_at.map(|accepted| {
        let accepted = time::show(accepted);
        ("report before", format!("accepted {accepted}"))
    });
    let closing = next.last_closing.zip(next.grace_until).map(|(closing, until)| {
        let (closing, until) = (time::show(closing), time::show(until));
        (
            "last gap",
            format!("closed {closing}, nothing grew too old until {until}"),
        )
    });
    [accepted, ends, closing].into_iter().flatten().collect()
}

/// The policy in words.
fn policy(config: &ConfigResponse, network: &Network) -> Vec<(&'static str, String)> {
    let policy = &config.policy;
    let mut facts = vec![
        (
            "an interval lasts",
            time::show_duration(gridpact_units::Seconds(policy.interval_length.seconds().into())),
        ),
        ("buyers share", rule(policy.buyers)),
        ("sellers share", rule(policy.sellers)),
        ("price", price(policy, &config.asset, network)),
    ];
    for fee in &policy.fees {
        let Some(account) = config.fees.iter().find(|account| account.id == fee.id) else {
            continue;
        };
        let amount = match &fee.kind {
            FeeKind::BasisPoints(points) => {
                format!("{} %", gridpact_units::decimal::show_trimmed(points.0.into(), 2))
            }
            FeeKind::PerMwh(price) => money::show_price(*price, &config.asset, network),
        };
        let line = format!(
            "{}: {amount}, to {}",
            account.label,
            destination(&account.destination)
        );
        facts.push(("fee", line));
    }
    facts.push(("rounding", format!("to {}", destination(&config.rounding))));
    let concerns = config.concerns.iter();
    facts.extend(concerns.map(|concern| ("concern", format!("{}: {concern}", concern.meaning()))));
    facts
}

fn rule(rule: AllocationRule) -> String {
    match rule {
        AllocationRule::Even => "evenly: everybody the same until they have enough".to_owned(),
        AllocationRule::ProRata => "in proportion to each need".to_owned(),
        AllocationRule::Static { reoffer: true } => "by fixed weights, what is left offered again".to_owned(),
        AllocationRule::Static { reoffer: false } => "by fixed weights".to_owned(),
        AllocationRule::Priority => "in the stated order".to_owned(),
    }
}

fn price(policy: &Policy, asset: &Asset, network: &Network) -> String {
    match &policy.price {
        PriceRule::Fixed { price } => money::show_price(*price, asset, network),
        PriceRule::MidMarket { weight } => format!(
            "between the utility's feed-in price (0) and its retail price (1), at {}",
            gridpact_units::decimal::show_trimmed(weight.0.into(), 4)
        ),
        PriceRule::SupplyDemandRatio { compensation } => format!(
            "by the ratio of supply and demand, between the utility's prices, compensation {}",
            money::show_price(*compensation, asset, network)
        ),
    }
}

fn destination(destination: &Destination) -> String {
    match destination {
        Destination::Account { address } => address.clone(),
        Destination::Project {
            escrow,
            project,
            terms_hash,
            otherwise,
        } => format!(
            "project {project} of escrow {escrow}, terms of the hash {terms_hash}; if that comes to nothing, to {otherwise}"
        ),
    }
}

/// The money.
pub(super) fn books_table(
    books: &BooksResponse,
    community: &CommunityResponse,
    has: Amount,
    config: &ConfigResponse,
    network: &Network,
) -> String {
    let show = |amount: Amount| money::show(amount, &config.asset, network);
    let mut facts = vec![
        ("deposited".to_owned(), show(books.deposited)),
        ("withdrawn".to_owned(), show(books.withdrawn)),
        ("swept".to_owned(), show(books.swept)),
        ("free".to_owned(), show(books.free)),
        ("held in open windows".to_owned(), show(books.held)),
        ("community account".to_owned(), show(books.community)),
        ("  of it rounding".to_owned(), show(community.rounding)),
    ];
    for fee in &community.fees {
        let account = config.fees.iter().find(|account| account.id == fee.id);
        let label = account.map_or_else(|| format!("fee {}", fee.id), |account| account.label.clone());
        facts.push((format!("  of it {label}"), show(fee.amount)));
    }
    facts.push(("the contract has".to_owned(), show(has)));
    listing::facts(facts)
}

/// The windows that are not final.
pub(super) fn windows_table(
    windows: &[HeldWindow],
    policy: &Policy,
    asset: &Asset,
    network: &Network,
) -> String {
    if windows.is_empty() {
        return "every window is final\n".to_owned();
    }
    let show = |amount: Amount| money::show(amount, asset, network);
    let mut list = Listing::new([
        "from",
        "intervals",
        "paid",
        "earned",
        "fees",
        "rounding",
        "final at",
    ]);
    for window in windows {
        let from = UnixSeconds(policy.interval_length.start_of(window.first_interval));
        let fees: Vec<String> = window.fees.iter().map(|fee| show(fee.amount)).collect();
        list.row([
            time::show(from),
            window.intervals.to_string(),
            show(window.debits),
            show(window.credits),
            fees.join(", "),
            show(window.rounding),
            time::show(window.final_at),
        ]);
    }
    list.to_string()
}
