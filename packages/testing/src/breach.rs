//! What is checked after every message, and what it is found to be broken by.

use core::fmt;

/// A promise that is checked, with its number: 3 the escrow, 4 the registry, 5 the settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Invariant {
    /// 3.1
    EscrowBooks,
    /// 3.1
    EscrowHolding,
    /// 3
    GreatestSet,
    /// 3
    Funding,
    /// 3.2
    Claims,
    /// 3.3 and 3.4
    Phases,
    /// 3.5
    Terms,
    /// 3 and 7
    ReviewedWork,
    /// 4
    Windows,
    /// 5.1 and 5.3
    Shares,
    /// 5.2
    Conservation,
    /// 5.2
    GridHolding,
    /// 5
    GridBooks,
    /// 5
    NobodyOwes,
    /// 5.4
    Recomputed,
}

impl Invariant {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::EscrowBooks,
        Self::EscrowHolding,
        Self::GreatestSet,
        Self::Funding,
        Self::Claims,
        Self::Phases,
        Self::Terms,
        Self::ReviewedWork,
        Self::Windows,
        Self::Shares,
        Self::Conservation,
        Self::GridHolding,
        Self::GridBooks,
        Self::NobodyOwes,
        Self::Recomputed,
    ];

    /// The promise in words, behind its number.
    pub const fn text(self) -> &'static str {
        match self {
            Self::EscrowBooks => {
                "3.1 every unit that came into the escrow is paid, refunded, claimable or locked"
            }
            Self::EscrowHolding => "3.1 the escrow holds at least what is claimable and locked",
            Self::GreatestSet => {
                "3 a pledge counts if it is in the greatest self-consistent set, and only then"
            }
            Self::Funding => {
                "3 the first set that reaches the target funds the project, in the order of pledging up to the cap"
            }
            Self::Claims => "3.2 everybody can take exactly what they are owed",
            Self::Phases => "3.3 and 3.4 terms, events and time alone say where a project stands",
            Self::Terms => "3.5 the terms of a project are those it opened with, to the byte",
            Self::ReviewedWork => "3 the contractor draws for reviewed work, and no more",
            Self::Windows => "4 windows follow each other; each is one carried report or a gap",
            Self::Shares => {
                "5.1 and 5.3 bought = sold = what can be had and paid for; equal homes within 1 mWh"
            }
            Self::Conservation => "5.2 debits = credits + fees + rounding in every window",
            Self::GridHolding => "5.2 the settlement holds at least the sum of all accounts",
            Self::GridBooks => "5 what was deposited is withdrawn, swept, free, held or the community's",
            Self::NobodyOwes => "5 nobody ever owes",
            Self::Recomputed => "5.4 every balance can be recomputed from the chain's transactions",
        }
    }
}

impl fmt::Display for Invariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

/// A broken promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// What is broken.
    pub invariant: Invariant,
    /// Whose it is: a contract.
    pub subject: String,
    /// What was found, and what was expected.
    pub detail: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]: {}", self.invariant, self.subject, self.detail)
    }
}

/// Breaches found so far of one subject.
pub(crate) struct Breaches {
    subject: String,
    pub list: Vec<Breach>,
}

impl Breaches {
    pub fn of(subject: String) -> Self {
        Self {
            subject,
            list: Vec::new(),
        }
    }

    pub fn add(&mut self, invariant: Invariant, detail: String) {
        let subject = self.subject.clone();
        self.list.push(Breach {
            invariant,
            subject,
            detail,
        });
    }

    /// `left`, what the contract says, must be `right`, what it should be.
    pub fn same<T: PartialEq + fmt::Debug>(&mut self, invariant: Invariant, what: &str, left: T, right: T) {
        if left != right {
            self.add(invariant, format!("{what}: {left:?}, expected {right:?}"));
        }
    }

    pub fn at_least(&mut self, invariant: Invariant, what: &str, got: u128, min: u128) {
        if got < min {
            self.add(invariant, format!("{what}: {got}, expected at least {min}"));
        }
    }

    pub fn at_most(&mut self, invariant: Invariant, what: &str, got: u128, max: u128) {
        if got > max {
            self.add(invariant, format!("{what}: {got}, expected at most {max}"));
        }
    }
}
