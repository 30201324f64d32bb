//! A settlement in a mock store, with a clock, and the payouts it made.

use cosmwasm_std::testing::{message_info, mock_env, MockApi, MockQuerier, MockStorage};
use cosmwasm_std::{
    coins, from_json, to_json_binary, Addr, Coin, CosmosMsg, Env, Order, OwnedDeps, Response, Storage,
    Timestamp, Uint128,
};
use cw20::Cw20ReceiveMsg;
use energy_settlement::contract::{execute, instantiate, query};
use energy_settlement::error::ContractError;
use gridpact_market::{
    AllocationRule, FeeId, FeeKind, OwnInjection, Policy, PriceRule, RoundingRule, Tariff,
};
use gridpact_report::connections::Connections;
use gridpact_report::{encode, split, Header, Mode, Report, Resolution, Scheme, MAX_ENERGY};
use gridpact_types::asset::Asset;
use gridpact_types::settlement::accounts::*;
use gridpact_types::settlement::answers::*;
use gridpact_types::settlement::messages::*;
use gridpact_types::settlement::queries::*;
use gridpact_types::strict::Strict;
use gridpact_units::{
    Amount, BasisPoints, Energy, IntervalIndex, IntervalLength, Ppm, Price, Reading, Seat, Seconds, Slot,
    UnixSeconds,
};
use serde::de::DeserializeOwned;

use crate::escrow::{deps_with, Escrow, LINE};

pub const START: u64 = 1_800_000_000;
pub const DAY: u64 = 86_400;
pub const DENOM: &str = "ueur";
/// 0.20 a kWh at six decimals: 200 x 10^6 a MWh.
pub const PRICE: Price = Price(200_000_000);
pub const FIRST: IntervalIndex = IntervalIndex(2_000_000);

pub struct Grid {
    pub deps: OwnedDeps<MockStorage, MockApi, MockQuerier>,
    pub env: Env,
    /// Payouts in the order made.
    pub payouts: Vec<CosmosMsg>,
    pub next: IntervalIndex,
    pub seats: u16,
    pub roster: u32,
}

pub fn policy() -> Policy {
    Policy {
        interval_length: IntervalLength::QUARTER_HOUR,
        buyers: AllocationRule::Even,
        sellers: AllocationRule::ProRata,
        price: PriceRule::Fixed { price: PRICE },
        tariff: Tariff::NONE,
        fees: vec![
            FeeKind::BasisPoints(BasisPoints(100)).of(2),
            FeeKind::PerMwh(Price(1_000_000)).of(1),
        ],
        rounding: RoundingRule::LARGEST_REMAINDER,
        withdrawal_notice: Seconds(0),
        own_injection: OwnInjection::Excluded,
    }
}

/// The community's part of a fee.
pub fn fee(id: u8) -> CommunityAccount {
    CommunityAccount::Fee { id: FeeId(id) }
}

pub fn import(milliwatt_hours: u64) -> Reading {
    Reading::measured(Energy(milliwatt_hours), Energy::ZERO)
}

pub fn export(milliwatt_hours: u64) -> Reading {
    Reading::measured(Energy::ZERO, Energy(milliwatt_hours))
}

impl Grid {
    /// A grid of this many homes, owners `home 0` and so on.
    pub fn new(homes: u16) -> Self {
        Self::with_asset(homes, |_| Asset::native(DENOM))
    }

    pub fn with_asset(homes: u16, asset: impl Fn(&MockApi) -> Asset) -> Self {
        Self::with_policy(homes, asset, policy())
    }

    /// A grid of another asset, under another policy, whose fees are those of [`policy`].
    pub fn with_policy(homes: u16, asset: impl Fn(&MockApi) -> Asset, policy: Policy) -> Self {
        let asset = asset(&MockApi::default());
        let deps = deps_with(Escrow::new(asset.clone()));
        let mut env = mock_env();
        env.block.time = Timestamp::from_seconds(START);
        let mut grid = Self {
            deps,
            env,
            payouts: Vec::new(),
            next: FIRST,
            seats: 0,
            roster: 0,
        };
        let msg = InstantiateMsg {
            policy,
            ..grid.setup(asset)
        };
        let info = message_info(&grid.addr("deployer"), &[]);
        instantiate(grid.deps.as_mut(), grid.env.clone(), info, Strict(msg)).expect("it instantiates");
        for batch in (0..homes).collect::<Vec<_>>().chunks(128) {
            grid.open(batch.len() as u16).expect("accounts open");
        }
        grid
    }

    pub fn setup(&self, asset: Asset) -> InstantiateMsg {
        let account = |name: &str| Destination::Account {
            address: self.addr(name).into_string(),
        };
        let escrow = Destination::Project {
            escrow: self.addr("escrow").into_string(),
            project: LINE,
            terms_hash: Escrow::new(asset.clone()).terms_hash(),
            otherwise: self.addr("reserve").into_string(),
        };
        let fee = |id, label: &str, destination| FeeAccount {
            id: FeeId(id),
            label: label.to_owned(),
            destination,
        };
        InstantiateMsg {
            registry: self.addr("registry").into_string(),
            asset,
            policy: policy(),
            fees: vec![
                fee(1, "line", escrow),
                fee(2, "operations", account("operations")),
            ],
            rounding: account("community"),
        }
    }

    pub fn addr(&self, name: &str) -> Addr {
        self.deps.api.addr_make(name)
    }

    pub fn now(&self) -> UnixSeconds {
        UnixSeconds(self.env.block.time.seconds())
    }

    pub fn go_to(&mut self, moment: u64) {
        self.env.block.time = Timestamp::from_seconds(moment);
    }

    /// A message; the books are checked after it.
    pub fn send(&mut self, name: &str, msg: ExecuteMsg, funds: &[Coin]) -> Result<Response, ContractError> {
        let info = message_info(&self.addr(name), funds);
        let before: Vec<_> = self.deps.storage.range(None, None, Order::Ascending).collect();
        let response =
            execute(self.deps.as_mut(), self.env.clone(), info, Strict(msg)).inspect_err(|_| {
                // As on a chain: what is refused has changed nothing.
                self.deps.storage = MockStorage::new();
                before
                    .iter()
                    .for_each(|(key, value)| self.deps.storage.set(key, value));
            })?;
        self.payouts
            .extend(response.messages.iter().map(|message| message.msg.clone()));
        self.check_books();
        Ok(response)
    }

    pub fn opening(&self, count: u16) -> ExecuteMsg {
        let account = |seat: u16| AccountOpening {
            slot: Slot(seat.into()),
            seat: Seat(seat),
            owner: self.addr(&format!("home {seat}")).into_string(),
            household: seat.into(),
            weight: 1,
            part: Ppm::WHOLE,
            priority: 0,
            buy_tier: 0,
            sell_tier: 0,
        };
        ExecuteMsg::OpenAccounts {
            roster_version: self.roster + 1,
            from: self.next,
            interval_length: IntervalLength::QUARTER_HOUR,
            accounts: (self.seats..self.seats + count).map(account).collect(),
        }
    }

    pub fn open(&mut self, count: u16) -> Result<Response, ContractError> {
        let response = self.send("registry", self.opening(count), &[])?;
        self.roster += 1;
        self.seats += count;
        Ok(response)
    }

    pub fn deposit(&mut self, slot: u32, amount: u128) -> Result<Response, ContractError> {
        self.send(
            "anybody",
            ExecuteMsg::Deposit { slot: Slot(slot) },
            &coins(amount, DENOM),
        )
    }

    /// A deposit of the grid's token.
    pub fn give(&mut self, slot: u32, amount: u128) {
        let hook = Cw20ReceiveMsg {
            sender: self.addr("anybody").into_string(),
            amount: Uint128::new(amount),
            msg: to_json_binary(&ReceiveMsg::Deposit { slot: Slot(slot) }).unwrap(),
        };
        self.send("token", ExecuteMsg::Receive(hook), &[])
            .expect("a deposit");
    }

    pub fn withdraw(&mut self, slot: u32, amount: Option<u128>) -> Result<Response, ContractError> {
        let msg = ExecuteMsg::Withdraw {
            slot: Slot(slot),
            amount: amount.map(Amount),
        };
        self.send(&format!("home {slot}"), msg, &[])
    }

    /// Every seat's connection carries what a report can say.
    fn connections(&self) -> Connections {
        let seats = 0..self.seats;
        seats.map(|_| Some((MAX_ENERGY, MAX_ENERGY))).collect()
    }

    pub fn report(&self, readings: &[Reading]) -> ExecuteMsg {
        self.report_final_at(readings, UnixSeconds(self.now().0 + DAY))
    }

    pub fn report_final_at(&self, readings: &[Reading], final_at: UnixSeconds) -> ExecuteMsg {
        let intervals = u16::try_from(readings.len() / usize::from(self.seats)).unwrap();
        let header = Header {
            mode: Mode::Open,
            scheme: Scheme::Secp256k1,
            epoch: 1,
            roster_version: self.roster,
            first_interval: self.next,
            intervals,
            seats: self.seats,
            revision: 0,
            resolution: Resolution::MILLIWATT_HOUR,
        };
        let report = encode(&Report {
            header,
            readings: readings.to_vec(),
        })
        .expect("it encodes");
        let (header, body) = split(&report).unwrap();
        ExecuteMsg::Settle {
            header: header.encode().into(),
            body: ReportBody::Readings(body.into()),
            connections: self.connections().encode().into(),
            final_at,
        }
    }

    pub fn settle(&mut self, readings: &[Reading]) -> Result<Response, ContractError> {
        let msg = self.report(readings);
        let response = self.send("registry", msg, &[])?;
        self.next = self.next.plus((readings.len() / usize::from(self.seats)) as u64);
        Ok(response)
    }

    pub fn finalise(&mut self) -> Result<Response, ContractError> {
        self.send("anybody", ExecuteMsg::Finalise { limit: None }, &[])
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> T {
        from_json(query(self.deps.as_ref(), self.env.clone(), Strict(msg)).expect("the query answers"))
            .expect("of its type")
    }

    pub fn free(&self, slot: u32) -> u128 {
        self.ask::<AccountResponse>(QueryMsg::Account { slot: Slot(slot) })
            .free
            .0
    }

    pub fn books(&self) -> BooksResponse {
        self.ask(QueryMsg::Books {})
    }

    pub fn accounts(&self) -> Vec<AccountResponse> {
        let mut all: Vec<AccountResponse> = Vec::new();
        loop {
            let start_after = all.last().map(|account| account.slot);
            let page: AccountsResponse = self.ask(QueryMsg::Accounts {
                owner: None,
                start_after,
                limit: Some(100),
            });
            all.extend(page.accounts);
            if !page.more {
                return all;
            }
        }
    }

    pub fn held(&self) -> Vec<HeldWindow> {
        let mut all: Vec<HeldWindow> = Vec::new();
        loop {
            let start_after = all.last().map(|window| window.first_interval);
            let page: HeldWindowsResponse = self.ask(QueryMsg::HeldWindows {
                start_after,
                limit: None,
            });
            all.extend(page.windows);
            if !page.more {
                return all;
            }
        }
    }

    /// Promise 2, from outside.
    pub fn check_books(&self) {
        let books = self.books();
        let here = books.free.0 + books.held.0 + books.community.0;
        assert_eq!(
            books.deposited.0,
            books.withdrawn.0 + books.swept.0 + here,
            "{books:?}"
        );
        let free: u128 = self.accounts().iter().map(|account| account.free.0).sum();
        assert_eq!(books.free.0, free, "free is the sum of the accounts");
        let held = self.held();
        assert_eq!(
            books.held.0,
            held.iter().map(|window| window.debits.0).sum::<u128>(),
            "held is the sum of the debits"
        );
        for window in held {
            let fees: u128 = window.fees.iter().map(|fee| fee.amount.0).sum();
            assert_eq!(
                window.debits.0,
                window.credits.0 + fees + window.rounding.0,
                "{window:?}"
            );
        }
        let community: CommunityResponse = self.ask(QueryMsg::Community {});
        let parts = community.rounding.0 + community.fees.iter().map(|fee| fee.amount.0).sum::<u128>();
        assert_eq!(
            books.community.0, parts,
            "the community account is the sum of its parts"
        );
    }
}
