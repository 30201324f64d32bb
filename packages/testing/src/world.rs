//! A chain in one process: addresses, time, money, messages. Everything that happens goes through [`World::execute`], so
//! that the ledgers hear of it and the invariants are checked.

use std::collections::BTreeMap;

use cosmwasm_std::{to_json_binary, Addr, BlockInfo, Coin, Timestamp, Uint128};
use cw20::{BalanceResponse, Cw20Coin, Cw20ExecuteMsg, Cw20QueryMsg};
use cw_multi_test::{App, AppBuilder, AppResponse, ContractWrapper, Executor, MockApiBech32};
use gridpact_units::{Amount, Seconds, UnixSeconds};
use serde::de::DeserializeOwned;
use serde::Serialize;

use crate::bank::GuardedBank;
use crate::ledger::Ledger;
use crate::{invariants, Escrow, Money, MoneyKind, Outcome};

/// cw-multi-test's chain with bech32 addresses and a bank that can refuse.
pub type GridApp = App<GuardedBank, MockApiBech32>;

/// The name of the chain, as oracles sign it.
pub const CHAIN_ID: &str = "gridpact-test-1";
/// When every world begins: 1 January 2026, midnight UTC.
pub const GENESIS: UnixSeconds = UnixSeconds(1_767_225_600);
const DENOM: &str = "ueur";
/// What everybody together has: 10^30 base units.
const SUPPLY: u128 = 1_000_000_000_000_000_000_000_000_000_000;
const BLOCK_SECONDS: u64 = 5;

/// When the invariants are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checks {
    /// After every message: the rule for tests.
    EveryAction,
    /// After every so many messages: for long simulations.
    Every(u64),
    /// Only where the caller asks, with [`World::check`].
    OnRequest,
}

/// Numbers of the stored codes.
#[derive(Clone, Copy)]
pub(crate) struct Codes {
    pub escrow: u64,
    pub registry: u64,
    pub settlement: u64,
}

/// The chain, its money and everything that is watched.
pub struct World {
    /// The chain, for what the harness has no word for.
    pub app: GridApp,
    bank: GuardedBank,
    money: Money,
    mint: Addr,
    pub(crate) codes: Codes,
    escrows: Vec<Escrow>,
    pub(crate) ledgers: BTreeMap<Addr, Ledger>,
    checks: Checks,
    actions: u64,
}

impl World {
    /// A chain with one asset and the codes of the three contracts.
    pub fn new(kind: MoneyKind) -> Self {
        let api = MockApiBech32::new("wasm");
        let mint = api.addr_make("mint");
        let bank = GuardedBank::default();
        let mut app = AppBuilder::new()
            .with_api(api)
            .with_bank(bank.clone())
            .with_block(BlockInfo {
                height: 1,
                time: Timestamp::from_seconds(GENESIS.0),
                chain_id: CHAIN_ID.to_owned(),
            })
            .build(|_, _, storage| {
                let coins = vec![Coin::new(SUPPLY, DENOM), Coin::new(SUPPLY, "uother")];
                bank.keeper().init_balance(storage, &mint, coins).unwrap();
            });
        let codes = Codes {
            escrow: app.store_code(Box::new(ContractWrapper::new(
                pledge_escrow::contract::execute,
                pledge_escrow::contract::instantiate,
                pledge_escrow::contract::query,
            ))),
            registry: app.store_code(Box::new(ContractWrapper::new(
                meter_registry::contract::execute,
                meter_registry::contract::instantiate,
                meter_registry::contract::query,
            ))),
            settlement: app.store_code(Box::new(ContractWrapper::new(
                energy_settlement::contract::execute,
                energy_settlement::contract::instantiate,
                energy_settlement::contract::query,
            ))),
        };
        let money = match kind {
            MoneyKind::Native => Money::Native {
                denom: DENOM.to_owned(),
            },
            MoneyKind::Cw20 => Money::Cw20 {
                token: make_token(&mut app, &mint),
            },
        };
        Self {
            app,
            bank,
            money,
            mint,
            codes,
            escrows: Vec::new(),
            ledgers: BTreeMap::new(),
            checks: Checks::EveryAction,
            actions: 0,
        }
    }

    /// Changes when the invariants are checked.
    pub fn set_checks(&mut self, checks: Checks) {
        self.checks = checks;
    }

    /// The asset of this world.
    pub fn money(&self) -> &Money {
        &self.money
    }

    /// The bank, to block a payee.
    pub fn bank(&self) -> &GuardedBank {
        &self.bank
    }

    /// The address of a person; the same name, the same address.
    pub fn addr(&self, name: &str) -> Addr {
        self.app.api().addr_make(name)
    }

    /// Now.
    pub fn now(&self) -> UnixSeconds {
        UnixSeconds(self.app.block_info().time.seconds())
    }

    /// Time passes, and blocks with it.
    pub fn advance(&mut self, by: Seconds) {
        self.app.update_block(|block| {
            block.time = block.time.plus_seconds(by.0);
            block.height += (by.0 / BLOCK_SECONDS).max(1);
        });
    }

    /// Time passes until this moment; never back.
    pub fn advance_to(&mut self, moment: UnixSeconds) {
        let ahead = moment
            .0
            .checked_sub(self.now().0)
            .expect("time does not run back");
        if ahead > 0 {
            self.advance(Seconds(ahead));
        }
    }

    /// 24 hours pass.
    pub fn a_day_passes(&mut self) {
        self.advance(Seconds::DAY);
    }

    /// Hands out money.
    pub fn fund(&mut self, to: &Addr, amount: Amount) {
        let mint = self.mint.clone();
        self.transfer(&mint, to, amount).expect("the mint has enough");
    }

    /// A plain transfer, such as a gift to a contract.
    pub fn transfer(&mut self, from: &Addr, to: &Addr, amount: Amount) -> Outcome {
        match self.money.clone() {
            Money::Native { denom } => {
                let coins = [Coin::new(amount.0, denom)];
                self.app
                    .send_tokens(from.clone(), to.clone(), &coins)
                    .map_err(|e| e.root_cause().to_string())
            }
            Money::Cw20 { token } => {
                let transfer = Cw20ExecuteMsg::Transfer {
                    recipient: to.to_string(),
                    amount: Uint128::new(amount.0),
                };
                self.execute(from, &token, &transfer, &[])
            }
        }
    }

    /// What an address has of the world's asset.
    pub fn balance(&self, of: &Addr) -> Amount {
        match &self.money {
            Money::Native { denom } => Amount(
                self.app
                    .wrap()
                    .query_balance(of, denom)
                    .expect("the bank answers")
                    .amount
                    .u128(),
            ),
            Money::Cw20 { token } => {
                let query = Cw20QueryMsg::Balance {
                    address: of.to_string(),
                };
                let answer: BalanceResponse = self.query(token, &query).expect("the token answers");
                Amount(answer.balance.u128())
            }
        }
    }

    /// A message with money to a contract: a coin attached to `native`, or a token sent with `hook`.
    pub fn pay<M: Serialize, H: Serialize>(
        &mut self,
        from: &Addr,
        contract: &Addr,
        amount: Amount,
        native: &M,
        hook: &H,
    ) -> Outcome {
        match self.money.clone() {
            Money::Native { denom } => self.execute(from, contract, native, &[Coin::new(amount.0, denom)]),
            Money::Cw20 { token } => {
                let msg = to_json_binary(hook).expect("messages serialise");
                let send = Cw20ExecuteMsg::Send {
                    contract: contract.to_string(),
                    amount: Uint128::new(amount.0),
                    msg,
                };
                self.execute(from, &token, &send, &[])
            }
        }
    }

    /// A message. The ledgers hear of it, and the invariants are checked whether it succeeds or not.
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
        let msg = cosmwasm_std::WasmMsg::Execute {
            contract_addr: contract.to_string(),
            msg: to_json_binary(msg).expect("messages serialise"),
            funds: funds.to_vec(),
        };
        let outcome = self
            .app
            .execute(sender.clone(), msg.into())
            .map_err(|error| error.root_cause().to_string());
        if let Ok(response) = &outcome {
            self.tell_ledgers(response, report);
        }
        self.actions += 1;
        let due = match self.checks {
            Checks::EveryAction => true,
            Checks::Every(count) => self.actions % count.max(1) == 0,
            Checks::OnRequest => false,
        };
        if due {
            self.check();
        }
        outcome
    }

    fn tell_ledgers(&mut self, response: &AppResponse, report: Option<&[u8]>) {
        for event in &response.events {
            let of = |key: &str| {
                event
                    .attributes
                    .iter()
                    .find(|a| a.key == key)
                    .map(|a| a.value.as_str())
            };
            let Some(ledger) =
                of("_contract_address").and_then(|c| self.ledgers.get_mut(&Addr::unchecked(c)))
            else {
                continue;
            };
            ledger.hear(&self.app, event, report);
        }
    }

    /// A query; the contract's own words where it refuses.
    pub fn query<Q: Serialize, A: DeserializeOwned>(&self, contract: &Addr, query: &Q) -> Result<A, String> {
        self.app
            .wrap()
            .query_wasm_smart(contract, query)
            .map_err(|error| error.to_string())
    }

    /// The ledger of a grid, by its settlement.
    pub fn ledger(&self, settlement: &Addr) -> &Ledger {
        &self.ledgers[settlement]
    }

    /// From now on the promises of this escrow are checked.
    pub fn watch_escrow(&mut self, escrow: Escrow) {
        self.escrows.push(escrow);
    }

    /// Checks every promise of everything that is watched.
    ///
    /// # Panics
    /// With the promises that are broken.
    pub fn check(&self) {
        let breaches = self.breaches();
        assert!(breaches.is_empty(), "promises broken:\n{}", breaches.join("\n"));
    }

    /// The promises that are broken now; none is as it must be.
    pub fn breaches(&self) -> Vec<String> {
        let mut breaches = Vec::new();
        for escrow in &self.escrows {
            breaches.extend(invariants::escrow_breaches(self, escrow));
        }
        for ledger in self.ledgers.values() {
            breaches.extend(invariants::grid_breaches(self, ledger));
        }
        breaches
    }
}

fn make_token(app: &mut GridApp, mint: &Addr) -> Addr {
    let code = app.store_code(Box::new(ContractWrapper::new(
        cw20_base::contract::execute,
        cw20_base::contract::instantiate,
        cw20_base::contract::query,
    )));
    let init = cw20_base::msg::InstantiateMsg {
        name: "Test euro".to_owned(),
        symbol: "TEUR".to_owned(),
        decimals: 6,
        initial_balances: vec![Cw20Coin {
            address: mint.to_string(),
            amount: Uint128::new(SUPPLY),
        }],
        mint: None,
        marketing: None,
    };
    app.instantiate_contract(code, mint.clone(), &init, &[], "token", None)
        .expect("cw20-base instantiates")
}
