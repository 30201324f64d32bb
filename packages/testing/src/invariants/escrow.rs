//! The promises of section 3.

use cosmwasm_std::{HexBinary, Uint256};
use gridpact_types::escrow::answers::{AssetBooksResponse, DisplacedPledge, Phase, PledgeResponse};
use gridpact_types::escrow::terms::Terms;
use sha2::{Digest, Sha256};

use super::greatest_set::greatest_set;
use super::seen::Seen;
use super::work;
use crate::breach::{Breach, Breaches, Invariant};
use crate::escrow::Escrow;
use crate::ledger::escrow::{of, EscrowLedger};
use crate::world::World;

/// What is broken of an escrow's promises.
pub(crate) fn breaches(world: &World, ledger: &EscrowLedger) -> Vec<Breach> {
    let escrow = Escrow {
        addr: ledger.addr.clone(),
    };
    let mut breaches = Breaches::of(format!("escrow {}", escrow.addr));
    let books = escrow.books(world, world.money().asset());
    let mut projects = AssetBooksResponse::default();
    for project in 1..=escrow.projects(world) {
        let money = escrow.project_books(world, project);
        for (sum, more) in [
            (&mut projects.pledged, money.pledged.0),
            (&mut projects.bonds, money.bond.0),
            (&mut projects.revenue, money.revenue.0),
            (&mut projects.paid, money.paid.0),
            (&mut projects.refunded, money.refunded.0),
            (&mut projects.held, money.claimable.0 + money.locked.0),
        ] {
            *sum += Uint256::from(more);
        }
        let Some(ledger) = ledger.projects.get(&project) else {
            breaches.add(
                Invariant::EscrowBooks,
                format!("project {project}: no event told of it"),
            );
            continue;
        };
        let state = escrow.project(world, project).expect("the project exists");
        let seen = Seen {
            name: format!("project {project}"),
            ledger,
            books: money,
            terms: Terms::from_bytes(&state.terms).expect("terms of a known version"),
            state,
            pledges: escrow.pledges(world, project),
            now: world.now(),
        };
        seen.check_terms(&mut breaches);
        seen.check_books(&mut breaches);
        seen.check_set(&mut breaches);
        let displaced = escrow.displaced(world, project);
        seen.check_claims(&mut breaches, &displaced);
        seen.check_returned(&mut breaches);
        work::check(&seen, &mut breaches);
    }
    breaches.same(
        Invariant::EscrowBooks,
        "the asset's books, from the projects'",
        books,
        projects,
    );
    let holding = world.balance(&escrow.addr).0;
    if Uint256::from(holding) < books.held {
        let detail = format!("holding: {holding}, expected at least {}", books.held);
        breaches.add(Invariant::EscrowHolding, detail);
    }
    breaches.list
}

impl Seen<'_> {
    /// What was hashed at the opening is what is answered now.
    fn check_terms(&self, breaches: &mut Breaches) {
        let hash = HexBinary::from(Sha256::digest(&self.state.terms).to_vec());
        let what = format!("{}: hash of its terms", self.name);
        breaches.same(Invariant::Terms, &what, &self.state.terms_hash, &hash);
        let what = format!("{what}, from its event");
        breaches.same(Invariant::Terms, &what, &self.ledger.terms_hash, &hash.to_hex());
    }

    fn check_books(&self, breaches: &mut Breaches) {
        let (ledger, books) = (self.ledger, &self.books);
        let came = books.pledged.0 + books.bond.0 + books.revenue.0;
        let went = books.paid.0 + books.refunded.0 + books.claimable.0 + books.locked.0;
        breaches.same(
            Invariant::EscrowBooks,
            &format!("{}: came in", self.name),
            came,
            went,
        );
        let from_events = [
            ("pledged", books.pledged, ledger.pledged.values().sum()),
            ("bond", books.bond, ledger.bond),
            ("revenue", books.revenue, ledger.revenue),
            (
                "paid",
                books.paid,
                ledger.drawn + ledger.revenue_claimed.values().sum::<u128>(),
            ),
            ("refunded", books.refunded, ledger.refunded.values().sum()),
        ];
        for (what, got, expected) in from_events {
            let what = format!("{}: {what}, from the transactions", self.name);
            breaches.same(Invariant::EscrowBooks, &what, got.0, expected);
        }
        for pledge in &self.pledges {
            let what = format!("{}: pledge of {}", self.name, pledge.pledger);
            let expected = ledger.standing(&pledge.pledger);
            breaches.same(Invariant::EscrowBooks, &what, pledge.amount.0, expected);
        }
        let standing: u128 = self.pledges.iter().map(|pledge| pledge.amount.0).sum();
        breaches.same(
            Invariant::EscrowBooks,
            &format!("{}: sum of the pledges", self.name),
            self.state.pledged.0,
            standing,
        );
    }

    /// The set, found anew from the pledges; what it came to; and what each member paid.
    fn check_set(&self, breaches: &mut Breaches) {
        let (state, name) = (&self.state, &self.name);
        let inside = greatest_set(&self.pledges);
        let members: Vec<&PledgeResponse> = self.pledges.iter().filter(|pledge| pledge.consistent).collect();
        let told: Vec<&str> = members.iter().map(|pledge| pledge.pledger.as_str()).collect();
        breaches.same(Invariant::GreatestSet, name, told, inside);
        let sum: u128 = members.iter().map(|pledge| pledge.amount.0).sum();
        breaches.same(
            Invariant::GreatestSet,
            &format!("{name}: its sum"),
            state.consistent.0,
            sum,
        );

        let expected = (sum >= self.terms.target.0).then(|| sum.min(self.terms.cap.0));
        let heard = self.ledger.funded.map(|(funded, _)| funded);
        breaches.same(Invariant::Funding, &format!("{name}: its event"), heard, expected);
        // Of a project that failed nothing was taken.
        let expected = expected.filter(|_| state.phase != Phase::Failed);
        let told = state.funded.map(|funded| funded.0);
        breaches.same(Invariant::Funding, &format!("{name}: funded"), told, expected);
        let paid: u128 = self.pledges.iter().map(|pledge| pledge.paid.0).sum();
        breaches.same(
            Invariant::Funding,
            &format!("{name}: sum of what was paid"),
            paid,
            expected.unwrap_or(0),
        );
        for pledge in &self.pledges {
            let paid = of(&self.ledger.room.paid, &pledge.pledger);
            let above = of(&self.ledger.above_cap, &pledge.pledger);
            let what = format!("{name}: {} paid", pledge.pledger);
            let taken = if expected.is_some() { paid } else { 0 };
            breaches.same(Invariant::Funding, &what, pledge.paid.0, taken);
            let left = if heard.is_some() && pledge.consistent {
                pledge.amount.0 - paid
            } else {
                0
            };
            let what = format!("{name}: the cap left of {}", pledge.pledger);
            breaches.same(Invariant::Funding, &what, above, left);
        }
    }

    /// What each can take, and that the books keep just that for them.
    fn check_claims(&self, breaches: &mut Breaches, displaced: &[DisplacedPledge]) {
        let (state, name) = (&self.state, &self.name);
        let mut owed = state.drawable.0;
        for pledge in &self.pledges {
            owed += pledge.refundable.0 - pledge.displaced.0 + pledge.revenue.0;
            let back = of(&self.ledger.refunded, &pledge.pledger) + pledge.refundable.0;
            let ever = of(&self.ledger.pledged, &pledge.pledger);
            let out = of(&self.ledger.displaced, &pledge.pledger);
            let expected = match state.phase {
                Phase::Open => out,
                Phase::Failed => ever,
                _ => ever - pledge.paid.0,
            };
            if state.returned.is_zero() {
                let what = format!("{name}: {}: taken and to take back", pledge.pledger);
                breaches.same(Invariant::Claims, &what, back, expected);
            }
        }
        for owed in displaced {
            let standing = self.pledges.iter().find(|pledge| pledge.pledger == owed.pledger);
            let what = format!(
                "{name}: {}: displaced, in its answer and in the list",
                owed.pledger
            );
            let told = standing.map_or(owed.amount, |pledge| pledge.displaced);
            breaches.same(Invariant::Claims, &what, told, owed.amount);
        }
        owed += displaced.iter().map(|owed| owed.amount.0).sum::<u128>();
        // Revenue is divided by rounding down: less than one unit a pledger waits for the next payment.
        let dust = self.pledges.len() as u128;
        let what = format!("{name}: claimable, against what parties are told");
        breaches.at_least(Invariant::Claims, &what, self.books.claimable.0, owed);
        breaches.at_most(Invariant::Claims, &what, self.books.claimable.0, owed + dust);
    }

    /// What went back to the holders is what verdicts, claims and an early end left of it, to the unit, and each has its part of it by
    /// what it paid, to within a unit a return.
    fn check_returned(&self, breaches: &mut Breaches) {
        let (state, ledger) = (&self.state, self.ledger);
        let funded = state.funded.map_or(0, |funded| funded.0);
        let silent = work::silent(self);
        let returned = state.returned.0;
        let what = format!("{}: returned", self.name);
        breaches.same(Invariant::Claims, &what, returned, work::returned(self));
        if silent == 0 {
            let what = format!("{what}, from its events");
            breaches.same(Invariant::Claims, &what, ledger.returned, returned);
        }
        let mut sum = 0;
        for pledge in &self.pledges {
            if funded == 0 {
                return;
            }
            let ever = of(&ledger.pledged, &pledge.pledger);
            let back = of(&ledger.refunded, &pledge.pledger) + pledge.refundable.0;
            let part = back - (ever - pledge.paid.0);
            sum += part;
            let returns = (state.milestones.len() as u128) + 1 + u128::from(ledger.awards) + 4;
            let apart = wide(part, funded).abs_diff(wide(returned, pledge.paid.0));
            if apart >= wide(funded, returns) {
                let detail = format!("{}: {} gets {part} of {returned} back", self.name, pledge.pledger);
                breaches.add(Invariant::Claims, detail);
            }
        }
        let what = format!("{}: returned to all together", self.name);
        breaches.same(Invariant::Claims, &what, sum, returned);
    }
}

fn wide(a: u128, b: u128) -> Uint256 {
    Uint256::from(a) * Uint256::from(b)
}
