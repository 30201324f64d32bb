//! The file's fields but those of the market.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cosmwasm_std::HexBinary;
use gridpact_report::quorum::threshold_allowed;
use gridpact_report::Resolution;
use gridpact_types::registry::committee::{Committee, Member};
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_units::decimal::energy::parse_energy;
use gridpact_units::{IntervalLength, Seconds};

use super::parts::{EscrowPlan, GridFile, Names, Receiver};
use super::{market, projects};
use crate::onchain::fields::Fields;
use crate::onchain::{money, time, ESCROW, REGISTRY, SETTLEMENT};

/// Longest name of a grid: with the contract's name it is a salt, of at most 64 bytes.
const MAX_NAME: usize = 32;

/// Everything in the file; `None` where a problem was noted.
pub fn grid(file: Fields, folder: &Path, names: Names) -> Option<GridFile> {
    let account = |text: &str| names.wallet.address(text);
    let name = file.text("name", name);
    let operator = file.text("operator", account);
    // Nobody, unless the file asks for somebody.
    let admin = match file.has("admin") {
        true => file.text("admin", |text| match text {
            "none" => Ok(None),
            account_name => account(account_name).map(Some),
        }),
        false => Some(None),
    };
    let escrow = file.table("escrow").and_then(|table| escrow(table, names));
    let metering = file.table("metering").and_then(metering);
    let committee = file.table("committee").and_then(|table| committee(table, names));
    let interval = metering.map(|metering| metering.interval);
    let market = file
        .table("market")
        .and_then(|table| market::read(table, interval, names));
    let codes = if file.has("codes") {
        file.table("codes").map(codes)
    } else {
        Some(BTreeMap::new())
    };
    let projects = projects::read(&file, folder, names);
    if let (Some(escrow), Some(market), Some(projects)) = (&escrow, &market, &projects) {
        let _: Option<()> = projects::check(&file, escrow, projects, market);
    }
    if let (Some(EscrowPlan::New(assets)), Some(market)) = (&escrow, &market) {
        let mut receivers = market.fees.iter().map(|(_, to)| to).chain([&market.rounding]);
        // The escrow takes only what it lists: the money could never be swept.
        if receivers.any(|to| matches!(to, Receiver::Project(_))) && !assets.contains(&market.asset) {
            let problem = "expected the market's asset among these, since fees or rounding go to a project";
            let _: Option<()> = file.problem("escrow", &format!("assets: {problem}"));
        }
    }
    file.finish();

    let (metering, market) = (metering?, market?);
    Some(GridFile {
        path: PathBuf::new(),
        checksum: String::new(),
        name: name?,
        operator: operator?,
        admin: admin?,
        escrow: escrow?,
        codes: codes?,
        resolution: metering.resolution,
        challenge_period: metering.challenge_period,
        report_limit: metering.report_limit,
        rosters_begin: metering.rosters_begin,
        committee: committee?,
        asset: market.asset,
        policy: market.policy,
        fees: market.fees,
        rounding: market.rounding,
        projects: projects?,
    })
}

fn name(text: &str) -> Result<String, String> {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if (1..=MAX_NAME).contains(&text.len()) && text.chars().all(fits) {
        Ok(text.to_owned())
    } else {
        Err(format!(
            "expected 1 to {MAX_NAME} lower-case letters, digits and hyphens, got `{text}`"
        ))
    }
}

fn escrow(table: Fields, names: Names) -> Option<EscrowPlan> {
    let plan = match (table.has("assets"), table.has("address")) {
        (true, true) => table.problem("address", "expected assets or address, got both"),
        (_, true) => table
            .text("address", |text| names.wallet.address(text))
            .map(EscrowPlan::At),
        _ => {
            let asset = |text: &str| money::asset_named(text, names.network).map(|named| named.asset.clone());
            table.texts("assets", asset).map(EscrowPlan::New)
        }
    };
    table.finish();
    plan
}

/// What `[metering]` says.
#[derive(Clone, Copy)]
pub(super) struct Metering {
    pub interval: IntervalLength,
    resolution: u32,
    pub challenge_period: Seconds,
    pub report_limit: Seconds,
    pub rosters_begin: RostersBegin,
}

/// Everything in `[metering]`; `None` where a problem was noted.
pub(super) fn metering(table: Fields) -> Option<Metering> {
    let interval = table.text("interval", |text| {
        let length = time::parse_duration(text)?;
        let length = u32::try_from(length.0).unwrap_or(u32::MAX);
        IntervalLength::from_seconds(length).map_err(|error| error.to_string())
    });
    let resolution = table.text("resolution", |text| {
        let counted = parse_energy(text).map_err(|error| error.to_string())?.0;
        let counted = u32::try_from(counted).unwrap_or(u32::MAX);
        let checked = Resolution::from_milliwatt_hours(counted);
        checked.map(|_| counted).map_err(|error| error.to_string())
    });
    let challenge_period = table.text("challenge_period", time::parse_duration);
    let report_limit = table.text("report_limit", time::parse_duration);
    let usual = |name, usual| match table.has(name) {
        true => table.text(name, time::parse_duration),
        false => Some(usual),
    };
    let every = usual("rosters_every", Seconds::DAY);
    let offset = usual("rosters_offset", Seconds(0));
    table.finish();
    Some(Metering {
        interval: interval?,
        resolution: resolution?,
        challenge_period: challenge_period?,
        report_limit: report_limit?,
        rosters_begin: RostersBegin {
            every: every?,
            offset: offset?,
        },
    })
}

fn committee(table: Fields, names: Names) -> Option<Committee> {
    let quorum = table.whole("quorum", 1, 32);
    let listed = table.tables("members");
    let count = listed.len();
    let members: Vec<Member> = listed
        .into_iter()
        .filter_map(|entry| member(entry, names))
        .collect();
    let allowed = quorum.and_then(|quorum| {
        let quorum = u8::try_from(quorum).ok()?;
        if count > 0 && !threshold_allowed(count, quorum.into()) {
            let problem =
                format!("expected more than two thirds of {count} members, at most all, got {quorum}");
            return table.problem("quorum", &problem);
        }
        Some(quorum)
    });
    if count == 0 {
        let _: Option<()> = table.problem("members", "expected 1 to 32 members, got none");
    }
    table.finish();
    (members.len() == count).then_some(Committee {
        members,
        quorum: allowed?,
    })
}

fn member(entry: Fields, names: Names) -> Option<Member> {
    let member = if entry.has("key") {
        entry
            .text("key", |name| names.wallet.load(name))
            .map(|key| Member {
                address: key.address().to_owned(),
                public_key: key.public_key().into(),
            })
    } else {
        let address = entry.text("address", |text| names.wallet.address(text));
        let public_key = entry.text("public_key", |text| {
            let key = HexBinary::from_hex(text).ok().filter(|key| key.len() == 33);
            key.ok_or_else(|| format!("expected 33 bytes as 66 hex digits, got `{text}`"))
        });
        address
            .zip(public_key)
            .map(|(address, public_key)| Member { address, public_key })
    };
    entry.finish();
    member
}

fn codes(table: Fields) -> BTreeMap<String, u64> {
    let contracts = [ESCROW, REGISTRY, SETTLEMENT].into_iter();
    let given = contracts.filter(|contract| table.has(contract));
    let code = |contract: &'static str| Some((contract.to_owned(), table.whole(contract, 1, u64::MAX)?));
    let codes = given.filter_map(code).collect();
    table.finish();
    codes
}
