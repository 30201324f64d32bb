//! How much is stored, and read at once.

use std::cell::Cell;

use cosmwasm_std::storage_keys::namespace_with_key;
use cosmwasm_std::{Deps, HexBinary, Order, QuerierWrapper, Record, Storage};
use gridpact_types::escrow::bounds::{MAX_MILESTONES, MAX_PLEDGES, MAX_PROJECTS_PAGE, MAX_TITLE, MAX_URI};
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::{Admission, Condition, NamedParty, ProjectId, Terms};
use gridpact_units::{Amount, BasisPoints};
use pledge_escrow::contract::query;

use crate::harness::{as_sent, Escrow};

/// Every list full and every text as long as it may be.
fn longest(escrow: &Escrow) -> Terms {
    let mut terms = escrow.founding();
    let party = |number: u32| NamedParty {
        address: escrow.addr(&format!("p{number}")).into_string(),
        amount: Amount(1_000),
    };
    terms.admission = Admission::Named {
        parties: (0..MAX_PLEDGES).map(party).collect(),
    };
    terms.target = Amount(1_000 * u128::from(MAX_PLEDGES));
    terms.cap = terms.target;
    terms.title = "t".repeat(MAX_TITLE);
    terms.description_uri = "u".repeat(MAX_URI);
    let mut stage = terms.milestones[1].clone();
    stage.title = "m".repeat(MAX_TITLE);
    stage.share = BasisPoints(300);
    terms.milestones = vec![stage; MAX_MILESTONES];
    terms.milestones[0].share = BasisPoints(10_000 - 300 * 31);
    terms
}

/// The longest project there can be, with all its milestones submitted.
fn submitted(escrow: &mut Escrow) -> ProjectId {
    let project = escrow.open(&longest(escrow));
    for number in 0..MAX_PLEDGES {
        let name = format!("p{number}");
        escrow
            .pledge_unchecked(&name, project, 1_000, Condition::default())
            .unwrap();
    }
    escrow.accept(project).unwrap();
    for milestone in 0..u32::try_from(MAX_MILESTONES).unwrap() {
        let msg = ExecuteMsg::SubmitMilestone {
            project,
            milestone,
            evidence_hash: HexBinary::from([9; 32]),
            evidence_uri: "u".repeat(MAX_URI),
        };
        escrow.send_unchecked("contractor", msg, &[]).unwrap();
    }
    project
}

fn stored(escrow: &Escrow, namespace: &str) -> usize {
    let (start, end) = (
        namespace_with_key(&[namespace.as_bytes()], &[]),
        namespace_with_key(&[namespace.as_bytes()], &[u8::MAX; 16]),
    );
    let records = escrow
        .deps
        .storage
        .range(Some(&start), Some(&end), Order::Ascending);
    records.map(|(_, value)| value.len()).sum()
}

/// Every message reads a project's record, and most write it: at 30 gas a byte, evidence in it would cost 600,000 gas a message.
#[test]
fn evidence_does_not_grow_the_record_of_a_project() {
    let mut escrow = Escrow::new();
    submitted(&mut escrow);
    let (project, evidence) = (stored(&escrow, "projects"), stored(&escrow, "evidence"));
    println!("32 milestones submitted: {project} bytes a project, {evidence} of evidence");
    assert!(project < 900, "{project}");
    assert!(evidence > MAX_MILESTONES * MAX_URI, "{evidence}");
}

/// A store that counts what its reading costs on a chain: 1,000 gas a read, 30 a step of a walk, 3 a byte.
struct Metered<'a> {
    store: &'a dyn Storage,
    gas: Cell<usize>,
}

impl Metered<'_> {
    fn spend(&self, flat: usize, bytes: usize) {
        self.gas.set(self.gas.get() + flat + 3 * bytes);
    }
}

impl Storage for Metered<'_> {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        let value = self.store.get(key);
        self.spend(1_000, key.len() + value.as_ref().map_or(0, Vec::len));
        value
    }

    fn range<'b>(
        &'b self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'b> {
        let records = self.store.range(start, end, order);
        Box::new(records.inspect(|(key, value)| self.spend(30, key.len() + value.len())))
    }

    fn set(&mut self, _: &[u8], _: &[u8]) {
        panic!("a query writes nothing");
    }

    fn remove(&mut self, _: &[u8]) {
        panic!("a query writes nothing");
    }
}

/// A node gives a query 3,000,000 gas unless its operator says otherwise, computing included.
#[test]
fn the_largest_page_of_projects_is_read_within_a_querys_gas() {
    let mut escrow = Escrow::new();
    let project = submitted(&mut escrow);
    let metered = Metered {
        store: &escrow.deps.storage,
        gas: Cell::new(0),
    };
    let deps = Deps {
        storage: &metered,
        api: &escrow.deps.api,
        querier: QuerierWrapper::new(&escrow.deps.querier),
    };
    let answer = query(deps, escrow.env.clone(), as_sent(&QueryMsg::Project { project })).unwrap();
    let page = metered.gas.get() * MAX_PROJECTS_PAGE as usize;
    println!(
        "{} bytes a project, {page} gas to read {MAX_PROJECTS_PAGE}",
        answer.len()
    );
    assert!(page < 2_500_000, "{page}");
}
