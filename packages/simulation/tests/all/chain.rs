//! The chain that the story is played on: what it answers, and that a story notices one that is not as it says.

use anyhow::{bail, Result};
use cosmwasm_std::{coins, to_json_vec, Addr, Coin};
use gridpact_simulation::run::Spent;
use gridpact_simulation::story_chain::{Call, Code, InProcess, NewContract, StoryChain};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::messages::{ExecuteMsg, InstantiateMsg};
use gridpact_types::escrow::queries::QueryMsg;

use crate::{euro, play, simulation};

/// A chain inside the program with an escrow on it.
fn with_escrow() -> (InProcess, Addr) {
    let mut chain = InProcess::new(&euro().currency);
    let escrow = chain.predict(Code::Escrow, "escrow").unwrap();
    let message = InstantiateMsg {
        assets: vec![Asset::native(chain.coin())],
    };
    let contract = NewContract {
        code: Code::Escrow,
        label: "escrow".to_owned(),
        message: to_json_vec(&message).unwrap(),
    };
    chain.instantiate(vec![contract]).unwrap();
    (chain, escrow)
}

#[test]
fn time_only_goes_forward() {
    let mut chain = InProcess::new(&euro().currency);
    assert_eq!(chain.now(), 0);
    chain.advance_to(1_465_768_800).unwrap();
    chain.advance_to(1_465_768_800).unwrap();
    assert_eq!(chain.now(), 1_465_768_800);
    let error = chain.advance_to(1_465_768_799).unwrap_err().to_string();
    assert!(error.contains("cannot go back"), "{error}");
}

#[test]
fn a_contract_is_where_it_was_predicted_and_refuses_in_its_own_words() {
    let (chain, escrow) = with_escrow();
    let ask = |question: &QueryMsg| chain.query(&escrow, &to_json_vec(question).unwrap());
    assert!(ask(&QueryMsg::Config {}).is_ok());
    let error = ask(&QueryMsg::Project { project: 7 }).unwrap_err().to_string();
    assert!(error.contains("project 7"), "{error}");
}

#[test]
fn calls_are_carried_out_at_their_time_and_with_their_coins() {
    let (mut chain, escrow) = with_escrow();
    let somebody = chain.account("somebody").unwrap();
    assert_eq!(chain.account("somebody").unwrap(), somebody);
    chain.endow(&somebody, coins(5, chain.coin())).unwrap();
    let coin = chain.coin().to_owned();
    assert_eq!(chain.balance(&somebody, &coin).unwrap(), 5);
    let call = Call {
        at: Some(1_000),
        sender: somebody.clone(),
        contract: escrow,
        message: to_json_vec(&ExecuteMsg::Draw { project: 1, payee: 0 }).unwrap(),
        funds: coins(5, &coin),
    };
    assert!(chain.execute(vec![call]).is_err(), "there is no such project");
    assert_eq!(chain.now(), 1_000);
    assert_eq!(
        chain.balance(&somebody, &coin).unwrap(),
        5,
        "what is refused costs nothing"
    );
    assert!(chain.spent().unwrap().is_none());
}

/// A chain on which the first contract made, the escrow, has lost its money; where asked to it also refuses some messages.
struct Robbed {
    chain: InProcess,
    escrow: Option<Addr>,
    refuses: &'static str,
}

impl Robbed {
    fn new(refuses: &'static str) -> Box<Self> {
        Box::new(Self {
            chain: InProcess::new(&euro().currency),
            escrow: None,
            refuses,
        })
    }
}

impl StoryChain for Robbed {
    fn id(&self) -> &str {
        self.chain.id()
    }

    fn coin(&self) -> &str {
        self.chain.coin()
    }

    fn foreign_coin(&self) -> &str {
        self.chain.foreign_coin()
    }

    fn account(&self, name: &str) -> Result<Addr> {
        self.chain.account(name)
    }

    fn endow(&mut self, account: &Addr, coins: Vec<Coin>) -> Result<()> {
        self.chain.endow(account, coins)
    }

    fn now(&self) -> u64 {
        self.chain.now()
    }

    fn advance_to(&mut self, time: u64) -> Result<()> {
        self.chain.advance_to(time)
    }

    fn execute(&mut self, calls: Vec<Call>) -> Result<()> {
        let refused = |call: &Call| String::from_utf8_lossy(&call.message).contains(self.refuses);
        if !self.refuses.is_empty() && calls.iter().any(refused) {
            bail!("refused");
        }
        self.chain.execute(calls)
    }

    fn query(&self, contract: &Addr, question: &[u8]) -> Result<Vec<u8>> {
        self.chain.query(contract, question)
    }

    fn balance(&self, account: &Addr, coin: &str) -> Result<u128> {
        if self.escrow.as_ref() == Some(account) {
            return Ok(0);
        }
        self.chain.balance(account, coin)
    }

    fn predict(&self, code: Code, label: &str) -> Result<Addr> {
        self.chain.predict(code, label)
    }

    fn instantiate(&mut self, contracts: Vec<NewContract>) -> Result<()> {
        if let (None, Some(first)) = (&self.escrow, contracts.first()) {
            self.escrow = Some(self.predict(first.code, &first.label)?);
        }
        self.chain.instantiate(contracts)
    }

    fn spent(&self) -> Result<Option<Spent>> {
        self.chain.spent()
    }
}

#[test]
fn a_story_finds_money_that_is_gone_and_no_other_breach() {
    let (run, _) = simulation(euro(), 4).play(Robbed::new(""), &|_, _| {}).unwrap();
    for check in run.checks {
        let robbed = check.name.starts_with("3.1");
        assert_eq!(check.passed, !robbed, "{check:?}");
        assert!(!robbed || check.detail.contains("the escrow has 0, and owes"));
    }
}

#[test]
fn a_story_that_cannot_go_on_names_the_promise_that_was_broken_before() {
    let error = simulation(euro(), 4).play(Robbed::new("{\"accept\":"), &|_, _| {});
    let error = format!("{:#}", error.err().unwrap());
    assert!(
        error.starts_with("broken promise: 3.1") && error.contains("The founding line: refused"),
        "{error}"
    );
}

#[test]
fn windows_are_counted_as_they_are_settled() {
    let heard = std::cell::RefCell::new(Vec::new());
    let chain = InProcess::new(&euro().currency);
    let progress = |settled, of| heard.borrow_mut().push((settled, of));
    let (run, _) = simulation(euro(), 4).play(Box::new(chain), &progress).unwrap();
    assert_eq!(heard.into_inner(), [(1, 2), (2, 2)]);
    assert!(run == play(simulation(euro(), 4)));
}
