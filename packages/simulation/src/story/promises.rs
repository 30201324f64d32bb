//! The promises of the three contracts, each counted as often as it was looked at.

use core::fmt::Display;
use std::collections::BTreeMap;

use crate::run::CheckedPromise;

/// A promise that the story looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StoryPromise {
    /// Escrow 1.
    EscrowBooks,
    /// Escrow 2.
    EscrowPulls,
    /// Escrow 3.
    EscrowEnds,
    /// Escrow 4.
    EscrowHalfOpen,
    /// Escrow 5.
    EscrowTerms,
    /// Escrow 6.
    EscrowAssets,
    /// Escrow 7.
    EscrowBounds,
    /// Registry: a quorum's digest.
    RegistryDigest,
    /// Settlement 1.
    Shared,
    /// Settlement 2.
    Conserved,
    /// Settlement 3.
    Impartial,
    /// Settlement 4.
    Recomputed,
    /// Settlement 5.
    Withdrawn,
}

impl StoryPromise {
    const ALL: [(Self, &'static str); 13] = [
        (
            Self::EscrowBooks,
            "3.1 every unit in the escrow is accounted for, and the contract holds it",
        ),
        (
            Self::EscrowPulls,
            "3.2 every exit is a pull that reached the one who was owed",
        ),
        (Self::EscrowEnds, "3.3 every project came to an end"),
        (
            Self::EscrowHalfOpen,
            "3.4 no second belongs to two states: a pledge in the deadline's second is refused",
        ),
        (Self::EscrowTerms, "3.5 terms did not change after opening"),
        (Self::EscrowAssets, "3.6 only the listed asset is taken"),
        (
            Self::EscrowBounds,
            "3.7 lists are paged, and a page says whether more follows",
        ),
        (
            Self::RegistryDigest,
            "4 a report counts with a quorum only, and the digest kept is that of its bytes",
        ),
        (
            Self::Shared,
            "5.1 in every interval bought = sold = what the rule and the balances allow, to the mWh",
        ),
        (
            Self::Conserved,
            "5.2 debits = credits + fees + rounding in every window, and all accounts are backed",
        ),
        (
            Self::Impartial,
            "5.3 results do not depend on the order, and equal homes differ by at most 1 mWh",
        ),
        (
            Self::Recomputed,
            "5.4 recomputed from the reports alone, every balance is the same after every window",
        ),
        (Self::Withdrawn, "5.5 everybody withdrew everything that was free"),
    ];
}

/// What was looked at so far.
#[derive(Default)]
pub struct Promises {
    looked: BTreeMap<StoryPromise, Looks>,
}

/// How often a promise was looked at, and how it was broken first.
#[derive(Default)]
struct Looks {
    count: u64,
    breach: Option<String>,
}

impl Promises {
    /// Looks whether two values agree; the first that do not are kept. `what` is written only then.
    pub fn equal<T: PartialEq + Display>(
        &mut self,
        promise: StoryPromise,
        what: impl FnOnce() -> String,
        expected: T,
        got: T,
    ) {
        let kept = expected == got;
        self.that(promise, kept, || {
            format!("{}: expected {expected}, got {got}", what())
        });
    }

    /// Looks whether something holds.
    pub fn that(&mut self, promise: StoryPromise, kept: bool, breach: impl FnOnce() -> String) {
        let looks = self.looked.entry(promise).or_default();
        looks.count = looks.count.saturating_add(1);
        if !kept && looks.breach.is_none() {
            looks.breach = Some(breach());
        }
    }

    /// The first promise found broken so far, and how.
    pub fn first_breach(&self) -> Option<String> {
        StoryPromise::ALL.iter().find_map(|(promise, name)| {
            let breach = self.looked.get(promise)?.breach.as_ref()?;
            Some(format!("{name}: {breach}"))
        })
    }

    /// The list for people. A promise that nothing was compared for is not kept: the check itself would be broken.
    pub fn checks(&self) -> Vec<CheckedPromise> {
        let check = |(promise, name): &(StoryPromise, &str)| {
            let looks = self.looked.get(promise);
            let breach = looks.and_then(|looks| looks.breach.clone());
            let count = looks.map_or(0, |looks| looks.count);
            CheckedPromise {
                name: (*name).to_owned(),
                passed: count > 0 && breach.is_none(),
                detail: breach.unwrap_or_else(|| format!("{count} comparisons")),
            }
        };
        StoryPromise::ALL.iter().map(check).collect()
    }
}
