//! A settlement whose registry is this test: windows end when it says so, in any order.

mod look;

use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env, MockApi, MockQuerier, MockStorage};
use cosmwasm_std::{coins, Addr, Coin, Env, Order, OwnedDeps, Storage, Timestamp};
use energy_settlement::contract::{execute, instantiate};
use gridpact_replay::{Books, FeeId, Meter, Window};
use gridpact_report::connections::Connections;
use gridpact_report::{encode, Header, Mode, Report, Resolution, Scheme, MAX_ENERGY};
use gridpact_types::asset::Asset;
use gridpact_types::settlement::accounts::{AccountOpening, Destination, FeeAccount};
use gridpact_types::settlement::messages::{ExecuteMsg, InstantiateMsg, ReportBody};
use gridpact_types::strict::Strict;
use gridpact_units::{Amount, Reading, Slot, UnixSeconds};
use proptest::prelude::*;

use super::{account, compare, config, reading};
use crate::support::{meter, policy, FIRST};

const DENOM: &str = "ueur";
const DAY: u64 = 86_400;
/// Seats at the start; one more joins with every `Join`.
const HOMES: u16 = 3;
const MOST_HOMES: u16 = 8;

#[derive(Clone, Debug)]
enum Action {
    Join,
    Deposit(u32, u128),
    Withdraw(u32, Option<u128>),
    /// Readings for a roster so many versions ago, and how long the window is held: a late report is held longer than one
    /// that came after it.
    Settle(Vec<Reading>, u32, u64),
    Finalise(u32),
    Sweep(u8),
    Wait(u64),
}

fn action() -> impl Strategy<Value = Action> {
    let slot = || 0_u32..u32::from(HOMES) + 2;
    // As many whole intervals of them as the roster's seats allow.
    let readings = prop::collection::vec(reading(), usize::from(2 * MOST_HOMES));
    prop_oneof![
        1 => Just(Action::Join),
        4 => (slot(), 1_u128..2_000).prop_map(|(slot, amount)| Action::Deposit(slot, amount)),
        3 => (slot(), prop::option::of(1_u128..2_000)).prop_map(|(slot, amount)| Action::Withdraw(slot, amount)),
        8 => (readings, 0_u32..3, 0..2 * DAY).prop_map(|(readings, ago, held)| Action::Settle(readings, ago, held)),
        2 => (1_u32..17).prop_map(Action::Finalise),
        2 => (0_u8..4).prop_map(Action::Sweep),
        3 => (1..DAY).prop_map(Action::Wait),
    ]
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn windows_that_end_in_any_order_are_final_as_in_the_contract(
        actions in prop::collection::vec(action(), 1..60),
    ) {
        let mut life = Life::new();
        for (position, action) in actions.iter().enumerate() {
            life.act(action);
            compare(&life.books, &life.answers(), &format!("{position}: {action:?}"));
        }
    }
}

struct Life {
    deps: OwnedDeps<MockStorage, MockApi, MockQuerier>,
    env: Env,
    books: Books,
    /// Seats of every roster.
    rosters: Vec<u16>,
    /// Windows so far.
    windows: u64,
}

impl Life {
    fn new() -> Self {
        let deps = mock_dependencies();
        let account = |name: &str| Destination::Account {
            address: deps.api.addr_make(name).into_string(),
        };
        let fee = |id: u8, label: &str| FeeAccount {
            id: FeeId(id),
            label: label.to_owned(),
            destination: account(label),
        };
        let msg = InstantiateMsg {
            registry: deps.api.addr_make("registry").into_string(),
            asset: Asset::native(DENOM),
            policy: policy(),
            fees: vec![fee(1, "operations"), fee(2, "line")],
            rounding: account("community"),
        };
        let mut life = Self {
            deps,
            env: mock_env(),
            books: Books::new(policy()).unwrap(),
            rosters: Vec::new(),
            windows: 0,
        };
        let info = message_info(&life.addr("deployer"), &[]);
        instantiate(life.deps.as_mut(), life.env.clone(), info, Strict(msg)).expect("it instantiates");
        life.join(HOMES);
        life
    }

    fn addr(&self, name: &str) -> Addr {
        self.deps.api.addr_make(name)
    }

    fn now(&self) -> UnixSeconds {
        UnixSeconds(self.env.block.time.seconds())
    }

    /// Whether the contract allows it.
    fn send(&mut self, name: &str, msg: ExecuteMsg, funds: &[Coin]) -> bool {
        let info = message_info(&self.addr(name), funds);
        let before: Vec<_> = self.deps.storage.range(None, None, Order::Ascending).collect();
        let allowed = execute(self.deps.as_mut(), self.env.clone(), info, Strict(msg)).is_ok();
        if !allowed {
            // As on a chain: what is refused has changed nothing.
            self.deps.storage = MockStorage::new();
            let storage = &mut self.deps.storage;
            before.iter().for_each(|(key, value)| storage.set(key, value));
        }
        allowed
    }

    fn act(&mut self, action: &Action) {
        let (allowed, replayed) = match action {
            Action::Join => {
                if self.rosters.last() < Some(&MOST_HOMES) {
                    self.join(1);
                }
                return;
            }
            Action::Wait(seconds) => {
                let later = self.now().0 + seconds;
                self.env.block.time = Timestamp::from_seconds(later);
                return;
            }
            Action::Settle(readings, ago, held) => return self.settle(readings, *ago, *held),
            Action::Deposit(slot, amount) => {
                let msg = ExecuteMsg::Deposit { slot: Slot(*slot) };
                let sent = self.send("anybody", msg, &coins(*amount, DENOM));
                let replayed = self.books.deposit(Slot(*slot), Amount(*amount)).is_ok();
                (sent, replayed)
            }
            Action::Withdraw(slot, amount) => {
                let (owner, slot, amount) = (format!("home {slot}"), Slot(*slot), amount.map(Amount));
                let sent = self.send(&owner, ExecuteMsg::Withdraw { slot, amount }, &[]);
                (sent, self.books.withdraw(self.now(), slot, amount).is_ok())
            }
            Action::Finalise(limit) => {
                let msg = ExecuteMsg::Finalise { limit: Some(*limit) };
                let sent = self.send("anybody", msg, &[]);
                let replayed = self.books.finalise(self.now(), *limit as usize).is_ok();
                (sent, replayed)
            }
            Action::Sweep(part) => {
                let (part, on_chain) = account(*part);
                let sent = self.send("anybody", ExecuteMsg::Sweep { account: on_chain }, &[]);
                (sent, self.books.sweep(part).is_ok())
            }
        };
        assert_eq!(allowed, replayed, "{action:?}");
    }

    fn join(&mut self, count: u16) {
        let seats = self.rosters.last().copied().unwrap_or_default();
        let meters: Vec<Meter> = (seats..seats + count).map(meter).collect();
        let opening = |meter: &Meter| AccountOpening {
            slot: meter.slot,
            seat: meter.seat,
            owner: self.addr(&format!("home {}", meter.slot)).into_string(),
            household: meter.household,
            weight: meter.weight,
            part: meter.part,
            priority: meter.priority,
            buy_tier: meter.buy_tier,
            sell_tier: meter.sell_tier,
        };
        let roster_version = u32::try_from(self.rosters.len()).unwrap() + 1;
        let msg = ExecuteMsg::OpenAccounts {
            roster_version,
            from: FIRST,
            interval_length: policy().interval_length,
            accounts: meters.iter().map(opening).collect(),
        };
        assert!(self.send("registry", msg, &[]), "accounts open");
        self.books.open(roster_version, &meters).unwrap();
        self.rosters.push(seats + count);
    }

    fn settle(&mut self, readings: &[Reading], ago: u32, held: u64) {
        let newest = u32::try_from(self.rosters.len()).unwrap();
        let roster_version = newest.saturating_sub(ago).max(1);
        let seats = self.rosters[roster_version as usize - 1];
        let intervals = u16::try_from(readings.len()).unwrap() / seats;
        let readings = &readings[..usize::from(intervals * seats)];
        let window = Window {
            first_interval: FIRST.plus(1_000 * self.windows),
            intervals,
            revision: 0,
            roster_version,
            final_at: UnixSeconds(self.now().0 + held),
        };
        let header = Header {
            mode: Mode::Open,
            scheme: Scheme::Secp256k1,
            epoch: 1,
            roster_version,
            first_interval: window.first_interval,
            intervals,
            seats,
            revision: 0,
            resolution: Resolution::WATT_HOUR,
        };
        let readings = readings.to_vec();
        let connections: Connections = (0..seats).map(|_| Some((MAX_ENERGY, MAX_ENERGY))).collect();
        let report = encode(&Report { header, readings }).unwrap();
        let msg = ExecuteMsg::Settle {
            header: header.encode().into(),
            body: ReportBody::Readings(report[header.encode().len()..].into()),
            connections: connections.encode().into(),
            final_at: window.final_at,
        };
        assert!(self.send("registry", msg, &[]), "settlement is total");
        let readings = gridpact_report::decode(&report).unwrap().readings;
        self.books.settle(self.now(), window, &readings, |_| {}).unwrap();
        self.windows += 1;
    }
}
