//! An escrow in a mock store, with a clock and a purse that follows every payout.

use std::collections::BTreeMap;

use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env, MockApi, MockQuerier, MockStorage};
use cosmwasm_std::{
    coin, coins, from_json, Addr, BankMsg, Coin, CosmosMsg, Env, HexBinary, OwnedDeps, Response, Timestamp,
};
use gridpact_types::escrow::*;
use gridpact_types::Asset;
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};
use pledge_escrow::contract::{execute, instantiate, query};
use pledge_escrow::ContractError;
use serde::de::DeserializeOwned;

pub const START: u64 = 1_800_000_000;
pub const DAY: u64 = 86_400;
pub const DENOM: &str = "ueur";

pub struct Escrow {
    pub deps: OwnedDeps<MockStorage, MockApi, MockQuerier>,
    pub env: Env,
    /// What the contract paid to whom.
    pub purses: BTreeMap<String, u128>,
}

impl Escrow {
    pub fn new() -> Self {
        Self::with_assets(vec![Asset::native(DENOM)])
    }

    pub fn with_assets(assets: Vec<Asset>) -> Self {
        let mut deps = mock_dependencies();
        let mut env = mock_env();
        env.block.time = Timestamp::from_seconds(START);
        let info = message_info(&deps.api.addr_make("deployer"), &[]);
        instantiate(deps.as_mut(), env.clone(), info, InstantiateMsg { assets }).expect("it instantiates");
        Self {
            deps,
            env,
            purses: BTreeMap::new(),
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

    /// A message; payouts are booked, and the books checked.
    pub fn send(&mut self, name: &str, msg: ExecuteMsg, funds: &[Coin]) -> Result<Response, ContractError> {
        let info = message_info(&self.addr(name), funds);
        let response = execute(self.deps.as_mut(), self.env.clone(), info, msg)?;
        for message in &response.messages {
            match &message.msg {
                CosmosMsg::Bank(BankMsg::Send { to_address, amount }) => {
                    *self.purses.entry(to_address.clone()).or_default() += amount[0].amount.u128();
                }
                other => panic!("a payout that no test expects: {other:?}"),
            }
        }
        self.check_books();
        Ok(response)
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

    pub fn pledge(
        &mut self,
        name: &str,
        project: ProjectId,
        amount: u128,
        condition: Condition,
    ) -> Result<Response, ContractError> {
        let terms_hash = self.project(project).terms_hash;
        self.send(
            name,
            ExecuteMsg::Pledge {
                project,
                terms_hash,
                condition,
            },
            &coins(amount, DENOM),
        )
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

    pub fn pay_revenue(&mut self, project: ProjectId, amount: u128) -> Result<Response, ContractError> {
        self.send(
            "payer",
            ExecuteMsg::PayRevenue { project },
            &[coin(amount, DENOM)],
        )
    }

    pub fn claim_revenue(&mut self, name: &str, project: ProjectId) -> Result<Response, ContractError> {
        self.send(name, ExecuteMsg::ClaimRevenue { project }, &[])
    }

    /// Promise 1, from outside: what is claimable is what everybody is told they can claim, and nothing is missing.
    pub fn check_books(&self) {
        let config: ConfigResponse = self.ask(QueryMsg::Config {});
        let mut held = 0;
        for project in 1..=config.projects {
            let books = self.books(project);
            let out = books.paid.0 + books.refunded.0;
            assert_eq!(
                books.pledged.0 + books.revenue.0,
                out + books.claimable.0 + books.locked.0,
                "{books:?}"
            );
            let pledges = self.pledges(project);
            let told: u128 = pledges
                .iter()
                .map(|pledge| pledge.refundable.0 + pledge.revenue.0)
                .sum();
            let told = told + self.project(project).drawable.0;
            assert!(books.claimable.0 >= told, "{books:?}: parties are told {told}");
            // Revenue is divided rounding down: less than one unit a pledge waits for the next payment.
            let slack = if books.revenue.0 > 0 {
                pledges.len() as u128
            } else {
                0
            };
            let full = pledges.len() == pledge_escrow::MAX_PLEDGES as usize;
            assert!(
                full || books.claimable.0 <= told + slack,
                "{books:?}: parties are told {told}"
            );
            held += books.claimable.0 + books.locked.0;
        }
        let asset: AssetBooksResponse = self.ask(QueryMsg::Books {
            asset: Asset::native(DENOM),
        });
        assert_eq!(asset.held.0, held, "the asset's books are the projects'");
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
            asset: Asset::native(DENOM),
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
        let (target, cap) = (Amount(target), Amount(cap));
        Terms {
            target,
            cap,
            admission: Admission::Open { minimum: Amount(10) },
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
