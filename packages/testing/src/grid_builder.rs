//! What grid to build; every part has a usual value.

use gridpact_market::Policy;
use gridpact_types::asset::Asset;
use gridpact_types::registry;
use gridpact_types::registry::meters::{Admission, MeterProposal};
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_types::settlement;
use gridpact_types::settlement::accounts::{Destination, FeeAccount};
use gridpact_units::{Amount, IntervalIndex, Price, Seconds, UnixSeconds};

use crate::committee::Committee;
use crate::grid::Grid;
use crate::ledger::grid::Ledger;
use crate::registry::Registry;
use crate::settlement::Settlement;
use crate::world::World;
use crate::{fixtures, invariants};

/// Says what grid to build; every part has a usual value.
pub struct GridBuilder {
    homes: Vec<(String, MeterProposal)>,
    terms: Vec<Admission>,
    committee: (u8, u8),
    policy: Policy,
    fees: Vec<FeeAccount>,
    rounding: Option<Destination>,
    deposit: Option<Amount>,
    resolution: u32,
    challenge_period: Seconds,
    report_limit: Seconds,
    rosters_begin: Option<RostersBegin>,
    salt: u8,
    asset: Option<Asset>,
    first_interval: Option<IntervalIndex>,
}

impl Default for GridBuilder {
    /// A, B and C; four oracles, three to sign; 15 minutes; `even`; 200,000 base units a MWh; a day to challenge, ten to
    /// report; no deposit.
    fn default() -> Self {
        Self {
            homes: ["A", "B", "C"]
                .map(|name| (name.to_owned(), fixtures::prosumer(name)))
                .to_vec(),
            terms: Vec::new(),
            committee: (4, 3),
            policy: fixtures::fixed_price_policy(Price(200_000)),
            fees: Vec::new(),
            rounding: None,
            deposit: None,
            resolution: 1,
            challenge_period: Seconds::DAY,
            report_limit: Seconds::days(10),
            rosters_begin: None,
            salt: 1,
            asset: None,
            first_interval: None,
        }
    }
}

impl GridBuilder {
    /// These homes instead of A, B and C.
    #[must_use]
    pub fn with_homes(mut self, homes: Vec<(String, MeterProposal)>) -> Self {
        self.homes = homes;
        self
    }

    /// What is agreed with the homes, in their order, whatever proposals it names; with those behind its end, the usual.
    #[must_use]
    pub fn with_terms(mut self, terms: Vec<Admission>) -> Self {
        self.terms = terms;
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

    /// When rosters may begin, instead of with every interval.
    #[must_use]
    pub fn with_rosters_begin(mut self, begin: RostersBegin) -> Self {
        self.rosters_begin = Some(begin);
        self
    }

    /// Another grid beside the first needs another salt.
    #[must_use]
    pub fn with_salt(mut self, salt: u8) -> Self {
        self.salt = salt;
        self
    }

    /// Another asset than the world's, for a token that means harm.
    #[must_use]
    pub fn with_asset(mut self, asset: Asset) -> Self {
        self.asset = Some(asset);
        self
    }

    /// The grid's first interval, instead of the next to begin.
    #[must_use]
    pub fn with_first_interval(mut self, first: IntervalIndex) -> Self {
        self.first_interval = Some(first);
        self
    }

    /// Builds it: two contracts at predicted addresses, the homes admitted, and time at the grid's first interval.
    ///
    /// # Panics
    /// With the contract's own words, where a grid cannot be built so.
    pub fn build(self, world: &mut World) -> Grid {
        self.try_build(world)
            .unwrap_or_else(|words| panic!("a grid is built: {words}"))
    }

    /// The same, for a grid that should be refused.
    ///
    /// # Errors
    /// The contract's own words.
    pub fn try_build(self, world: &mut World) -> Result<Grid, String> {
        let mut grid = self.deploy(world)?;
        grid.join_on(world, &self.homes, &self.terms, self.first_interval)?;
        if let Some(first) = grid.registry.next_report(world).first_interval {
            world.advance_to(UnixSeconds(grid.interval_length.start_of(first)));
        }
        if let Some(each) = self.deposit {
            for home in grid.homes.clone() {
                world.fund(&home.owner, each);
                grid.settlement.deposit(world, &home.owner, home.slot, each)?;
            }
        }
        Ok(grid)
    }

    /// Two contracts that know each other from birth.
    fn deploy(&self, world: &mut World) -> Result<Grid, String> {
        let codes = world.codes;
        let salts = ([b'r', self.salt], [b's', self.salt]);
        let registry = world.predict(codes.registry, &salts.0);
        let settlement = world.predict(codes.settlement, &salts.1);
        let operator = world.addr("operator");
        let (members, quorum) = self.committee;
        let committee = Committee::new(members, quorum, self.salt);

        let community = || Destination::Account {
            address: world.addr("community").into_string(),
        };
        let make_settlement = settlement::messages::InstantiateMsg {
            registry: registry.to_string(),
            asset: self.asset.clone().unwrap_or_else(|| world.money().asset()),
            policy: self.policy.clone(),
            fees: self.fees.clone(),
            rounding: self.rounding.clone().unwrap_or_else(community),
        };
        let make_registry = registry::messages::InstantiateMsg {
            operator: operator.to_string(),
            settlement: settlement.to_string(),
            interval_length: self.policy.interval_length,
            resolution: self.resolution,
            committee: committee.describe(|member| world.addr(&format!("oracle {member}"))),
            challenge_period: self.challenge_period,
            report_limit: self.report_limit,
            rosters_begin: self.rosters_begin.unwrap_or(RostersBegin {
                every: Seconds(self.policy.interval_length.seconds().into()),
                offset: Seconds(0),
            }),
        };
        world.create(codes.settlement, &make_settlement, &salts.1, "settlement")?;
        world.create(codes.registry, &make_registry, &salts.0, "registry")?;

        // The holding of another asset than the world's is not the harness's to look at.
        if self.asset.is_none() {
            let policy = self.policy.clone();
            let ledger = Ledger::new(registry.clone(), settlement.clone(), policy, &self.fees);
            world.watch_grid(ledger, invariants::grid::breaches);
        }
        Ok(Grid {
            operator,
            carrier: world.addr("carrier"),
            registry: Registry { addr: registry },
            settlement: Settlement { addr: settlement },
            committee,
            homes: Vec::new(),
            interval_length: self.policy.interval_length,
            resolution: self.resolution,
        })
    }
}
