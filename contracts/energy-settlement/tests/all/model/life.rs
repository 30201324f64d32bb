//! One life of one grid: the same things done to the contract and to the model, compared after each.

use gridpact_chance::Chance;
use std::collections::BTreeSet;

use cosmwasm_std::testing::{message_info, MockStorage};
use cosmwasm_std::{coins, BankMsg, CosmosMsg};
use energy_settlement::contract::instantiate;
use gridpact_market::FeeId;
use gridpact_types::asset::Asset;
use gridpact_types::settlement::accounts::{CommunityAccount, FeeAccount};
use gridpact_types::settlement::bounds::MAX_FINALISED;
use gridpact_types::settlement::messages::ExecuteMsg;
use gridpact_types::strict::Strict;
use gridpact_units::{Amount, Slot, UnixSeconds};

use super::action::Action;
use super::books::Model;
use super::founding;
use crate::harness::*;

pub struct Life {
    pub grid: Grid,
    pub model: Model,
    done: BTreeSet<&'static str>,
}

impl Life {
    pub fn new(draw: &mut Chance) -> Self {
        let model = Model::new(founding::policy(draw));
        let mut life = Self {
            grid: found(&model),
            model,
            done: BTreeSet::new(),
        };
        life.join(draw.number(), founding::seats(draw));
        life.compare(0);
        life
    }

    /// What has succeeded, and what was refused, by name.
    pub fn done(&self) -> &BTreeSet<&'static str> {
        &self.done
    }

    pub fn act(&mut self, action: &Action) {
        let before = self.now();
        match *action {
            Action::Deposit { slot, amount } => self.deposit(slot, amount),
            Action::Withdraw { slot, by, amount } => self.withdraw(slot, by, amount),
            Action::Report {
                seed,
                intervals,
                older,
                ends_in,
            } => self.report(seed, intervals, older, before + ends_in),
            Action::Finalise { limit } => self.finalise(limit),
            Action::Sweep { part } => self.sweep(part),
            Action::Join { seed, homes } => self.join(seed, homes),
            Action::Wait { seconds } => self.grid.go_to(before + seconds),
        }
        self.compare(before as u32);
    }

    fn deposit(&mut self, slot: u32, amount: u128) {
        let known = (slot as usize) < self.model.purses.len();
        assert_eq!(self.grid.deposit(slot, amount).is_ok(), known);
        if known {
            self.model.deposit(slot as usize, amount);
        }
        self.note(known, "deposit", "deposit refused");
    }

    fn withdraw(&mut self, slot: u32, by: u32, amount: Option<u128>) {
        let free = self.model.free_at(self.now()).get(slot as usize).copied();
        let asked = amount.or(free).unwrap_or_default();
        let allowed = by == slot && asked > 0 && free.is_some_and(|free| asked <= free);
        let msg = ExecuteMsg::Withdraw {
            slot: Slot(slot),
            amount: amount.map(Amount),
        };
        let answer = self.grid.send(&format!("home {by}"), msg, &[]);
        assert_eq!(answer.is_ok(), allowed, "{answer:?}, free by the clock: {free:?}");
        if allowed {
            self.model.withdraw(slot as usize, asked);
            let to_address = self.grid.addr(&format!("home {slot}")).into_string();
            let amount = coins(asked, DENOM);
            let paid = CosmosMsg::Bank(BankMsg::Send { to_address, amount });
            assert_eq!(self.grid.payouts.last(), Some(&paid));
        }
        self.note(allowed, "withdraw", "withdraw refused");
    }

    fn report(&mut self, seed: u64, intervals: u16, older: bool, final_at: u64) {
        let newest = self.model.rosters.len() - 1;
        let roster = if older { newest.saturating_sub(1) } else { newest };
        let seats = self.model.rosters[roster].len();
        let mut draw = Chance::new(seed);
        let readings: Vec<_> = (0..intervals)
            .flat_map(|_| founding::readings(&mut draw, seats))
            .collect();
        let (now, first) = (self.now(), self.grid.next);
        self.model.settle(now, final_at, first, roster, &readings);

        let whole = (self.grid.seats, self.grid.roster);
        (self.grid.seats, self.grid.roster) = (seats as u16, roster as u32 + 1);
        let msg = self.grid.report_final_at(&readings, UnixSeconds(final_at));
        (self.grid.seats, self.grid.roster) = whole;
        let response = self.grid.send("registry", msg, &[]).unwrap();
        self.grid.next = first.plus(intervals.into());
        self.compare_told(first, &response);
        self.note(
            true,
            if roster < newest {
                "report of an older roster"
            } else {
                "report"
            },
            "",
        );
    }

    /// As many as were asked for of those whose time is over, the earliest end first.
    fn finalise(&mut self, limit: Option<u32>) {
        let ended = self.ended();
        self.grid
            .send("anybody", ExecuteMsg::Finalise { limit }, &[])
            .unwrap();
        let count = limit.unwrap_or(MAX_FINALISED) as usize;
        assert_eq!(self.ended(), ended[count.min(ended.len())..]);
    }

    /// End and first interval of every window that is held though its time is over, the earliest end first.
    fn ended(&self) -> Vec<(u64, u64)> {
        let held = self.grid.held();
        let ends = held
            .iter()
            .map(|window| (window.final_at.0, window.first_interval.0));
        let mut ended: Vec<_> = ends.filter(|(end, _)| *end <= self.now()).collect();
        ended.sort_unstable();
        ended
    }

    /// All of one part, or nothing.
    fn sweep(&mut self, part: Option<FeeId>) {
        let account = part.map_or(CommunityAccount::Rounding {}, |id| CommunityAccount::Fee { id });
        let swept = self.grid.books().swept.0;
        let paid = self
            .grid
            .send("anybody", ExecuteMsg::Sweep { account }, &[])
            .is_ok();
        let held = self.held();
        let there = self.model.community(part, |first| !held.contains(&first));
        assert_eq!(paid, there > 0, "{there} of {part:?}");
        assert_eq!(self.grid.books().swept.0 - swept, there);
        *self.model.swept.entry(part).or_default() += there;
        self.note(paid, "sweep", "sweep refused");
    }

    /// Homes join in a roster of their own; a page at a time.
    fn join(&mut self, seed: u64, homes: u16) {
        let mut draw = Chance::new(seed);
        for batch in (0..homes).collect::<Vec<_>>().chunks(128) {
            let mut roster = self.model.rosters.last().cloned().unwrap_or_default();
            let ExecuteMsg::OpenAccounts {
                roster_version,
                from,
                interval_length,
                mut accounts,
            } = self.grid.opening(batch.len() as u16)
            else {
                unreachable!("an opening opens accounts")
            };
            for account in &mut accounts {
                let terms = founding::terms(&mut draw, account.slot.0);
                account.household = terms.household;
                account.weight = terms.weight;
                account.part = terms.part;
                account.priority = terms.priority;
                account.buy_tier = terms.buy_tier;
                account.sell_tier = terms.sell_tier;
                roster.push(terms);
                self.model.purses.push(Default::default());
            }
            let msg = ExecuteMsg::OpenAccounts {
                roster_version,
                from,
                interval_length,
                accounts,
            };
            self.grid.send("registry", msg, &[]).unwrap();
            self.grid.roster += 1;
            self.grid.seats += batch.len() as u16;
            self.model.rosters.push(roster);
        }
        self.note(true, "join", "");
    }

    /// Makes final whatever has ended, in as many messages as it takes.
    fn finalise_all(&mut self) {
        while !self.ended().is_empty() {
            self.finalise(None);
        }
    }

    /// Everybody leaves: when all windows are over and all is taken out, nothing is left.
    pub fn end(&mut self) {
        let last = self.model.windows.values().map(|window| window.final_at).max();
        self.grid.go_to(last.unwrap_or_default().max(self.now()));
        self.finalise_all();
        for slot in 0..self.model.purses.len() as u32 {
            self.withdraw(slot, slot, None);
        }
        for part in self
            .model
            .policy
            .fees
            .iter()
            .map(|fee| Some(fee.id))
            .chain([None])
            .collect::<Vec<_>>()
        {
            self.sweep(part);
        }
        self.compare(0);
        let books = self.grid.books();
        assert_eq!((books.free.0, books.held.0, books.community.0), (0, 0, 0));
        assert_eq!(books.deposited.0, books.withdrawn.0 + books.swept.0);
    }

    fn held(&self) -> BTreeSet<u64> {
        self.grid
            .held()
            .iter()
            .map(|window| window.first_interval.0)
            .collect()
    }

    pub fn now(&self) -> u64 {
        self.grid.now().0
    }

    fn note(&mut self, happened: bool, done: &'static str, refused: &'static str) {
        self.done.insert(if happened { done } else { refused });
    }
}

/// The contract under the model's policy, its fees paid to accounts.
fn found(model: &Model) -> Grid {
    let mut grid = Grid::new(0);
    let mut msg = grid.setup(Asset::native(DENOM));
    msg.policy = model.policy.clone();
    let usual = msg.fees.pop().expect("the last fee goes to an account");
    let fee = |fee: &gridpact_market::Fee| FeeAccount {
        id: fee.id,
        label: format!("fee {}", fee.id),
        ..usual.clone()
    };
    msg.fees = model.policy.fees.iter().map(fee).collect();
    let info = message_info(&grid.addr("deployer"), &[]);
    grid.deps.storage = MockStorage::default();
    instantiate(grid.deps.as_mut(), grid.env.clone(), info, Strict(msg)).expect("it instantiates");
    grid
}
