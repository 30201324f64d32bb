//! An escrow in a mock store, with a clock, a purse that follows every payout, and a chain's all-or-nothing. Whatever it holds
//! is counted here from what came and went, apart from the contract's books.

use std::collections::{BTreeMap, BTreeSet};

use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env, MockApi, MockQuerier, MockStorage};
use cosmwasm_std::{
    coins, from_json, to_json_binary, Addr, BankMsg, Coin, CosmosMsg, Env, HexBinary, Order, OwnedDeps,
    Response, Storage, Timestamp, Uint128, WasmMsg,
};
use cw20::{Cw20ExecuteMsg, Cw20ReceiveMsg};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::*;
use gridpact_types::escrow::events;
use gridpact_types::escrow::messages::*;
use gridpact_types::escrow::queries::*;
use gridpact_types::escrow::terms::*;
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};
use pledge_escrow::contract::{execute, instantiate, query};
use pledge_escrow::ContractError;
use serde::de::DeserializeOwned;

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
    pub came_in: u128,
    /// Whose pledges were displaced, by project.
    displaced: BTreeSet<(ProjectId, String)>,
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

    /// The list holds the native coin and two tokens.
    fn of(asset: Asset) -> Self {
        let api = MockApi::default();
        let tokens = ["token", "other token"].map(|name| Asset::cw20(api.addr_make(name)));
        let assets = [vec![Asset::native(DENOM)], tokens.to_vec()].concat();
        let mut deps = mock_dependencies();
        let mut env = mock_env();
        env.block.time = Timestamp::from_seconds(START);
        let info = message_info(&deps.api.addr_make("deployer"), &[]);
        instantiate(deps.as_mut(), env.clone(), info, InstantiateMsg { assets }).expect("it instantiates");
        Self {
            deps,
            env,
            asset,
            purses: BTreeMap::new(),
            came_in: 0,
            displaced: BTreeSet::new(),
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

    /// A message with coins; payouts are counted, and the books checked.
    pub fn send(&mut self, name: &str, msg: ExecuteMsg, funds: &[Coin]) -> Outcome {
        let response = self.send_unchecked(name, msg, funds)?;
        self.check_books();
        Ok(response)
    }

    /// The same without looking at the books, where there are hundreds of pledges.
    pub fn send_unchecked(&mut self, name: &str, msg: ExecuteMsg, funds: &[Coin]) -> Outcome {
        let before: Vec<_> = self.deps.storage.range(None, None, Order::Ascending).collect();
        let info = message_info(&self.addr(name), funds);
        let tokens = match &msg {
            ExecuteMsg::Receive(hook) => hook.amount.u128(),
            _ => 0,
        };
        let outcome = execute(self.deps.as_mut(), self.env.clone(), info, msg);
        let response = outcome.inspect_err(|_| {
            let mut storage = MockStorage::new();
            before.iter().for_each(|(key, value)| storage.set(key, value));
            self.deps.storage = storage;
        })?;
        self.came_in += tokens + funds.iter().map(|coin| coin.amount.u128()).sum::<u128>();
        for message in &response.messages {
            let (to, amount) = payout(&message.msg, &self.asset);
            *self.purses.entry(to).or_default() += amount;
        }
        for event in response
            .events
            .iter()
            .filter(|event| event.ty == events::DISPLACED)
        {
            let value = |at: usize| event.attributes[at].value.clone();
            self.displaced.insert((value(0).parse().unwrap(), value(1)));
        }
        Ok(response)
    }

    /// What the contract must have: everything that came in less everything that went out.
    pub fn holding(&self) -> u128 {
        self.came_in - self.purses.values().sum::<u128>()
    }

    pub fn paid_to(&self, name: &str) -> u128 {
        self.purses.get(self.addr(name).as_str()).copied().unwrap_or(0)
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> T {
        from_json(query(self.deps.as_ref(), self.env.clone(), msg).expect("the query answers"))
            .expect("of its type")
    }

    pub fn project(&self, project: ProjectId) -> ProjectResponse {
        self.ask(QueryMsg::Project { project })
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

    pub fn open(&mut self, terms: &Terms) -> ProjectId {
        self.send("anybody", ExecuteMsg::Open { terms: terms.clone() }, &[])
            .expect("the terms are taken");
        self.ask::<ConfigResponse>(QueryMsg::Config {}).projects
    }

    /// A message that carries the projects' asset, as coins or through the token.
    pub fn pay(&mut self, name: &str, amount: u128, msg: ReceiveMsg) -> Outcome {
        match &self.asset {
            Asset::Cw20 { .. } => {
                let hook = self.hook(name, amount, &msg);
                self.send("token", hook, &[])
            }
            Asset::Native { denom } => {
                let funds = coins(amount, denom);
                self.send(name, with_coins(msg), &funds)
            }
        }
    }

    /// What a token sends when somebody sends it on.
    pub fn hook(&self, name: &str, amount: u128, msg: &ReceiveMsg) -> ExecuteMsg {
        ExecuteMsg::Receive(Cw20ReceiveMsg {
            sender: self.addr(name).into_string(),
            amount: Uint128::new(amount),
            msg: to_json_binary(msg).unwrap(),
        })
    }

    pub fn pledge_msg(&self, project: ProjectId, condition: Condition) -> ReceiveMsg {
        ReceiveMsg::Pledge {
            project,
            terms_hash: self.project(project).terms_hash,
            condition,
        }
    }

    pub fn pledge(&mut self, name: &str, project: ProjectId, amount: u128, condition: Condition) -> Outcome {
        let msg = self.pledge_msg(project, condition);
        self.pay(name, amount, msg)
    }

    /// A pledge in a project with hundreds of them, in the native coin.
    pub fn pledge_unchecked(
        &mut self,
        name: &str,
        project: ProjectId,
        amount: u128,
        condition: Condition,
    ) -> Outcome {
        let msg = with_coins(self.pledge_msg(project, condition));
        self.send_unchecked(name, msg, &coins(amount, DENOM))
    }

    pub fn accept(&mut self, project: ProjectId) -> Result<Response, ContractError> {
        let terms_hash = self.project(project).terms_hash;
        self.send("contractor", ExecuteMsg::Accept { project, terms_hash }, &[])
    }

    pub fn submit(&mut self, project: ProjectId, milestone: u32) -> Result<Response, ContractError> {
        let evidence_hash = HexBinary::from([9; 32]);
        let msg = ExecuteMsg::SubmitMilestone {
            project,
            milestone,
            evidence_hash,
            evidence_uri: "ipfs://x".to_owned(),
        };
        self.send("contractor", msg, &[])
    }

    pub fn draw(&mut self, project: ProjectId) -> Result<Response, ContractError> {
        self.send("contractor", ExecuteMsg::Draw { project }, &[])
    }

    pub fn refund(&mut self, name: &str, project: ProjectId) -> Result<Response, ContractError> {
        self.send(name, ExecuteMsg::ClaimRefund { project }, &[])
    }

    pub fn pay_revenue(&mut self, project: ProjectId, amount: u128) -> Outcome {
        self.pay("payer", amount, ReceiveMsg::PayRevenue { project })
    }

    pub fn claim_revenue(&mut self, name: &str, project: ProjectId) -> Result<Response, ContractError> {
        self.send(name, ExecuteMsg::ClaimRevenue { project }, &[])
    }

    /// What the books say, against what every party is told and what the contract must have.
    pub fn check_books(&self) {
        let config: ConfigResponse = self.ask(QueryMsg::Config {});
        let mut sums = AssetBooksResponse::default();
        for project in 1..=config.projects {
            let books = self.books(project);
            self.check_project(project, &books);
            for (sum, amount) in [
                (&mut sums.pledged, books.pledged.0),
                (&mut sums.revenue, books.revenue.0),
                (&mut sums.paid, books.paid.0),
                (&mut sums.refunded, books.refunded.0),
                (&mut sums.held, books.claimable.0 + books.locked.0),
            ] {
                sum.0 += amount;
            }
        }
        let asset = self.asset.clone();
        let books: AssetBooksResponse = self.ask(QueryMsg::Books { asset });
        assert_eq!(books, sums, "the asset's books are the projects'");
        assert_eq!(
            books.held.0,
            self.holding(),
            "what is held is what came and did not go"
        );
    }

    fn check_project(&self, project: ProjectId, books: &BooksResponse) {
        let came = books.pledged.0 + books.revenue.0;
        let went = books.paid.0 + books.refunded.0;
        assert_eq!(came, went + books.claimable.0 + books.locked.0, "{books:?}");
        let pledges = self.pledges(project);
        let (mut refundable, mut revenue) = (self.project(project).drawable.0, 0);
        for pledge in &pledges {
            refundable += pledge.refundable.0;
            revenue += pledge.revenue.0;
        }
        for (_, pledger) in self.displaced.iter().filter(|(of, _)| *of == project) {
            if pledges.iter().all(|pledge| pledge.pledger != *pledger) {
                let pledger = pledger.clone();
                let msg = to_json_binary(&QueryMsg::Pledge { project, pledger }).unwrap();
                let answer = query(self.deps.as_ref(), self.env.clone(), from_json(msg).unwrap());
                // No answer: everything was taken back.
                refundable += answer.map_or(0, |answer| {
                    from_json::<PledgeResponse>(answer).unwrap().refundable.0
                });
            }
        }
        let unclaimed = books.claimable.0 - refundable;
        assert!(
            unclaimed >= revenue && unclaimed - revenue <= pledges.len().saturating_sub(1) as u128,
            "claimable less what parties are told: {unclaimed}, revenue they are told: {revenue}"
        );
        if books.revenue.0 == 0 {
            assert_eq!(unclaimed, 0, "without revenue nothing is rounded");
        }
    }

    /// A, B and C with 10,000 each; milestones of 40 and 60 percent; a tenth retained.
    pub fn founding(&self) -> Terms {
        let party = |name: &str| NamedParty {
            address: self.addr(name).into_string(),
            amount: Amount(10_000),
        };
        let milestone = |title: &str, share: u16, days: u64| MilestoneTerms {
            title: title.to_owned(),
            share: BasisPoints(share),
            due: UnixSeconds(START + (10 + days) * DAY),
        };
        Terms {
            title: "The line".to_owned(),
            description_uri: "ipfs://line".to_owned(),
            description_hash: HexBinary::from([1; 32]),
            asset: self.asset.clone(),
            target: Amount(30_000),
            cap: Amount(30_000),
            admission: Admission::Named {
                parties: ["A", "B", "C"].map(party).to_vec(),
            },
            deadline: UnixSeconds(START + 10 * DAY),
            contractor: self.addr("contractor").into_string(),
            accept_within: Seconds::days(5),
            milestones: vec![milestone("cable", 4_000, 30), milestone("switch", 6_000, 60)],
            retention: BasisPoints(1_000),
            review_period: Seconds::days(7),
            defects_period: Seconds::days(90),
        }
    }

    pub fn open_call(&self, target: u128, cap: u128) -> Terms {
        let minimum = Amount(
            target
                .div_ceil(u128::from(gridpact_types::escrow::bounds::MAX_PLEDGES))
                .max(10),
        );
        let (target, cap) = (Amount(target), Amount(cap));
        Terms {
            target,
            cap,
            admission: Admission::Open { minimum },
            ..self.founding()
        }
    }

    pub fn if_pledged(&self, names: &[&str], at_least: u128) -> Condition {
        let party = |name: &&str| PartyCondition {
            address: self.addr(name).into_string(),
            at_least: Amount(at_least),
        };
        Condition {
            parties: names.iter().map(party).collect(),
            ..Condition::default()
        }
    }

    /// The founding project, funded by all three.
    pub fn funded(&mut self) -> ProjectId {
        let project = self.open(&self.founding());
        for name in ["A", "B", "C"] {
            self.pledge(name, project, 10_000, Condition::default())
                .expect("a pledge");
        }
        project
    }
}

/// The same message with coins.
pub fn with_coins(msg: ReceiveMsg) -> ExecuteMsg {
    match msg {
        ReceiveMsg::Pledge {
            project,
            terms_hash,
            condition,
        } => ExecuteMsg::Pledge {
            project,
            terms_hash,
            condition,
        },
        ReceiveMsg::PayRevenue { project } => ExecuteMsg::PayRevenue { project },
    }
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
