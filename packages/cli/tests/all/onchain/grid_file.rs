//! A grid's file: the example is right, and every mistake is told at once, with its line.

use std::path::{Path, PathBuf};

use gridpact_cli::onchain::grid_file::{EscrowPlan, GridFile, Names, ProjectTerms, Receiver};
use gridpact_client::{Network, Protection, SecretString};
use gridpact_market::{AllocationRule, FeeKind, OwnInjection, PriceRule};
use gridpact_types::asset::Asset;
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_units::{BasisPoints, IntervalIndex, Price, Seconds};

use super::{network, wallet, WORDS};
use crate::folder;

fn example() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../grids/example.toml");
    let text = std::fs::read_to_string(path).unwrap();
    text.replace("../projects/", "projects/")
}

/// Reads a grid's file with the keys that the example names.
fn read(folder: &Path, text: &str) -> Result<GridFile, String> {
    read_on(&network(folder), folder, text)
}

fn read_on(network: &Network, folder: &Path, text: &str) -> Result<GridFile, String> {
    let wallet = wallet(folder);
    let words = SecretString::from(WORDS.to_owned());
    let oracles = ["oracle-1", "oracle-2", "oracle-3", "oracle-4"];
    let others = ["operator", "contractor", "house-a", "house-b", "house-c"];
    for name in others.into_iter().chain(oracles) {
        let kept = match name {
            "operator" => wallet
                .store()
                .import(name, &words, "wasm", &Protection::Plain)
                .map(|_| ()),
            oracle => wallet
                .store()
                .generate(oracle, "wasm", &Protection::Plain)
                .map(|_| ()),
        };
        kept.unwrap();
    }
    for file in ["example.toml", "example.md"] {
        let project = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("../../projects")
            .join(file);
        std::fs::create_dir_all(folder.join("projects")).unwrap();
        std::fs::copy(project, folder.join("projects").join(file)).unwrap();
    }
    let path = folder.join("grid.toml");
    std::fs::write(&path, text).unwrap();
    let names = Names {
        network,
        wallet: &wallet,
    };
    GridFile::read(&path, names).map_err(|error| error.to_string())
}

#[test]
fn the_example_says_what_its_comments_say() {
    let grid = read(&folder("grid_example"), &example()).unwrap();
    assert_eq!(grid.name, "example");
    assert_eq!(grid.operator, "wasm19rl4cm2hmr8afy4kldpxz3fka4jguq0akuugk7");
    assert_eq!(grid.admin, None);
    assert_eq!(grid.escrow, EscrowPlan::New(vec![Asset::native("ueur")]));
    assert_eq!(grid.resolution, 1_000);
    assert_eq!(grid.challenge_period, Seconds::DAY);
    assert_eq!(grid.report_limit, Seconds::days(7));
    assert_eq!((grid.committee.members.len(), grid.committee.quorum), (4, 3));
    assert_eq!(grid.asset, Asset::native("ueur"));
    assert_eq!(grid.policy.interval_length.seconds(), 900);
    assert_eq!(grid.policy.buyers, AllocationRule::Even);
    let weight = BasisPoints(5_000);
    assert_eq!(grid.policy.price, PriceRule::MidMarket { weight });
    assert_eq!(grid.policy.fees, [FeeKind::BasisPoints(BasisPoints(200)).of(1)]);
    assert_eq!(grid.fees, [("network".to_owned(), Receiver::Project(1))]);
    assert_eq!(grid.rounding, Receiver::Account(grid.operator.clone()));
    let [project] = grid.projects.as_slice() else {
        panic!("one project: {:?}", grid.projects);
    };
    assert_eq!((project.number, &project.otherwise), (1, &grid.operator));
    let ProjectTerms::File(file) = &project.terms else {
        panic!("terms of a file");
    };
    assert_eq!(file.title(), "The line between three houses");
    let [table] = grid.policy.tariff.tables.as_slice() else {
        panic!("one table of the tariff: {:?}", grid.policy.tariff);
    };
    assert_eq!(table.valid_from, IntervalIndex(1_767_225_600 / 900));
    let offsets = grid.policy.tariff.utc_offsets.iter();
    assert_eq!(
        offsets.map(|offset| offset.minutes).collect::<Vec<_>>(),
        [60, 120, 60, 120, 60]
    );
    // 06:00 of the place is 05:00 UTC in winter and 04:00 in summer, also in the quarter hours beside it.
    let retail = |time: &str| {
        let time = gridpact_cli::onchain::time::parse_time(time).unwrap();
        let interval = grid.policy.interval_length.index_at(time.0);
        grid.policy.tariff_at(interval).unwrap().0
    };
    let (night, day) = (Price(260_000_000), Price(320_000_000));
    for (time, expected) in [
        ("2026-01-15T04:45Z", night),
        ("2026-01-15T05:00Z", day),
        ("2026-03-29T03:45Z", night),
        ("2026-03-29T04:00Z", day),
        ("2026-07-01T19:45Z", day),
        ("2026-07-01T20:00Z", night),
        ("2026-10-25T04:45Z", night),
        ("2026-10-25T05:00Z", day),
    ] {
        assert_eq!(retail(time), expected, "{time}");
    }
    assert_eq!(grid.policy.own_injection, OwnInjection::Excluded);
    assert_eq!(grid.policy.concerns(), []);
    let starts: Vec<u16> = table.bands.iter().map(|band| band.from_minute).collect();
    assert_eq!(starts, [0, 360, 1_320]);
    assert_eq!(table.bands[1].retail, Price(320_000_000));
}

#[test]
fn every_mistake_is_told_at_once_with_its_line_and_field() {
    let text = r#"name = "My Grid"
operator = "nobody"
admin = "wasm19rl4cm2hmr8afy4kldpxz3fka4jguq0a5m7df9"
opreator = "x"
[escrow]
assets = ["EUR", "USD"]
[metering]
interval = "7m"
resolution = "1"
challenge_period = "1 day"
[committee]
quorum = 2
members = [{ key = "oracle-1" }, { key = "oracle-2" }, { address = "x", public_key = "02" }]
[market]
asset = "EUR"
buyers = "fair"
sellers = 1
price = { rule = "auction" }
rounding = "project 0"
[[market.fee]]
label = "network"
rate = "200 %"
to = "operator"
[[market.tariff]]
valid_from = "2026-01-01T00:07Z"
bands = [{ from = "6:00", retail = "0.26", feed_in = "0.08 ISLE/kWh" }]
[[market.utc_offset]]
valid_from = "2026-01-01T00:00Z"
offset = "1h"
"#;
    let error = read(&folder("grid_mistakes"), text).unwrap_err();
    let expected = [
        "line 1: name: expected 1 to 32 lower-case letters, digits and hyphens, got `My Grid`",
        "line 2: operator: expected an address wasm1… (copied whole: it carries a check) or the name of a key, got `nobody`",
        "line 3: admin: expected an address wasm1…",
        "line 4: opreator: unknown field; known at the top: admin, codes, committee, escrow, market, metering, name, operator, project",
        "line 6: escrow.assets[1]: expected an asset of the network file (EUR, ISLE), got `USD`",
        "line 7: metering.report_limit: expected a text in quotes, got nothing",
        "line 8: metering.interval: interval length: expected 60 to 3,600 seconds dividing an hour, got 420 s",
        "line 9: metering.resolution: expected energy as `1.5 kWh` or `250 Wh`",
        "line 10: metering.challenge_period: expected a length of time as 14d",
        "line 12: committee.quorum: expected more than two thirds of 3 members, at most all, got 2",
        "line 13: committee.members[2].address: expected an address",
        "line 13: committee.members[2].public_key: expected 33 bytes as 66 hex digits, got `02`",
        "line 16: market.buyers: expected even, pro_rata, static, static-no-reoffer, priority, got `fair`",
        "line 17: market.sellers: expected a text in quotes, got integer",
        "line 18: market.price.rule: expected fixed, mid_market or supply_demand_ratio, got `auction`",
        "line 19: market.rounding: expected an account or a project as `project 1`, got `project 0`",
        "line 22: market.fee[0].rate: expected 0 % to 100 %",
        "line 25: market.tariff[0].valid_from: expected the start of an interval of 15m",
        "line 29: market.utc_offset[0].offset: expected local time minus UTC as +01:00, got `1h`",
        "line 26: market.tariff[0].bands[0].from: expected a local time as 06:00, got `6:00`",
        "line 26: market.tariff[0].bands[0].retail: expected a price as `0.30 EUR/kWh`",
        "line 26: market.tariff[0].bands[0].feed_in: expected a price as `0.30 EUR/kWh`",
    ];
    for expected in expected {
        assert!(error.contains(expected), "expected `{expected}` in: {error}");
    }
    assert_eq!(error.matches("\n  line ").count(), expected.len(), "{error}");
}

#[test]
fn without_being_asked_for_nobody_may_replace_the_code_and_meters_join_daily() {
    let begin = |every, offset| RostersBegin {
        every: Seconds(every),
        offset: Seconds(offset),
    };
    let text = example()
        .replace("admin = \"none\"\n", "")
        .replace("rosters_every = \"1d\"\nrosters_offset = \"0h\"\n", "");
    assert!(!text.contains("\nadmin") && !text.contains("\nrosters_"));
    let grid = read(&folder("grid_usual"), &text).unwrap();
    assert_eq!((grid.admin.clone(), grid.rosters_begin), (None, begin(86_400, 0)));
    let text = example()
        .replace("admin = \"none\"", "admin = \"operator\"")
        .replace("rosters_every = \"1d\"", "rosters_every = \"7d\"")
        .replace("rosters_offset = \"0h\"", "rosters_offset = \"23h\"");
    let asked = read(&folder("grid_asked"), &text).unwrap();
    assert_eq!(asked.admin, Some(asked.operator.clone()));
    assert_eq!(asked.rosters_begin, begin(604_800, 82_800));
    let text = example().replace("rosters_every = \"1d\"", "rosters_every = \"20m\"");
    let error = read(&folder("grid_between"), &text).unwrap_err();
    assert!(
        error.contains("meter-registry would refuse: rosters begin: expected every 900 to"),
        "{error}"
    );
}

#[test]
fn what_a_contract_would_refuse_is_told_in_its_own_words() {
    let text = example()
        .replace("report_limit = \"7d\"", "report_limit = \"90d\"")
        .replace("assets = [\"EUR\"]", "assets = []")
        .replace("label = \"network\"", "label = \"\"");
    let error = read(&folder("grid_refused"), &text).unwrap_err();
    for expected in [
        "meter-registry would refuse: report limit: expected",
        "pledge-escrow would refuse: assets: expected 1 to 16, got 0",
        "energy-settlement would refuse: fee label: expected 1 to 64 bytes, got 0",
    ] {
        assert!(error.contains(expected), "expected `{expected}` in: {error}");
    }
}

/// What hurts members is taken only where the file names it.
#[test]
fn a_policy_that_hurts_its_members_must_be_accepted_by_name() {
    let dear = |accept: &str| {
        example()
            .replace(
                "rule = \"mid_market\", weight = \"0.5\"",
                "rule = \"fixed\", price = \"0.40 EUR/kWh\"",
            )
            .replace("accept = []", accept)
    };
    let error = read(&folder("grid_dear"), &dear("accept = []")).unwrap_err();
    assert!(
        error.contains(
            "the fixed price is above what the utility charges; say accept = [\"fixed_above_retail\"]"
        ),
        "{error}"
    );
    assert!(read(&folder("grid_dear"), &dear("accept = [\"fixed_above_retail\"]")).is_ok());
    let error = read(&folder("grid_dear"), &dear("accept = [\"all\"]")).unwrap_err();
    assert!(
        error.contains(
            "market.accept[0]: expected fees_above_margin, fixed_above_retail, free_energy, rounding, got `all`"
        ),
        "{error}"
    );
}

/// The same file on a network whose asset has two decimals.
#[test]
fn an_asset_too_coarse_for_its_amounts_must_be_accepted_by_name() {
    let fine = network(&folder("grid_fine"));
    let mut cents = fine.clone();
    cents.assets.get_mut("EUR").unwrap().decimals = 2;
    let read = |network: &Network, text: &str| read_on(network, &folder("grid_coarse"), text);
    let error = read(&cents, &example()).unwrap_err();
    // 2,880 quarter hours a month, bought and sold in: 5,760 cents. 100 kWh at (0.08 + 0.26) / 2.
    let told = "rounding costs a home at worst 57.6 EUR a month, 338.83 % of 17 EUR that 100 kWh come to at the lowest price, \
                0.17 EUR/kWh, where every interval is reported by itself; longer reports round less; say accept = [\"rounding\"] \
                where that is meant";
    assert!(error.contains(told), "{error}");
    let accepted = example().replace("accept = []", "accept = [\"rounding\"]");
    let grid = read(&cents, &accepted).unwrap();
    assert!(told.starts_with(&grid.rounding(&cents)));
    // With six decimals a month of the worst is 0.03 % of that, and told all the same.
    let grid = read(&fine, &example()).unwrap();
    assert!(
        grid.rounding(&fine)
            .starts_with("rounding costs a home at worst 0.00576 EUR a month, 0.04 % of 17 EUR that"),
        "{}",
        grid.rounding(&fine)
    );
}

#[test]
fn a_policy_that_does_not_fit_together_is_refused() {
    let text = example().replace(
        "feed_in = \"0.08 EUR/kWh\" },\n]",
        "feed_in = \"0.80 EUR/kWh\" },\n]",
    );
    let error = read(&folder("grid_policy"), &text).unwrap_err();
    assert!(
        error.contains("market: tariff band: expected feed-in at most retail"),
        "{error}"
    );
}

#[test]
fn fees_for_a_project_need_an_escrow_that_takes_the_asset() {
    let text = example().replace("assets = [\"EUR\"]", "assets = [\"ISLE\"]");
    let error = read(&folder("grid_fee_asset"), &text).unwrap_err();
    assert!(
        error.contains("escrow: assets: expected the market's asset among these"),
        "{error}"
    );
    // Without a project, what the escrow takes is its own affair.
    let (head, rest) = text.split_once("[[project]]").unwrap();
    let rest = &rest[rest.find("[metering]").unwrap()..];
    let account = [head, rest]
        .concat()
        .replace("to = \"project 1\"", "to = \"operator\"");
    read(&folder("grid_fee_account"), &account).unwrap();
}

#[test]
fn what_is_no_toml_is_told_with_its_line_and_nothing_else() {
    let error = read(&folder("grid_no_toml"), "name = \"x\"\noperator = \"x\n").unwrap_err();
    assert!(error.contains("line 2: invalid basic string"), "{error}");
    assert!(!error.contains("got nothing"), "{error}");
}

#[test]
fn an_escrow_that_exists_can_be_named_instead() {
    let address = "wasm19rl4cm2hmr8afy4kldpxz3fka4jguq0akuugk7";
    let text = example().replace("assets = [\"EUR\"]", &format!("address = \"{address}\""));
    let grid = read(&folder("grid_escrow"), &text).unwrap();
    assert_eq!(grid.escrow, EscrowPlan::At(address.to_owned()));
    let both = example().replace(
        "assets = [\"EUR\"]",
        &format!("assets = [\"EUR\"]\naddress = \"{address}\""),
    );
    let error = read(&folder("grid_escrows"), &both).unwrap_err();
    assert!(
        error.contains("escrow.address: expected assets or address, got both"),
        "{error}"
    );
}

#[test]
fn the_template_of_a_network_is_a_network() {
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../networks/testnet.toml.template");
    let network = Network::read(&template).unwrap();
    assert_eq!(network.prefix, "wasm");
}

/// A fee's project is there by its own terms, or opened by those of a file.
#[test]
fn a_project_that_gets_money_is_named_with_its_terms() {
    let table = "[[project]]\n";
    let without = |name: &str, change: &dyn Fn(String) -> String| {
        read(&folder(name), &change(example()))
            .map(|grid| grid.projects)
            .unwrap_err()
    };
    let terms = "terms = \"projects/example.toml\"";
    let hash = format!("terms_hash = \"{}\"", "ab".repeat(32));
    let address = "address = \"wasm19rl4cm2hmr8afy4kldpxz3fka4jguq0akuugk7\"";
    let refusals = [
        (
            without("project_unlisted", &|text| text.replace("number = 1", "number = 2")),
            "expected one of number 1, which is to be paid, got none",
        ),
        (
            without("project_hash_of_new", &|text| text.replace(terms, &hash)),
            "project: expected terms, got a terms_hash: the escrow is made with the grid, and has no project yet",
        ),
        (
            without("project_both", &|text| text.replace(terms, &format!("{terms}\n{hash}"))),
            "project[0].terms: expected terms (a file) or terms_hash, one of them",
        ),
        (
            without("project_twice", &|text| {
                let again = format!("{table}number = 1\n{hash}\notherwise = \"operator\"\n{table}");
                text.replace("assets = [\"EUR\"]", address).replace(table, &again)
            }),
            "project: expected every number once",
        ),
        (
            without("project_asset", &|text| {
                let text = text.replace("assets = [\"EUR\"]", "assets = [\"EUR\", \"ISLE\"]");
                text.replace("asset = \"EUR\"", "asset = \"ISLE\"").replace("EUR/kWh", "ISLE/kWh")
            }),
            "project: expected terms in the market's asset",
        ),
        (
            without("project_no_terms", &|text| text.replace("terms = \"projects", "terms = \"nowhere")),
            "project[0].terms: ",
        ),
    ];
    for (error, expected) in refusals {
        assert!(error.contains(expected), "expected `{expected}` in: {error}");
    }
    let text = example()
        .replace("assets = [\"EUR\"]", address)
        .replace(terms, &hash);
    let grid = read(
        &folder("project_hash"),
        &text
            .replace("number = 1", "number = 9")
            .replace("project 1", "project 9"),
    );
    assert_eq!(grid.unwrap().projects[0].number, 9);
}
