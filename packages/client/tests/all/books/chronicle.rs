//! A grid in process, and a reader of its transactions.

use std::collections::BTreeMap;

use cosmwasm_std::{Coin, HexBinary};
use cw20::Cw20ExecuteMsg;
use gridpact_client::{Answers, BooksReader, Cause, Founding, Transaction};
use gridpact_market::{FeeKind, Policy};
use gridpact_replay::FeeId;
use gridpact_replay::{Committee, Effect, GridTerms, Meter};
use gridpact_report::Resolution;
use gridpact_testing::fixtures::{fixed_price_policy, prosumer};
use gridpact_testing::{Checks, Grid, GridBuilder, Money, MoneyKind, World, CHAIN_ID};
use gridpact_types::registry;
use gridpact_types::registry::meters::Admission;
use gridpact_types::settlement;
use gridpact_types::settlement::accounts::{CommunityAccount, Destination, FeeAccount};
use gridpact_units::{Amount, BasisPoints, Ppm, Price, Reading, Seconds, Slot};

use super::telling::{done, transaction, Done};

pub const CHALLENGE: Seconds = Seconds(3 * 3_600);
const LIMIT: Seconds = Seconds(6 * 3_600);

pub struct Chronicle {
    pub world: World,
    pub grid: Grid,
    pub reader: BooksReader,
    pub effects: Vec<Effect>,
}

impl Chronicle {
    /// A grid that was just made; nobody has a meter yet.
    pub fn new(money: MoneyKind) -> Self {
        let mut world = World::new(money);
        // The harness's own model is not what is tested here.
        world.set_checks(Checks::OnRequest);
        let policy = Policy {
            fees: vec![FeeKind::BasisPoints(BasisPoints(300)).of(1)],
            ..fixed_price_policy(Price(200_000))
        };
        let destination = Destination::Account {
            address: world.addr("line").into_string(),
        };
        let fee = FeeAccount {
            id: FeeId(1),
            label: "network".to_owned(),
            destination,
        };
        let grid = GridBuilder::default()
            .with_homes(vec![])
            .with_policy(policy.clone(), vec![fee])
            .with_resolution(1_000)
            .with_periods(CHALLENGE, LIMIT)
            .build(&mut world);
        let committee = grid.committee.describe(|_| world.addr("oracle"));
        let keys = committee.members.into_iter();
        let founding = Founding {
            terms: GridTerms {
                chain_id: CHAIN_ID.to_owned(),
                registry: grid.registry.addr.to_string(),
                policy,
                resolution: Resolution::WATT_HOUR,
                challenge_period: CHALLENGE,
                report_limit: LIMIT,
                committee: Committee {
                    epoch: 1,
                    keys: keys.map(|member| HexBinary::into(member.public_key)).collect(),
                    quorum: committee.quorum.into(),
                },
            },
            settlement: grid.settlement.addr.to_string(),
            asset: world.money().asset(),
            fees: [(FeeId(1), "network".to_owned())].into(),
        };
        Self {
            reader: BooksReader::new(founding).unwrap(),
            world,
            grid,
            effects: Vec::new(),
        }
    }

    /// Three homes with money, at the beginning of the grid's first interval.
    pub fn of_three_homes(money: MoneyKind) -> Self {
        let mut chronicle = Self::new(money);
        for number in 0..3 {
            for done in chronicle.join(number, None, 1) {
                chronicle.read(vec![done]).unwrap();
            }
        }
        chronicle.world.to_interval_start(chronicle.grid.interval_length);
        for slot in 0..3 {
            let deposit = chronicle.deposit(slot, 10_000).unwrap();
            chronicle.read(vec![deposit]).unwrap();
        }
        chronicle
    }

    /// Reads a transaction of these messages, as a chain tells it.
    pub fn read(&mut self, done: Vec<Done>) -> Result<(), Cause> {
        self.read_transaction(&transaction(done))
    }

    pub fn read_transaction(&mut self, transaction: &Transaction) -> Result<(), Cause> {
        let effects = &mut self.effects;
        self.reader.read(self.world.now(), transaction, |_, effect| {
            effects.push(effect.clone())
        })
    }

    /// What the settlement answers now.
    pub fn answers(&self) -> Answers {
        let (world, settlement) = (&self.world, &self.grid.settlement);
        let accounts = settlement.accounts(world);
        let results = accounts
            .iter()
            .map(|account| (account.slot, settlement.held_results(world, account.slot)));
        Answers {
            held_results: results.collect::<BTreeMap<_, _>>(),
            accounts,
            held_windows: settlement.held_windows(world),
            community: settlement.community(world),
            books: settlement.books(world),
            holding: world.balance(&settlement.addr).0,
        }
    }

    /// What differs from the contracts' answers and from what they told; nothing must.
    pub fn differences(&self) -> Vec<String> {
        let mut compared = self.reader.compare(&self.answers());
        assert_eq!(compared.len(), 6, "one entry of each kind: {compared:?}");
        compared.extend(self.reader.differences().iter().cloned());
        compared.retain(|compared| !compared.is_same());
        compared
            .iter()
            .map(|one| format!("{}: {} is told as {}", one.what, one.recomputed, one.told))
            .collect()
    }

    /// A home proposes its meter, and the operator admits it: two messages.
    pub fn join(&mut self, number: u32, household: Option<u32>, weight: u32) -> [Done; 2] {
        self.join_behind(&[], number, household, weight)
    }

    /// The same in a message that also admits proposals that are gone.
    pub fn join_behind(
        &mut self,
        gone: &[u64],
        number: u32,
        household: Option<u32>,
        weight: u32,
    ) -> [Done; 2] {
        let name = format!("home {number}");
        let owner = self.world.addr(&name);
        let mut meter = prosumer(&name);
        meter.part = Ppm(1_000_000 - 50_000 * number);
        let propose = registry::messages::ExecuteMsg::ProposeMeter { meter };
        let address = self.grid.registry.addr.clone();
        let proposed = self.world.execute(&owner, &address, &propose, &[]);
        let proposed = done(&address, &propose, vec![], proposed).unwrap();
        let told = proposed
            .1
            .iter()
            .find(|event| event.kind == "wasm-meter_proposed");
        let number = |(name, value): &(String, String)| (name == "proposal").then(|| value.parse().unwrap());
        let proposal = told.unwrap().attributes.iter().find_map(number).unwrap();
        let mut admissions: Vec<Admission> = gone.iter().copied().map(Admission::of).collect();
        admissions.push(Admission {
            household,
            weight,
            ..Admission::of(proposal)
        });
        let admit = registry::messages::ExecuteMsg::AdmitMeters {
            admissions: admissions.clone(),
            from: None,
        };
        let admitted = self.grid.admit(&mut self.world, admissions, None);
        [proposed, done(&address, &admit, vec![], admitted).unwrap()]
    }

    /// A slot's meter as the registry tells it.
    pub fn meter(&self, slot: Slot) -> Meter {
        let told = self.grid.registry.meter(&self.world, slot).unwrap();
        Meter {
            slot,
            seat: told.seat,
            household: told.household,
            weight: told.weight,
            part: told.meter.part,
            priority: told.priority,
            buy_tier: told.buy_tier,
            sell_tier: told.sell_tier,
        }
    }

    pub fn deposit(&mut self, slot: u32, amount: u128) -> Option<Done> {
        let (slot, amount) = (Slot(slot), Amount(amount));
        let payer = self.world.addr("payer");
        self.world.fund(&payer, amount);
        let settlement = self.grid.settlement.clone();
        let outcome = settlement.deposit(&mut self.world, &payer, slot, amount);
        match self.world.money().clone() {
            Money::Native { denom } => {
                let msg = settlement::messages::ExecuteMsg::Deposit { slot };
                done(&settlement.addr, &msg, vec![Coin::new(amount.0, denom)], outcome)
            }
            Money::Cw20 { token } => {
                let hook = settlement::messages::ReceiveMsg::Deposit { slot };
                let msg = Cw20ExecuteMsg::Send {
                    contract: settlement.addr.to_string(),
                    amount: amount.0.into(),
                    msg: cosmwasm_std::to_json_binary(&hook).unwrap(),
                };
                done(&token, &msg, vec![], outcome)
            }
        }
    }

    pub fn withdraw(&mut self, slot: u32, amount: Option<u128>) -> Option<Done> {
        let owner = self.world.addr(&format!("home {slot}"));
        let (slot, amount) = (Slot(slot), amount.map(Amount));
        let settlement = self.grid.settlement.clone();
        let outcome = settlement.withdraw(&mut self.world, &owner, slot, amount);
        let msg = settlement::messages::ExecuteMsg::Withdraw { slot, amount };
        done(&settlement.addr, &msg, vec![], outcome)
    }

    pub fn finalise(&mut self, limit: Option<u32>) -> Option<Done> {
        let settlement = self.grid.settlement.clone();
        let outcome = settlement.finalise_some(&mut self.world, &self.grid.carrier, limit);
        let msg = settlement::messages::ExecuteMsg::Finalise { limit };
        done(&settlement.addr, &msg, vec![], outcome)
    }

    pub fn sweep(&mut self, account: CommunityAccount) -> Option<Done> {
        let settlement = self.grid.settlement.clone();
        let outcome = settlement.sweep(&mut self.world, &self.grid.carrier, account);
        let msg = settlement::messages::ExecuteMsg::Sweep { account };
        done(&settlement.addr, &msg, vec![], outcome)
    }

    /// The operator admits nobody but who is gone.
    pub fn admit_nobody(&mut self, gone: &[u64]) -> Option<Done> {
        let admissions: Vec<Admission> = gone.iter().copied().map(Admission::of).collect();
        let msg = registry::messages::ExecuteMsg::AdmitMeters {
            admissions: admissions.clone(),
            from: None,
        };
        let outcome = self.grid.admit(&mut self.world, admissions, None);
        done(&self.grid.registry.addr, &msg, vec![], outcome)
    }

    pub fn close_gap(&mut self) -> Option<Done> {
        let registry = self.grid.registry.clone();
        let outcome = registry.close_gap(&mut self.world, &self.grid.carrier);
        let msg = registry::messages::ExecuteMsg::CloseGap {};
        done(&registry.addr, &msg, vec![], outcome)
    }

    /// A report of so many intervals as there are readings for, of what the registry expects next.
    pub fn report(&mut self, readings: &[Reading]) -> Option<Done> {
        let bytes = self.grid.write_report(&self.world, readings);
        self.carry(&bytes)
    }

    pub fn carry(&mut self, report: &[u8]) -> Option<Done> {
        let registry = self.grid.registry.clone();
        let signatures = self
            .grid
            .committee
            .sign_by_quorum(CHAIN_ID, &registry.addr, report);
        let carrier = self.grid.carrier.clone();
        let outcome = registry.report(&mut self.world, &carrier, report, signatures.clone());
        let msg = registry::messages::ExecuteMsg::Report {
            report: report.into(),
            signatures,
        };
        done(&registry.addr, &msg, vec![], outcome)
    }
}
