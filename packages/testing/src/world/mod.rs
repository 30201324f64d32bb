//! A chain in one process: addresses, time, money, messages. Everything that happens goes through [`World::execute`], so
//! that the ledgers hear of it and the promises are checked.

mod clock;
mod deploy;
mod purse;

use std::collections::BTreeMap;

use cosmwasm_std::{to_json_binary, Addr, BlockInfo, Coin, Timestamp, WasmMsg};
use cw_multi_test::{AppBuilder, AppResponse, Executor, MockApiBech32};
use gridpact_units::UnixSeconds;
use serde::de::DeserializeOwned;
use serde::Serialize;

use crate::app::{words, GridApp, Outcome, CHAIN_ID};
use crate::bank::GuardedBank;
use crate::breach::Breach;
use crate::codes::Codes;
use crate::ledger::escrow::EscrowLedger;
use crate::ledger::grid::Ledger;
use crate::mint;
use crate::money::{Money, MoneyKind};

/// When a world begins where nothing else is said: 1 January 2026, midnight UTC.
pub const GENESIS: UnixSeconds = UnixSeconds(1_767_225_600);

/// When the promises are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checks {
    /// After every message: the rule for tests.
    EveryAction,
    /// After every so many messages: for long simulations.
    Every(u64),
    /// Only where the caller asks, with [`World::check`] or [`World::breaches`].
    OnRequest,
}

/// Finds what is broken of the promises of what a ledger is kept of.
pub(crate) type Audit<L> = fn(&World, &L) -> Vec<Breach>;

/// A ledger, and what compares it with the contracts.
struct Watched<L> {
    ledger: L,
    audit: Audit<L>,
}

impl<L> Watched<L> {
    fn breaches(&self, world: &World) -> Vec<Breach> {
        (self.audit)(world, &self.ledger)
    }
}

/// The chain, its money and everything that is watched.
pub struct World {
    /// The chain, for what the harness has no word for.
    pub app: GridApp,
    bank: GuardedBank,
    money: Money,
    minter: Addr,
    pub(crate) codes: Codes,
    /// Grids, by their settlement.
    grids: BTreeMap<Addr, Watched<Ledger>>,
    escrows: BTreeMap<Addr, Watched<EscrowLedger>>,
    checks: Checks,
    actions: u64,
}

impl World {
    /// A chain with one asset and the codes of the three contracts, at [`GENESIS`].
    pub fn new(kind: MoneyKind) -> Self {
        Self::beginning_at(kind, GENESIS)
    }

    /// The same at another moment, for instance before the first reading of a data set.
    pub fn beginning_at(kind: MoneyKind, moment: UnixSeconds) -> Self {
        let api = MockApiBech32::new("wasm");
        let minter = api.addr_make("mint");
        let bank = GuardedBank::default();
        let mut app = AppBuilder::new()
            .with_api(api)
            .with_bank(bank.clone())
            .with_block(BlockInfo {
                height: 1,
                time: Timestamp::from_seconds(moment.0),
                chain_id: CHAIN_ID.to_owned(),
            })
            .build(|_, _, storage| {
                bank.keeper()
                    .init_balance(storage, &minter, mint::supply())
                    .expect("a fresh bank takes a supply");
            });
        let codes = Codes::store(&mut app);
        let money = mint::make(&mut app, &minter, kind);
        Self {
            app,
            bank,
            money,
            minter,
            codes,
            grids: BTreeMap::new(),
            escrows: BTreeMap::new(),
            checks: Checks::EveryAction,
            actions: 0,
        }
    }

    /// Changes when the promises are checked.
    pub fn set_checks(&mut self, checks: Checks) {
        self.checks = checks;
    }

    /// The asset of this world.
    pub fn money(&self) -> &Money {
        &self.money
    }

    /// The address of a person; the same name, the same address.
    pub fn addr(&self, name: &str) -> Addr {
        self.app.api().addr_make(name)
    }

    /// A message. The ledgers hear of it, and the promises are checked whether it succeeds or not.
    ///
    /// # Errors
    /// The contract's own words, or the bank's.
    pub fn execute<M: Serialize>(
        &mut self,
        sender: &Addr,
        contract: &Addr,
        msg: &M,
        funds: &[Coin],
    ) -> Outcome {
        self.execute_with_report(sender, contract, msg, funds, None)
    }

    pub(crate) fn execute_with_report<M: Serialize>(
        &mut self,
        sender: &Addr,
        contract: &Addr,
        msg: &M,
        funds: &[Coin],
        report: Option<&[u8]>,
    ) -> Outcome {
        let msg = WasmMsg::Execute {
            contract_addr: contract.to_string(),
            msg: to_json_binary(msg).expect("messages serialise"),
            funds: funds.to_vec(),
        };
        let outcome = self.app.execute(sender.clone(), msg.into());
        let outcome = outcome.map_err(|error| words(&error));
        if let Ok(response) = &outcome {
            self.tell_ledgers(response, report);
        }
        self.acted();
        outcome
    }

    /// Counts an action and checks the promises where it is time.
    fn acted(&mut self) {
        self.actions += 1;
        let due = match self.checks {
            Checks::EveryAction => true,
            Checks::Every(count) => self.actions.is_multiple_of(count.max(1)),
            Checks::OnRequest => false,
        };
        if due {
            self.check();
        }
    }

    fn tell_ledgers(&mut self, response: &AppResponse, report: Option<&[u8]>) {
        let now = self.now();
        for event in &response.events {
            let mut attributes = event.attributes.iter();
            let Some(contract) = attributes.find(|attribute| attribute.key == "_contract_address") else {
                continue;
            };
            let contract = Addr::unchecked(&contract.value);
            if let Some(escrow) = self.escrows.get_mut(&contract) {
                escrow.ledger.hear(event, now);
            }
            let mut grids = self.grids.values_mut();
            if let Some(grid) = grids.find(|grid| grid.ledger.knows(&contract)) {
                grid.ledger.hear(&self.app, event, report);
            }
        }
    }

    /// A query.
    ///
    /// # Errors
    /// The contract's own words.
    pub fn query<Q: Serialize, A: DeserializeOwned>(&self, contract: &Addr, query: &Q) -> Result<A, String> {
        self.app
            .wrap()
            .query_wasm_smart(contract, query)
            .map_err(|error| error.to_string())
    }

    /// The ledger of a grid, by its settlement.
    pub fn ledger(&self, settlement: &Addr) -> &Ledger {
        &self.grids[settlement].ledger
    }

    /// The ledger of an escrow.
    pub fn escrow_ledger(&self, escrow: &Addr) -> &EscrowLedger {
        &self.escrows[escrow].ledger
    }

    /// From now on the promises of this escrow, which is still empty, are checked.
    pub(crate) fn watch_escrow(&mut self, ledger: EscrowLedger, audit: Audit<EscrowLedger>) {
        let escrow = ledger.addr.clone();
        self.escrows.insert(escrow, Watched { ledger, audit });
    }

    /// From now on the promises of this grid, which is still empty, are checked.
    pub(crate) fn watch_grid(&mut self, ledger: Ledger, audit: Audit<Ledger>) {
        let settlement = ledger.settlement().clone();
        self.grids.insert(settlement, Watched { ledger, audit });
    }

    /// Checks every promise of everything that is watched.
    ///
    /// # Panics
    /// With the promises that are broken.
    pub fn check(&self) {
        let breaches: Vec<String> = self.breaches().iter().map(ToString::to_string).collect();
        assert!(breaches.is_empty(), "promises broken:\n{}", breaches.join("\n"));
    }

    /// What breaks a promise now; nothing is as it must be.
    pub fn breaches(&self) -> Vec<Breach> {
        let escrows = self.escrows.values().flat_map(|escrow| escrow.breaches(self));
        let grids = self.grids.values().flat_map(|grid| grid.breaches(self));
        escrows.chain(grids).collect()
    }
}
