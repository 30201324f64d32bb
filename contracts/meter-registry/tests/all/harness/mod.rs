//! A grid on a mock chain: time as a story, real keys, and a chain's all-or-nothing.

mod report;
mod told;

use std::collections::BTreeMap;

use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env, MockApi, MockQuerier, MockStorage};
use cosmwasm_std::{
    from_json, Addr, Coin, Empty, Env, HexBinary, Order, OwnedDeps, Response, Storage, Timestamp,
};
use gridpact_report::sign::SigningKey;
use gridpact_types::registry::answers::{WindowResponse, WindowsResponse};
use gridpact_types::registry::committee::{Committee, Member};
use gridpact_types::registry::events;
use gridpact_types::registry::messages::{ExecuteMsg, InstantiateMsg};
use gridpact_types::registry::meters::{Admission, MeterKind, MeterProposal, Provenance};
use gridpact_types::registry::queries::QueryMsg;
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_types::strict::Strict;
use gridpact_units::{IntervalIndex, IntervalLength, Power, Ppm, Seconds, UnixSeconds};
use meter_registry::contract;
use meter_registry::error::ContractError;

pub use self::report::{ready, UnsignedReport};
pub use self::told::{attribute, judged, settle, told_settlement};
pub use gridpact_units::Energy;

/// A full hour, and the start of interval 2,000,000 of a quarter hour each.
pub const START: u64 = 1_800_000_000;
pub const QUARTER: u64 = 900;
/// The interval that runs at START; admissions at START begin with the next.
pub const NOW: u64 = 2_000_000;
pub const FIRST: IntervalIndex = IntervalIndex(NOW + 1);
pub const HOUR: u64 = 3_600;
pub const DAY: u64 = 86_400;
/// A consumer of 4 kW: 1 kWh, 1,000,000 mWh, in a quarter hour.
pub const LIMIT: u32 = 4_000;
pub const MOST: u64 = 1_000_000;

pub type Outcome = Result<Response, ContractError>;

pub struct Grid {
    pub deps: OwnedDeps<MockStorage, MockApi, MockQuerier>,
    pub env: Env,
    pub keys: Vec<SigningKey>,
    /// Kinds of events and of refusals that its messages had, and how often.
    pub seen: BTreeMap<String, u64>,
    serials: u64,
}

pub fn key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number + 1; 32]).unwrap()
}

pub fn address(name: &str) -> Addr {
    MockApi::default().addr_make(name)
}

pub fn committee(members: u8, quorum: u8) -> Committee {
    let member = |number| Member {
        address: address(&format!("oracle {number}")).to_string(),
        public_key: HexBinary::from(key(number).public_key()),
    };
    Committee {
        members: (0..members).map(member).collect(),
        quorum,
    }
}

/// Four oracles, three sign; quarter hours; 1 Wh; 16 days of challenge; an hour to report.
pub fn grid_msg() -> InstantiateMsg {
    InstantiateMsg {
        operator: address("operator").to_string(),
        settlement: address("settlement").to_string(),
        interval_length: IntervalLength::QUARTER_HOUR,
        resolution: 1_000,
        committee: committee(4, 3),
        challenge_period: Seconds::days(16),
        report_limit: Seconds(HOUR),
        rosters_begin: RostersBegin {
            every: Seconds(QUARTER),
            offset: Seconds(0),
        },
    }
}

pub fn meter(serial: u64) -> MeterProposal {
    let mut hash = [7; 32];
    hash[..8].copy_from_slice(&serial.to_be_bytes());
    MeterProposal {
        serial_hash: HexBinary::from(hash),
        kind: MeterKind::Prosumer,
        import_limit: Power(LIMIT),
        export_limit: Power(LIMIT),
        provenance: Provenance::Sealed,
        part: Ppm::WHOLE,
    }
}

pub fn admission(proposal: u64) -> Admission {
    Admission::of(proposal)
}

impl Grid {
    /// What `instantiate` says to a message, from a stranger, at START.
    pub fn try_new(msg: InstantiateMsg) -> Result<(Self, Response), ContractError> {
        let mut deps = mock_dependencies();
        let mut env = mock_env();
        env.block.chain_id = "gridpact-1".to_owned();
        env.block.time = Timestamp::from_seconds(START);
        env.contract.address = address("registry");
        let info = message_info(&address("stranger"), &[]);
        let response = contract::instantiate(deps.as_mut(), env.clone(), info, Strict(msg))?;
        let keys = (0..32).map(key).collect();
        Ok((
            Self {
                deps,
                env,
                keys,
                seen: BTreeMap::new(),
                serials: 0,
            },
            response,
        ))
    }

    pub fn with(change: impl FnOnce(&mut InstantiateMsg)) -> Self {
        let mut msg = grid_msg();
        change(&mut msg);
        Self::try_new(msg).unwrap().0
    }

    pub fn new() -> Self {
        Self::with(|_| ())
    }

    /// A grid with so many meters, whose first interval is FIRST.
    pub fn with_meters(meters: u64) -> Self {
        let mut grid = Self::new();
        grid.join(meters, None).unwrap();
        grid
    }

    pub fn stored(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        self.deps.storage.range(None, None, Order::Ascending).collect()
    }

    pub fn restore(&mut self, records: Vec<(Vec<u8>, Vec<u8>)>) {
        self.deps.storage = MockStorage::new();
        for (key, value) in records {
            self.deps.storage.set(&key, &value);
        }
    }

    pub fn send_with(&mut self, sender: &Addr, funds: &[Coin], msg: ExecuteMsg) -> Outcome {
        let before = self.stored();
        let info = message_info(sender, funds);
        let outcome = contract::execute(self.deps.as_mut(), self.env.clone(), info, Strict(msg));
        let names = match &outcome {
            Ok(response) => response.events.iter().map(|event| event.ty.clone()).collect(),
            Err(error) => {
                self.restore(before);
                let name = format!("{error:?}");
                let end = name.find(|letter: char| !letter.is_alphanumeric());
                vec![name[..end.unwrap_or(name.len())].to_owned()]
            }
        };
        for name in names {
            *self.seen.entry(name).or_default() += 1;
        }
        outcome
    }

    pub fn send(&mut self, sender: &str, msg: ExecuteMsg) -> Outcome {
        self.send_with(&address(sender), &[], msg)
    }

    pub fn ask<T: serde::de::DeserializeOwned>(&self, msg: QueryMsg) -> Result<T, ContractError> {
        contract::query(self.deps.as_ref(), self.env.clone(), Strict(msg))
            .map(|answer| from_json(answer).unwrap())
    }

    pub fn migrate(&mut self) -> Outcome {
        contract::migrate(self.deps.as_mut(), self.env.clone(), Strict(Empty {}))
    }

    pub fn now(&self) -> u64 {
        self.env.block.time.seconds()
    }

    /// Time passes, and a block with it.
    pub fn passes(&mut self, seconds: u64) {
        self.set_time(self.now() + seconds);
    }

    pub fn set_time(&mut self, seconds: u64) {
        self.env.block.time = Timestamp::from_seconds(seconds);
        self.env.block.height += 1;
    }

    /// The first second at which interval `index` has ended.
    pub fn until_ended(&mut self, index: IntervalIndex) {
        self.set_time((index.0 + 1) * QUARTER);
    }

    pub fn propose(&mut self, owner: &str) -> u64 {
        self.serials += 1;
        let meter = meter(self.serials);
        let response = self.send(owner, ExecuteMsg::ProposeMeter { meter }).unwrap();
        attribute(&response, events::METER_PROPOSED, "proposal")
            .parse()
            .unwrap()
    }

    pub fn admit(&mut self, admissions: Vec<Admission>, from: Option<IntervalIndex>) -> Outcome {
        self.send("operator", ExecuteMsg::AdmitMeters { admissions, from })
    }

    /// Proposes and admits so many meters, each of an owner of its own.
    pub fn join(&mut self, meters: u64, from: Option<IntervalIndex>) -> Outcome {
        let admissions = (0..meters)
            .map(|_| {
                let owner = format!("home {}", self.serials + 1);
                admission(self.propose(&owner))
            })
            .collect();
        self.admit(admissions, from)
    }

    pub fn windows(&self) -> Vec<WindowResponse> {
        let mut windows: Vec<WindowResponse> = vec![];
        loop {
            let start_after = windows.last().map(|window| window.first_interval);
            let page: WindowsResponse = self
                .ask(QueryMsg::Windows {
                    newest_first: false,
                    start_after,
                    limit: Some(30),
                })
                .unwrap();
            windows.extend(page.windows);
            if !page.more {
                return windows;
            }
        }
    }
}

pub fn seconds(moment: u64) -> UnixSeconds {
    UnixSeconds(moment)
}
