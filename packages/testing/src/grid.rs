//! A grid: a registry and a settlement that know each other from birth, its homes, its committee.

use cosmwasm_std::{instantiate2_address, Addr, Api, HexBinary};
use cw_multi_test::Executor;
use gridpact_market::{AllocationRule, Policy, PriceRule, Tariff};
use gridpact_report::{encode, Header, Report, Resolution};
use gridpact_types::registry::{self, Admission, MeterProposal};
use gridpact_types::settlement::{self, Destination, FeeAccount};
use gridpact_units::{Amount, IntervalIndex, IntervalLength, Price, Reading, Seconds, Slot, UnixSeconds};
use serde::Serialize;

use crate::world::CHAIN_ID;
use crate::{fixtures, Committee, Ledger, Outcome, Registry, Settlement, World};

/// One home, its owner and its place in the books.
#[derive(Clone, Debug)]
pub struct Home {
    /// Who owns the meter and the account.
    pub owner: Addr,
    /// Place in the books; position in reports.
    pub slot: Slot,
}

/// A grid of the world.
pub struct Grid {
    /// Admits meters.
    pub operator: Addr,
    /// Carries reports.
    pub carrier: Addr,
    /// The meters.
    pub registry: Registry,
    /// The accounts.
    pub settlement: Settlement,
    /// The oracles.
    pub committee: Committee,
    /// The homes admitted so far, by slot.
    pub homes: Vec<Home>,
    /// Length of an interval.
    pub interval_length: IntervalLength,
    resolution: u32,
}

/// Says what grid to build; every part has a usual value.
pub struct GridBuilder {
    homes: Vec<(String, MeterProposal)>,
    committee: (u8, u8),
    policy: Policy,
    fees: Vec<FeeAccount>,
    rounding: Option<Destination>,
    deposit: Option<Amount>,
    resolution: u32,
    challenge_period: Seconds,
    report_limit: Seconds,
    salt: u8,
}

impl Default for GridBuilder {
    /// A, B and C; four oracles, three to sign; 15 minutes; `even`; 200,000 base units a MWh; a day to challenge, ten to
    /// report; no deposit.
    fn default() -> Self {
        Self {
            homes: ["A", "B", "C"]
                .map(|name| (name.to_owned(), fixtures::prosumer(name)))
                .to_vec(),
            committee: (4, 3),
            policy: fixed_price_policy(Price(200_000)),
            fees: Vec::new(),
            rounding: None,
            deposit: None,
            resolution: 1,
            challenge_period: Seconds::DAY,
            report_limit: Seconds::days(10),
            salt: 1,
        }
    }
}

/// `even` on both sides, at one price.
pub fn fixed_price_policy(price: Price) -> Policy {
    Policy {
        interval_length: IntervalLength::QUARTER_HOUR,
        buyers: AllocationRule::Even,
        sellers: AllocationRule::Even,
        price: PriceRule::Fixed { price },
        tariff: Tariff::NONE,
        fees: Vec::new(),
    }
}

impl GridBuilder {
    /// These homes instead of A, B and C.
    #[must_use]
    pub fn with_homes(mut self, homes: Vec<(String, MeterProposal)>) -> Self {
        self.homes = homes;
        self
    }

    /// This committee: members, and how many must sign.
    #[must_use]
    pub fn with_committee(mut self, members: u8, quorum: u8) -> Self {
        self.committee = (members, quorum);
        self
    }

    /// This policy, and where each of its fees goes.
    #[must_use]
    pub fn with_policy(mut self, policy: Policy, fees: Vec<FeeAccount>) -> Self {
        self.policy = policy;
        self.fees = fees;
        self
    }

    /// Where rounding goes, instead of an account `community`.
    #[must_use]
    pub fn with_rounding_to(mut self, destination: Destination) -> Self {
        self.rounding = Some(destination);
        self
    }

    /// Every home deposits this at the start.
    #[must_use]
    pub fn with_deposit(mut self, each: Amount) -> Self {
        self.deposit = Some(each);
        self
    }

    /// mWh of one count in reports.
    #[must_use]
    pub fn with_resolution(mut self, milliwatt_hours: u32) -> Self {
        self.resolution = milliwatt_hours;
        self
    }

    /// How long windows stay provisional, and how old an interval may be reported.
    #[must_use]
    pub fn with_periods(mut self, challenge: Seconds, report_limit: Seconds) -> Self {
        (self.challenge_period, self.report_limit) = (challenge, report_limit);
        self
    }

    /// Another grid beside the first needs another salt.
    #[must_use]
    pub fn with_salt(mut self, salt: u8) -> Self {
        self.salt = salt;
        self
    }

    /// Builds it: two contracts at predicted addresses, the homes admitted, and time at the grid's first interval.
    pub fn build(self, world: &mut World) -> Grid {
        let deployer = world.addr("deployer");
        let operator = world.addr("operator");
        let (members, quorum) = self.committee;
        let committee = Committee::new(members, quorum, self.salt);
        let (registry_salt, settlement_salt) = ([b'r', self.salt], [b's', self.salt]);
        let registry = predict(world, world.codes.registry, &deployer, &registry_salt);
        let settlement = predict(world, world.codes.settlement, &deployer, &settlement_salt);

        let make_settlement = settlement::InstantiateMsg {
            registry: registry.to_string(),
            asset: world.money().asset(),
            policy: self.policy.clone(),
            fees: self.fees,
            rounding: self.rounding.unwrap_or(Destination::Account {
                address: world.addr("community").into_string(),
            }),
        };
        let make_registry = registry::InstantiateMsg {
            operator: operator.to_string(),
            settlement: settlement.to_string(),
            interval_length: self.policy.interval_length,
            resolution: self.resolution,
            committee: committee.describe(|member| world.addr(&format!("oracle {member}"))),
            challenge_period: self.challenge_period,
            report_limit: self.report_limit,
        };
        let codes = world.codes;
        let (settlement_code, registry_code) = (world.codes.settlement, world.codes.registry);
        create(
            world,
            settlement_code,
            &make_settlement,
            &settlement_salt,
            &settlement,
        );
        create(world, registry_code, &make_registry, &registry_salt, &registry);

        let ledger = Ledger::new(registry.clone(), settlement.clone(), self.policy.clone());
        world.ledgers.insert(settlement.clone(), ledger);
        let mut grid = Grid {
            operator,
            carrier: world.addr("carrier"),
            registry: Registry { addr: registry },
            settlement: Settlement { addr: settlement },
            committee,
            homes: Vec::new(),
            interval_length: self.policy.interval_length,
            resolution: self.resolution,
        };
        grid.join(world, &self.homes);
        let first = grid
            .registry
            .next_report(world)
            .first_interval
            .expect("a roster is scheduled");
        world.advance_to(UnixSeconds(grid.interval_length.start_of(first)));
        if let Some(each) = self.deposit {
            for home in grid.homes.clone() {
                world.fund(&home.owner, each);
                grid.settlement
                    .deposit(world, &home.owner, home.slot, each)
                    .expect("a deposit is taken");
            }
        }
        grid
    }
}

fn predict(world: &World, code: u64, creator: &Addr, salt: &[u8]) -> Addr {
    let checksum = world
        .app
        .wrap()
        .query_wasm_code_info(code)
        .expect("the code is stored")
        .checksum;
    let api = world.app.api();
    let creator = api.addr_canonicalize(creator.as_str()).expect("a valid address");
    let predicted = instantiate2_address(checksum.as_slice(), &creator, salt).expect("a valid salt");
    api.addr_humanize(&predicted).expect("a valid address")
}

fn create<M: Serialize>(world: &mut World, code: u64, msg: &M, salt: &[u8], predicted: &Addr) {
    let deployer = world.addr("deployer");
    let made = world
        .app
        .instantiate2_contract(code, deployer, msg, &[], "grid", None, salt.to_vec());
    assert_eq!(
        made.expect("the contract instantiates"),
        *predicted,
        "the address was known before"
    );
}

impl Grid {
    /// Homes propose their meters and the operator admits them, for the next interval to begin.
    pub fn join(&mut self, world: &mut World, homes: &[(String, MeterProposal)]) {
        for batch in homes.chunks(128) {
            let mut admissions = Vec::new();
            for (name, meter) in batch {
                let owner = world.addr(name);
                let proposal = self
                    .registry
                    .propose_meter(world, &owner, meter.clone())
                    .expect("a proposal is taken");
                admissions.push(fixtures::admission(proposal));
                let slot = Slot(u32::try_from(self.homes.len()).expect("few homes"));
                self.homes.push(Home { owner, slot });
            }
            let operator = self.operator.clone();
            self.admit(world, &operator, admissions)
                .expect("the operator admits");
        }
    }

    /// The operator admits proposals.
    pub fn admit(&self, world: &mut World, sender: &Addr, admissions: Vec<Admission>) -> Outcome {
        self.registry.admit_meters(world, sender, admissions, None)
    }

    /// A report of these readings, interval by interval, for what the registry expects next.
    pub fn write_report(&self, world: &World, readings: &[Reading]) -> Vec<u8> {
        let next = self.registry.next_report(world);
        let intervals = readings.len() / usize::from(next.seats).max(1);
        let report = Report {
            header: Header {
                epoch: next.epoch,
                roster_version: next.roster_version,
                first_interval: next.first_interval.expect("a roster is scheduled"),
                intervals: u16::try_from(intervals).expect("few intervals"),
                seats: next.seats,
                revision: 0,
                resolution: Resolution::from_milliwatt_hours(self.resolution).expect("a valid resolution"),
            },
            readings: readings.to_vec(),
        };
        encode(&report).expect("readings of the resolution")
    }

    /// Just enough oracles sign a report of these readings, and it is carried to the chain. Where its intervals are not
    /// over, time passes until they are.
    pub fn report(&self, world: &mut World, readings: &[Reading]) -> Outcome {
        let next = self.registry.next_report(world);
        let intervals = readings.len() / usize::from(next.seats).max(1);
        let end = next
            .first_interval
            .expect("a roster is scheduled")
            .plus(intervals as u64);
        let over = UnixSeconds(self.interval_length.start_of(end));
        if world.now() < over {
            world.advance_to(over);
        }
        let report = self.write_report(world, readings);
        let signatures = self
            .committee
            .sign_by_quorum(CHAIN_ID, &self.registry.addr, &report);
        self.registry.report(world, &self.carrier, &report, signatures)
    }

    /// The interval that runs now.
    pub fn current_interval(&self, world: &World) -> IntervalIndex {
        self.interval_length.index_at(world.now().0)
    }
}

/// SHA-256 of a text: the serial of a made-up meter, the description of a made-up project.
pub fn hash_of(text: &str) -> HexBinary {
    use sha2::Digest;
    HexBinary::from(sha2::Sha256::digest(text.as_bytes()).as_slice())
}
