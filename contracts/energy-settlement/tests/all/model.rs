//! Random lives against a model: balances in a list, windows shared by `gridpact-market`, finality by the clock alone.

use gridpact_market::{settle_window, Account, Terms};
use gridpact_types::settlement::accounts::CommunityAccount;
use gridpact_types::settlement::messages::ExecuteMsg;
use gridpact_units::{Amount, Reading, Slot};
use proptest::prelude::*;

use crate::harness::*;

const HOMES: u16 = 5;

#[derive(Clone, Debug)]
enum Action {
    Deposit(usize, u128),
    Withdraw(usize, Option<u128>),
    Settle(Vec<(u64, u64)>),
    Finalise,
    Sweep(u8),
    Wait(u64),
}

fn any_action() -> impl Strategy<Value = Action> {
    let home = 0..usize::from(HOMES);
    let readings = prop::collection::vec((0_u64..3_000_000, 0_u64..3_000_000), usize::from(HOMES) * 2);
    prop_oneof![
        4 => (home.clone(), 1_u128..2_000_000).prop_map(|(home, amount)| Action::Deposit(home, amount)),
        3 => (home, prop::option::of(1_u128..2_000_000)).prop_map(|(home, amount)| Action::Withdraw(home, amount)),
        6 => readings.prop_map(Action::Settle),
        2 => Just(Action::Finalise),
        1 => (0_u8..3).prop_map(Action::Sweep),
        4 => (1..DAY).prop_map(Action::Wait),
    ]
}

#[derive(Clone, Default)]
struct Model {
    free: [u128; HOMES as usize],
    /// End, credits, and what goes to the community.
    held: Vec<(u64, Vec<u128>, u128)>,
    community: u128,
    out: u128,
}

impl Model {
    /// The windows whose time is over, the earliest end first; of equal ends, the earlier window.
    fn fold(&mut self, now: u64) {
        self.held.sort_by_key(|(end, _, _)| *end);
        let over = self.held.iter().take_while(|(end, _, _)| *end <= now).count();
        for (_, credits, community) in self.held.drain(..over) {
            self.free
                .iter_mut()
                .zip(credits)
                .for_each(|(free, credit)| *free += credit);
            self.community += community;
        }
    }

    fn settle(&mut self, now: u64, first: gridpact_units::IntervalIndex, readings: &[Reading]) {
        self.fold(now);
        let account =
            |(slot, free): (u32, &u128)| Account::new(Slot(slot), Terms::of_household(slot), Amount(*free));
        let accounts: Vec<Account> = (0..).zip(&self.free).map(account).collect();
        let outcome = settle_window(&policy(), &accounts, first, readings).unwrap();
        for (free, result) in self.free.iter_mut().zip(&outcome.results) {
            *free -= result.debit.0;
        }
        let credits = outcome.results.iter().map(|result| result.credit.0).collect();
        let community = outcome.totals.debit.0 - outcome.totals.credit.0;
        self.held.push((now + DAY, credits, community));
    }
}

fn carry_out(grid: &mut Grid, model: &mut Model, action: &Action) {
    let now = grid.now().0;
    match action {
        Action::Deposit(home, amount) => {
            grid.deposit(*home as u32, *amount).unwrap();
            model.free[*home] += amount;
        }
        Action::Withdraw(home, amount) => {
            // What is final is free; where it is not asked for nothing is touched.
            let mut later = model.clone();
            if amount.is_none_or(|amount| amount > model.free[*home]) {
                later.fold(now);
            }
            let asked = amount.unwrap_or(later.free[*home]);
            let allowed = asked > 0 && asked <= later.free[*home];
            assert_eq!(grid.withdraw(*home as u32, *amount).is_ok(), allowed);
            if allowed {
                *model = later;
                model.free[*home] -= asked;
                model.out += asked;
            }
        }
        Action::Settle(pairs) => {
            // A home takes or gives: its larger side is netted, as a meter behind a roof would.
            let reading = |(take, give): &(u64, u64)| {
                if take > give {
                    import(take - give)
                } else {
                    export(give - take)
                }
            };
            let readings: Vec<Reading> = pairs.iter().map(reading).collect();
            model.settle(now, grid.next, &readings);
            grid.settle(&readings).unwrap();
        }
        Action::Finalise => {
            model.fold(now);
            grid.finalise().unwrap();
        }
        Action::Sweep(part) => {
            let account = if *part == 0 {
                CommunityAccount::Rounding {}
            } else {
                fee(*part)
            };
            let before = grid.books().community.0;
            if grid.send("anybody", ExecuteMsg::Sweep { account }, &[]).is_ok() {
                let paid = before - grid.books().community.0;
                model.community -= paid;
                model.out += paid;
            }
        }
        Action::Wait(seconds) => grid.go_to(now + seconds),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn random_lives_keep_every_promise(actions in prop::collection::vec(any_action(), 1..50)) {
        let mut grid = Grid::new(HOMES);
        let mut model = Model::default();
        for action in &actions {
            carry_out(&mut grid, &mut model, action);
            let free: Vec<u128> = grid.accounts().iter().map(|account| account.free.0).collect();
            prop_assert_eq!(&free[..], &model.free[..], "{:?}", action);
            prop_assert_eq!(grid.books().community.0, model.community);
            let books = grid.books();
            prop_assert_eq!(books.withdrawn.0 + books.swept.0, model.out);
        }
    }
}
