//! An escrow in a mock store, with a clock, a purse that follows every payout, and a chain's all-or-nothing. Whatever it holds
//! is counted here from what came and went, apart from the contract's books.

mod books;
mod journal;
pub mod messages;
pub mod metered;
pub mod terms;

use std::cell::RefCell;
use std::collections::BTreeMap;

use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env, MockApi, MockQuerier, MockStorage};
use cosmwasm_std::{
    from_json, to_json_binary, Addr, BankMsg, Coin, CosmosMsg, DepsMut, Env, Event, HexBinary, OwnedDeps,
    QuerierWrapper, Response, Timestamp, Uint256, WasmMsg,
};
use cw20::Cw20ExecuteMsg;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::{
    BooksResponse, DisplacedPledge, DisplacedResponse, PledgeResponse, PledgesResponse, ProjectResponse,
};
use gridpact_types::escrow::messages::{ExecuteMsg, InstantiateMsg};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_types::strict::Strict;
use pledge_escrow::contract::{execute, instantiate, query};
use pledge_escrow::error::ContractError;
use serde::de::DeserializeOwned;
use serde::Serialize;

use self::journal::Journal;

pub const START: u64 = 1_800_000_000;
pub const DAY: u64 = 86_400;
pub const DENOM: &str = "ueur";

pub type Outcome = Result<Response, ContractError>;

pub struct Escrow {
    pub deps: OwnedDeps<MockStorage, MockApi, MockQuerier>,
    pub env: Env,
    /// The asset of the projects here: the native coin, or the token.
    pub asset: Asset,
    /// What the contract paid to whom.
    pub purses: BTreeMap<String, u128>,
    /// What came in with messages that were taken.
    pub came_in: Uint256,
    /// Addresses by name: making one takes long.
    made: RefCell<BTreeMap<String, Addr>>,
}

impl Escrow {
    /// Projects in the native coin.
    pub fn new() -> Self {
        Self::of(Asset::native(DENOM))
    }

    /// Projects in a cw20 token.
    pub fn of_tokens() -> Self {
        Self::of(Asset::cw20(MockApi::default().addr_make("token")))
    }

    /// One of each.
    pub fn of_both() -> [Self; 2] {
        [Self::new(), Self::of_tokens()]
    }

    /// The list holds the native coin and two tokens.
    fn of(asset: Asset) -> Self {
        let api = MockApi::default();
        let tokens = ["token", "other token"].map(|name| Asset::cw20(api.addr_make(name)));
        let assets = [vec![Asset::native(DENOM)], tokens.to_vec()].concat();
        let mut deps = mock_dependencies();
        let mut env = mock_env();
        env.block.time = Timestamp::from_seconds(START);
        let info = message_info(&deps.api.addr_make("deployer"), &[]);
        let msg = as_sent(&InstantiateMsg { assets });
        instantiate(deps.as_mut(), env.clone(), info, msg).expect("it instantiates");
        Self {
            deps,
            env,
            asset,
            purses: BTreeMap::new(),
            came_in: Uint256::zero(),
            made: RefCell::default(),
        }
    }

    pub fn addr(&self, name: &str) -> Addr {
        let mut made = self.made.borrow_mut();
        let make = || self.deps.api.addr_make(name);
        made.entry(name.to_owned()).or_insert_with(make).clone()
    }

    pub fn now(&self) -> u64 {
        self.env.block.time.seconds()
    }

    pub fn go_to(&mut self, moment: u64) {
        self.env.block.time = Timestamp::from_seconds(moment);
    }

    /// A message with coins; payouts are counted, and the books checked.
    pub fn send(&mut self, name: &str, msg: ExecuteMsg, funds: &[Coin]) -> Outcome {
        let response = self.send_unchecked(name, msg, funds)?;
        self.check_books();
        Ok(response)
    }

    /// The same without looking at the books, where there are hundreds of pledges.
    pub fn send_unchecked(&mut self, name: &str, msg: ExecuteMsg, funds: &[Coin]) -> Outcome {
        let info = message_info(&self.addr(name), funds);
        let tokens = match &msg {
            ExecuteMsg::Receive(hook) => hook.amount.u128(),
            _ => 0,
        };
        let mut journal = Journal::of(&mut self.deps.storage);
        let deps = DepsMut {
            storage: &mut journal,
            api: &self.deps.api,
            querier: QuerierWrapper::new(&self.deps.querier),
        };
        let response = match execute(deps, self.env.clone(), info, as_sent(&msg)) {
            Ok(response) => response,
            Err(refused) => {
                journal.undo();
                return Err(refused);
            }
        };
        self.came_in += Uint256::from(tokens);
        funds
            .iter()
            .for_each(|coin| self.came_in += Uint256::from(coin.amount));
        for message in &response.messages {
            let (to, amount) = payout(&message.msg, &self.asset);
            *self.purses.entry(to).or_default() += amount;
        }
        Ok(response)
    }

    /// What the contract must have: everything that came in less everything that went out.
    pub fn holding(&self) -> Uint256 {
        let paid = self.purses.values().map(|paid| Uint256::from(*paid));
        self.came_in - paid.sum::<Uint256>()
    }

    pub fn paid_to(&self, name: &str) -> u128 {
        self.purses.get(self.addr(name).as_str()).copied().unwrap_or(0)
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> T {
        self.try_ask(msg).expect("the query answers")
    }

    pub fn try_ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> Result<T, ContractError> {
        let answer = query(self.deps.as_ref(), self.env.clone(), as_sent(&msg).0)?;
        Ok(from_json(answer).expect("of its type"))
    }

    pub fn project(&self, project: ProjectId) -> ProjectResponse {
        self.ask(QueryMsg::Project { project })
    }

    pub fn hash_of(&self, project: ProjectId) -> HexBinary {
        self.project(project).terms_hash
    }

    pub fn books(&self, project: ProjectId) -> BooksResponse {
        self.ask(QueryMsg::ProjectBooks { project })
    }

    pub fn pledge_of(&self, project: ProjectId, name: &str) -> PledgeResponse {
        self.ask(QueryMsg::Pledge {
            project,
            pledger: self.addr(name).into_string(),
        })
    }

    pub fn displaced(&self, project: ProjectId) -> Vec<DisplacedPledge> {
        let mut all: Vec<DisplacedPledge> = Vec::new();
        loop {
            let start_after = all.last().map(|owed| owed.pledger.clone());
            let page: DisplacedResponse = self.ask(QueryMsg::Displaced {
                project,
                start_after,
                limit: Some(100),
            });
            all.extend(page.displaced);
            if !page.more {
                return all;
            }
        }
    }

    pub fn pledges(&self, project: ProjectId) -> Vec<PledgeResponse> {
        let mut all: Vec<PledgeResponse> = Vec::new();
        loop {
            let start_after = all.last().map(|pledge| pledge.pledger.clone());
            let page: PledgesResponse = self.ask(QueryMsg::Pledges {
                project,
                start_after,
                limit: Some(100),
            });
            all.extend(page.pledges);
            if !page.more {
                return all;
            }
        }
    }
}

/// A message as the chain hands it over: through JSON, and strictly.
pub fn as_sent<T: Serialize + DeserializeOwned>(msg: &T) -> Strict<T> {
    from_json(to_json_binary(msg).unwrap()).unwrap()
}

/// What an event says of a key.
pub fn value(event: &Event, key: &str) -> String {
    let mut attributes = event.attributes.iter();
    let found = attributes.find(|attribute| attribute.key == key);
    found
        .unwrap_or_else(|| panic!("{}: no {key}", event.ty))
        .value
        .clone()
}

/// Who is paid how much; exactly one coin, or one transfer, of the asset.
fn payout(msg: &CosmosMsg, asset: &Asset) -> (String, u128) {
    match (msg, asset) {
        (CosmosMsg::Bank(BankMsg::Send { to_address, amount }), Asset::Native { denom }) => {
            assert_eq!((amount.len(), &amount[0].denom), (1, denom));
            (to_address.clone(), amount[0].amount.u128())
        }
        (
            CosmosMsg::Wasm(WasmMsg::Execute {
                contract_addr,
                msg,
                funds,
            }),
            Asset::Cw20 { address },
        ) => {
            assert_eq!((contract_addr, funds.len()), (address, 0));
            match from_json(msg).unwrap() {
                Cw20ExecuteMsg::Transfer { recipient, amount } => (recipient, amount.u128()),
                other => panic!("not a transfer: {other:?}"),
            }
        }
        other => panic!("a payout that no test expects: {other:?}"),
    }
}
