//! The settlement's half of a grid: accounts, held windows, the community account.

use gridpact_market::{Account, Policy, Terms};
use gridpact_units::{Amount, IntervalIndex, Slot};

use crate::accounts::Accounts;
use crate::community::{add, Community, CommunityAccount};
use crate::error::EventError;
use crate::held::{sum, HeldWindow};
use crate::meter::Meter;

/// A grid's money as its settlement keeps it, for programs that know what was settled without a chain's reports. For
/// what a chain carried, [`Replay`](crate::Replay) checks first and then writes here.
///
/// After an error nothing has changed.
#[derive(Clone, Debug)]
pub struct Books {
    pub(crate) policy: Policy,
    /// By version; slot and terms by seat, for every roster: a window is settled under its own.
    pub(crate) rosters: Vec<(u32, Vec<(Slot, Terms)>)>,
    pub(crate) free: Accounts,
    /// By end, and of equal ends by first interval: each becomes final by itself. A list, since they end in nearly the order in which
    /// they come.
    pub(crate) held: Vec<HeldWindow>,
    pub(crate) community: Community,
    /// Where the last settled window ended.
    pub(crate) settled_until: IntervalIndex,
    deposited: Amount,
    pub(crate) withdrawn: Amount,
    swept: Amount,
}

/// Where every unit is: deposited = withdrawn + swept + free + held + community.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Paid in so far.
    pub deposited: Amount,
    /// Taken out by owners so far.
    pub withdrawn: Amount,
    /// Paid from the community account so far.
    pub swept: Amount,
    /// Sum of all free balances.
    pub free: Amount,
    /// Sum of the debits of windows that are not final.
    pub held: Amount,
    /// Sum of the community account.
    pub community: Amount,
}

impl Books {
    /// Empty books under a policy.
    ///
    /// # Errors
    /// A policy that does not hold together.
    pub fn new(policy: Policy) -> Result<Self, EventError> {
        policy.validate()?;
        Ok(Self {
            community: Community::of_fees(&policy.fees),
            policy,
            rosters: Vec::new(),
            free: Accounts::default(),
            held: Vec::new(),
            settled_until: IntervalIndex(0),
            deposited: Amount::ZERO,
            withdrawn: Amount::ZERO,
            swept: Amount::ZERO,
        })
    }

    /// Opens accounts. The roster is a copy of the newest with the new seats behind, or the newest itself, added to.
    ///
    /// # Errors
    /// A version that is neither, no meter, a seat that does not follow, a slot that has an account, impossible terms.
    pub fn open(&mut self, roster_version: u32, meters: &[Meter]) -> Result<(), EventError> {
        let newest = self.rosters.last();
        let (version, roster) = newest.map_or((0, None), |(version, roster)| (*version, Some(roster)));
        let next = version.saturating_add(1);
        if roster_version != next && (roster_version != version || version == 0) {
            return Err(EventError::RosterVersion {
                expected: next,
                got: roster_version,
            });
        }
        if meters.is_empty() {
            return Err(EventError::NoMeter);
        }
        let mut roster = roster.cloned().unwrap_or_default();
        let mut free = self.free.clone();
        for meter in meters {
            let (slot, terms) = (meter.slot, meter.terms());
            if usize::from(meter.seat.0) != roster.len() {
                return Err(EventError::Seat {
                    slot,
                    expected: roster.len(),
                    got: meter.seat,
                });
            }
            if !free.open(slot) {
                return Err(EventError::AccountExists { slot });
            }
            terms
                .validate()
                .map_err(|error| EventError::Terms { slot, error })?;
            roster.push((slot, terms));
        }
        self.free = free;
        self.keep_roster(roster_version, roster);
        Ok(())
    }

    /// The slots of a roster and their terms.
    pub(crate) fn roster(&self, got: u32) -> Result<&[(Slot, Terms)], EventError> {
        let at = self.rosters.binary_search_by_key(&got, |(version, _)| *version);
        let roster = at.ok().and_then(|at| self.rosters.get(at));
        roster
            .map(|(_, roster)| roster.as_slice())
            .ok_or(EventError::UnknownRoster { got })
    }

    pub(crate) fn keep_roster(&mut self, version: u32, roster: Vec<(Slot, Terms)>) {
        match self
            .rosters
            .binary_search_by_key(&version, |(version, _)| *version)
        {
            Ok(at) => {
                if let Some(place) = self.rosters.get_mut(at) {
                    *place = (version, roster);
                }
            }
            Err(at) => self.rosters.insert(at, (version, roster)),
        }
    }

    pub(crate) fn keep_held(&mut self, held: HeldWindow) {
        let end = held.end();
        let at = self.held.partition_point(|other| other.end() < end);
        self.held.insert(at, held);
    }

    /// Pays into an account; returns what is free in it then.
    ///
    /// # Errors
    /// No such account, or nothing paid.
    pub fn deposit(&mut self, slot: Slot, amount: Amount) -> Result<Amount, EventError> {
        let free = self.free.get_mut(slot)?;
        if amount.is_zero() {
            return Err(EventError::Nothing { what: "a deposit" });
        }
        let deposited = add(self.deposited, amount, "deposited")?;
        *free = add(*free, amount, "free balance")?;
        self.deposited = deposited;
        Ok(*free)
    }

    /// Takes all out of a part of the community account; returns how much.
    ///
    /// # Errors
    /// No such fee, or nothing in it.
    pub fn sweep(&mut self, account: CommunityAccount) -> Result<Amount, EventError> {
        let mut community = self.community.clone();
        let amount = community.empty(account)?;
        if amount.is_zero() {
            return Err(EventError::Nothing { what: "a sweep" });
        }
        self.swept = add(self.swept, amount, "swept")?;
        self.community = community;
        Ok(amount)
    }

    /// Rules, prices, tariff, fees.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// What is free in an account; `None` where there is none.
    pub fn free(&self, slot: Slot) -> Option<Amount> {
        self.free.get(slot)
    }

    /// What is free in every account, by slot.
    pub fn accounts(&self) -> impl ExactSizeIterator<Item = (Slot, Amount)> + '_ {
        self.free.iter()
    }

    /// The accounts of a roster, by seat, as a window begins with them; `None` where there is no such roster.
    pub fn seats(&self, roster_version: u32) -> Option<Vec<Account>> {
        let roster = self.roster(roster_version).ok()?;
        Some(accounts(roster, &self.free))
    }

    /// The windows that are not final, the earliest end first.
    pub fn held(&self) -> impl DoubleEndedIterator<Item = &HeldWindow> {
        self.held.iter()
    }

    /// The community account; only final windows count.
    pub fn community(&self) -> &Community {
        &self.community
    }

    /// Where every unit is.
    pub fn totals(&self) -> Totals {
        Totals {
            deposited: self.deposited,
            withdrawn: self.withdrawn,
            swept: self.swept,
            free: sum(self.free.iter().map(|(_, free)| free)),
            held: sum(self.held.iter().map(HeldWindow::debits)),
            community: self.community.total(),
        }
    }
}

/// The accounts of a roster.
pub(crate) fn accounts(roster: &[(Slot, Terms)], free: &Accounts) -> Vec<Account> {
    let account =
        |(slot, terms): &(Slot, Terms)| Account::new(*slot, *terms, free.get(*slot).unwrap_or_default());
    roster.iter().map(account).collect()
}
