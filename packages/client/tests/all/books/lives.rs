//! Random lives, told in transactions of one or several messages, plainly, on behalf of others, or from within another
//! contract.

use gridpact_client::Message;
use gridpact_replay::FeeId;
use gridpact_testing::MoneyKind;
use gridpact_types::settlement::accounts::CommunityAccount;
use gridpact_units::{Energy, Reading, Seconds};
use proptest::prelude::*;

use super::chronicle::Chronicle;
use super::telling::{transaction, without_indices, Done};

/// How a chain tells of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Telling {
    Plain,
    WithoutIndices,
    OnBehalf,
    /// Another contract's doing: only the events tell of it.
    Hidden,
}

#[derive(Clone, Debug)]
enum Action {
    /// A meter joins, behind proposals that are gone.
    Join(Option<u32>, u32, Vec<u64>),
    /// None but who is gone is admitted.
    JoinNobody(Vec<u64>),
    Deposit(u32, u128),
    Withdraw(u32, Option<u128>),
    Report(Vec<Reading>),
    ReportAgain,
    CloseGap,
    Finalise(Option<u32>),
    Sweep(bool),
    Pass(u64),
    /// What came so far is a transaction.
    Told(Telling),
}

fn reading() -> impl Strategy<Value = Reading> {
    let energy = || (0_u64..2_000).prop_map(|watt_hours| Energy(watt_hours * 1_000));
    prop_oneof![
        4 => energy().prop_map(|import| Reading::measured(import, Energy::ZERO)),
        3 => energy().prop_map(|export| Reading::measured(Energy::ZERO, export)),
        1 => Just(Reading::MISSING),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let slot = || 0_u32..4;
    let telling = prop_oneof![
        4 => Just(Telling::Plain),
        2 => Just(Telling::WithoutIndices),
        2 => Just(Telling::OnBehalf),
        2 => Just(Telling::Hidden),
    ];
    // The first three proposals were admitted before.
    let gone = || prop::sample::subsequence(vec![1_u64, 2, 3], 0..3);
    let join = (prop::option::of(0_u32..2), 1_u32..3, gone());
    let limit = prop::option::of(1_u32..4);
    prop_oneof![
        2 => join.prop_map(|(household, weight, gone)| Action::Join(household, weight, gone)),
        1 => gone().prop_map(Action::JoinNobody),
        4 => (slot(), 1_u128..2_000).prop_map(|(slot, amount)| Action::Deposit(slot, amount)),
        3 => (slot(), prop::option::of(1_u128..2_000)).prop_map(|(slot, amount)| Action::Withdraw(slot, amount)),
        8 => prop::collection::vec(reading(), 10).prop_map(Action::Report),
        1 => Just(Action::ReportAgain),
        1 => Just(Action::CloseGap),
        3 => limit.prop_map(Action::Finalise),
        2 => any::<bool>().prop_map(Action::Sweep),
        8 => prop_oneof![4 => Just(900_u64), 3 => Just(3_600), 1 => 6 * 3_600..9 * 3_600_u64].prop_map(Action::Pass),
        10 => telling.prop_map(Action::Told),
    ]
}

struct Life {
    chronicle: Chronicle,
    pending: Vec<Done>,
    last_report: Option<Vec<u8>>,
}

impl Life {
    fn act(&mut self, action: &Action) {
        let homes = u32::try_from(self.chronicle.grid.homes.len()).unwrap();
        let done = match action {
            Action::Told(telling) => return self.tell(*telling),
            // A block has one time: what came before is a transaction.
            Action::Pass(seconds) => {
                self.tell(Telling::Plain);
                return self.chronicle.world.advance(Seconds(*seconds));
            }
            Action::Join(household, weight, gone) => {
                if homes < 5 {
                    let joined = self.chronicle.join_behind(gone, homes, *household, *weight);
                    self.pending.extend(joined);
                }
                return;
            }
            Action::JoinNobody(gone) => self.chronicle.admit_nobody(gone),
            Action::Deposit(slot, amount) => self.chronicle.deposit(*slot, *amount),
            Action::Withdraw(slot, amount) => self.chronicle.withdraw(*slot, *amount),
            Action::Finalise(limit) => self.chronicle.finalise(*limit),
            Action::Sweep(true) => self.chronicle.sweep(CommunityAccount::Rounding {}),
            Action::Sweep(false) => self.chronicle.sweep(CommunityAccount::Fee { id: FeeId(1) }),
            Action::CloseGap => self.chronicle.close_gap(),
            Action::ReportAgain => match self.last_report.clone() {
                Some(report) => self.chronicle.carry(&report),
                None => None,
            },
            Action::Report(readings) => self.report(readings),
        };
        self.pending.extend(done);
    }

    fn report(&mut self, readings: &[Reading]) -> Option<Done> {
        let next = self.chronicle.grid.registry.next_report(&self.chronicle.world);
        let seats = usize::from(next.seats);
        let intervals = usize::from(next.max_intervals).min(readings.len() / seats).max(1);
        let bytes = self
            .chronicle
            .grid
            .write_report(&self.chronicle.world, &readings[..intervals * seats]);
        let done = self.chronicle.carry(&bytes);
        if done.is_some() {
            self.last_report = Some(bytes);
        }
        done
    }

    fn tell(&mut self, telling: Telling) {
        let mut pending = core::mem::take(&mut self.pending);
        // A report's bytes must stand in a message.
        let has_report = pending
            .iter()
            .any(|(_, events)| events.iter().any(|event| event.kind == "wasm-report_accepted"));
        let told = match telling {
            Telling::WithoutIndices => without_indices(pending),
            Telling::Hidden if !has_report => {
                for (message, _) in &mut pending {
                    *message = Message::Other("/another.contracts.doing".to_owned());
                }
                transaction(pending)
            }
            Telling::OnBehalf => {
                let (messages, events): (Vec<_>, Vec<_>) = pending.into_iter().unzip();
                transaction(vec![(Message::OnBehalf(messages), events.concat())])
            }
            Telling::Plain | Telling::Hidden => transaction(pending),
        };
        for slot in self.chronicle.reader.hidden_meters(&told).unwrap() {
            let meter = self.chronicle.meter(slot);
            self.chronicle.reader.learn(meter);
        }
        self.chronicle.read_transaction(&told).unwrap();
        let differences = self.chronicle.differences();
        assert!(differences.is_empty(), "{differences:?} after {told:?}");
    }
}

fn live(money: MoneyKind, actions: &[Action]) {
    let mut life = Life {
        chronicle: Chronicle::of_three_homes(money),
        pending: Vec::new(),
        last_report: None,
    };
    for action in actions {
        life.act(action);
    }
    life.tell(Telling::Plain);
}

/// Lives a test, where GRIDPACT_LIVES does not say another number; 24 take some two seconds unoptimised.
const LIVES: u32 = 24;

fn config() -> ProptestConfig {
    let asked = std::env::var("GRIDPACT_LIVES").ok();
    ProptestConfig {
        cases: asked.map_or(LIVES, |lives| lives.parse().expect("a number of lives")),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn transactions_come_to_the_contracts_books_native(actions in prop::collection::vec(action(), 1..60)) {
        live(MoneyKind::Native, &actions);
    }

    #[test]
    fn transactions_come_to_the_contracts_books_cw20(actions in prop::collection::vec(action(), 1..60)) {
        live(MoneyKind::Cw20, &actions);
    }
}
