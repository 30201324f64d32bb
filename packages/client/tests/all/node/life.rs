//! A grid's life on a made-up chain.

use gridpact_client::{Chain, ChainEvent, GridBooks, Message};
use gridpact_testing::fixtures::{export, import, nothing};
use gridpact_testing::{MoneyKind, World};
use gridpact_types::registry;
use gridpact_types::settlement;
use gridpact_units::Seconds;

use super::messages::transaction;
use super::Node;
use crate::books::chronicle::{Chronicle, CHALLENGE};
use crate::books::telling::{self, Done};

/// A chain on which a grid lives.
pub struct Life {
    pub chronicle: Chronicle,
    pub node: Node,
    /// Transactions so far, for their memos.
    count: u64,
}

impl Life {
    /// The grid is made in the third block.
    pub fn new() -> Self {
        let mut life = Self {
            chronicle: Chronicle::new(MoneyKind::Native),
            node: Node::default(),
            count: 0,
        };
        let made = life.making();
        life.block(vec![]);
        life.block(vec![vec![life.foreign()]]);
        let height = life.block(vec![vec![life.foreign()], made]);
        let mut known = life.node.0.lock().unwrap();
        for contract in [
            &life.chronicle.grid.registry.addr,
            &life.chronicle.grid.settlement.addr,
        ] {
            known.contracts.insert(contract.to_string(), height);
        }
        drop(known);
        life
    }

    /// The messages that made the grid, and their events.
    fn making(&self) -> Vec<Done> {
        let (world, grid) = (&self.chronicle.world, &self.chronicle.grid);
        let (of_registry, of_settlement) = (grid.registry.config(world), grid.settlement.config(world));
        let committee = grid.registry.committee(world).committee;
        let instantiate = |address: &str, msg: Vec<u8>| {
            let message = Message::Instantiate2 {
                code_id: 1,
                label: "a grid".to_owned(),
                msg,
                admin: None,
                salt: b"salt".to_vec(),
                funds: vec![],
            };
            let attributes = vec![("_contract_address".to_owned(), address.to_owned())];
            let kind = "instantiate".to_owned();
            (message, vec![ChainEvent { kind, attributes }])
        };
        let registry_msg = registry::messages::InstantiateMsg {
            operator: grid.operator.to_string(),
            settlement: of_registry.settlement,
            interval_length: of_registry.interval_length,
            resolution: of_registry.resolution,
            committee,
            challenge_period: of_registry.challenge_period,
            report_limit: of_registry.report_limit,
            rosters_begin: of_registry.rosters_begin,
        };
        let settlement_msg = settlement::messages::InstantiateMsg {
            registry: of_settlement.registry,
            asset: of_settlement.asset,
            policy: of_settlement.policy,
            fees: of_settlement.fees,
            rounding: of_settlement.rounding,
        };
        let json = |msg: Result<Vec<u8>, serde_json::Error>| msg.unwrap();
        vec![
            instantiate(
                grid.registry.addr.as_str(),
                json(serde_json::to_vec(&registry_msg)),
            ),
            instantiate(
                grid.settlement.addr.as_str(),
                json(serde_json::to_vec(&settlement_msg)),
            ),
        ]
    }

    /// Somebody else's business.
    pub fn foreign(&self) -> Done {
        let message = Message::Execute {
            contract: "wasm1another".to_owned(),
            msg: b"{}".to_vec(),
            funds: vec![],
        };
        let attributes = vec![("_contract_address".to_owned(), "wasm1another".to_owned())];
        let kind = "execute".to_owned();
        (message, vec![ChainEvent { kind, attributes }])
    }

    /// A block of these transactions, each of these messages, as of now; returns its height.
    pub fn block(&mut self, transactions: Vec<Vec<Done>>) -> u64 {
        let mut packed = Vec::new();
        for done in transactions {
            self.count += 1;
            let told = telling::transaction(done);
            packed.push((transaction(&told.messages, &self.count.to_string()), told.events));
        }
        self.node.block(self.chronicle.world.now().0, packed)
    }

    /// Homes, deposits, a report, finality, withdrawals, over so many blocks that the index has pages.
    pub fn happens(&mut self) {
        for number in 0..3 {
            let [proposed, admitted] = self.chronicle.join(number, None, 1);
            self.block(vec![vec![proposed, admitted]]);
        }
        self.chronicle
            .world
            .to_interval_start(self.chronicle.grid.interval_length);
        for round in 0..12 {
            let foreign = self.foreign();
            let both: Vec<Vec<Done>> = (0..2)
                .map(|slot| vec![self.chronicle.deposit(slot, 1_000 + round).unwrap()])
                .collect();
            self.block([both, vec![vec![foreign]]].concat());
        }
        let withdrawn = self.chronicle.withdraw(1, None).unwrap();
        self.block(vec![vec![withdrawn]]);
        self.chronicle.world.advance(Seconds(900));
        // In one block a deposit, which is the settlement's alone, before the report that it pays for, which is both
        // contracts', and a proposal, which is the registry's alone.
        let deposit = self.chronicle.deposit(1, 50).unwrap();
        let report = self
            .chronicle
            .report(&[export(2_000_000), import(1_000_000), nothing()]);
        let [proposed, admitted] = self.chronicle.join(3, Some(0), 2);
        self.block(vec![
            vec![deposit],
            vec![report.unwrap()],
            vec![proposed],
            vec![admitted],
        ]);
        self.chronicle.world.advance(CHALLENGE);
        let finalised = self.chronicle.finalise(None).unwrap();
        self.block(vec![vec![finalised]]);
    }

    pub fn withdraw_on_behalf(&mut self) {
        let (message, events) = self.chronicle.withdraw(0, None).unwrap();
        self.block(vec![vec![(Message::OnBehalf(vec![message]), events)]]);
    }

    /// Connects to the node, which answers as the contracts do now.
    pub async fn connect(&self) -> Chain {
        self.answer();
        self.node.connect().await
    }

    fn answer(&self) {
        let (registry, settlement) = self.addresses();
        let world: &World = &self.chronicle.world;
        let mut answers = std::collections::BTreeMap::new();
        let mut keep = |contract: &str, question: serde_json::Value| {
            let contract_addr = cosmwasm_std::Addr::unchecked(contract);
            let answer: Result<serde_json::Value, String> = world.query(&contract_addr, &question);
            let key = (contract.to_owned(), question.to_string());
            answers.insert(key, serde_json::to_vec(&answer.unwrap()).unwrap());
        };
        let page = serde_json::json!({ "owner": null, "start_after": null, "limit": 100 });
        keep(&settlement, serde_json::json!({ "accounts": page }));
        let held = serde_json::json!({ "start_after": null, "limit": 30 });
        keep(&settlement, serde_json::json!({ "held_windows": held }));
        for slot in 0..self.chronicle.grid.homes.len() {
            let held = serde_json::json!({ "slot": slot, "start_after": null, "limit": 30 });
            keep(&settlement, serde_json::json!({ "held_results": held }));
            keep(&registry, serde_json::json!({ "meter": { "slot": slot } }));
        }
        for name in ["community", "books", "config"] {
            keep(&settlement, serde_json::json!({ name: {} }));
        }
        keep(&registry, serde_json::json!({ "config": {} }));
        keep(&registry, serde_json::json!({ "committee": { "epoch": 1 } }));
        let mut known = self.node.0.lock().unwrap();
        known.balance = world.balance(&self.chronicle.grid.settlement.addr).0;
        known.answer = Some(Box::new(move |contract, question| {
            let question: serde_json::Value = serde_json::from_slice(question).unwrap();
            let key = (contract.to_owned(), question.to_string());
            answers
                .get(&key)
                .unwrap_or_else(|| panic!("{key:?} was not foreseen"))
                .clone()
        }));
    }

    fn addresses(&self) -> (String, String) {
        let grid = &self.chronicle.grid;
        (grid.registry.addr.to_string(), grid.settlement.addr.to_string())
    }

    pub async fn begin(&self) -> GridBooks {
        let (registry, settlement) = self.addresses();
        GridBooks::begin(&self.connect().await, &registry, &settlement)
            .await
            .unwrap()
    }

    pub fn height(&self) -> u64 {
        self.node.0.lock().unwrap().times.len() as u64
    }
}
