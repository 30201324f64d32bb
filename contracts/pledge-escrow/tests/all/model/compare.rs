//! Everything that can be read, against the model.

use std::collections::{BTreeMap, BTreeSet};

use gridpact_escrow_model::project::Project;
use gridpact_types::escrow::answers::{
    ClaimsResponse, MilestoneStatus, PayeesResponse, PledgeResponse, ProjectResponse, VotesResponse,
};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::Amount;

use super::life::Life;

impl Life {
    pub fn check(&mut self) {
        self.escrow.check_books();
        let now = self.escrow.now();
        self.projects.iter_mut().for_each(|project| project.catch_up(now));
        for (project, number) in self.projects.iter().zip(1..) {
            let told = self.escrow.project(number);
            check_project(&told, project, now);
            check_milestones(&told, project, now);
            if project.accepted_at.is_some() {
                self.check_payees(project, number, now);
                self.check_votes(&told, project, number, now);
            }
            self.check_pledges(project, number, now);
        }
    }

    fn check_pledges(&self, project: &Project, number: ProjectId, now: u64) {
        let told = self.escrow.pledges(number);
        let told: BTreeMap<&str, &PledgeResponse> = told
            .iter()
            .map(|pledge| (pledge.pledger.as_str(), pledge))
            .collect();
        assert_eq!(told.len(), project.pledges.len());
        for (name, pledge) in &project.pledges {
            let address = self.escrow.addr(name);
            let told = told[address.as_str()];
            let taken = if project.taken(now) > 0 { pledge.paid } else { 0 };
            let displaced = project.owed_of_displaced(name);
            let expected = [
                pledge.amount,
                taken,
                project.of_pledge(now, name) + displaced,
                displaced,
                project.claimable(now, name),
            ];
            let got = [
                told.amount,
                told.paid,
                told.refundable,
                told.displaced,
                told.revenue,
            ];
            assert_eq!(got.map(|amount| amount.0), expected, "{name}");
            assert_eq!(told.consistent, pledge.place.is_none(), "{name}");
            let asks = pledge.asks.as_sent(|name| self.escrow.addr(name).into_string());
            assert_eq!(told.condition, asks, "{name}");
        }
        let told = self.escrow.displaced(number);
        let told: BTreeMap<String, u128> = told
            .into_iter()
            .map(|owed| (owed.pledger, owed.amount.0))
            .collect();
        let address = |name: &String| self.escrow.addr(name).into_string();
        let displaced = project
            .displaced
            .iter()
            .map(|(name, owed)| (address(name), *owed));
        assert_eq!(told, displaced.collect());
    }
}

fn check_project(told: &ProjectResponse, project: &Project, now: u64) {
    let taken = project.taken(now);
    assert_eq!(told.phase, project.phase(now));
    assert_eq!(told.funded_at.map(|at| at.0), project.funded.map(|(at, _)| at));
    assert_eq!(told.funded.map(|funded| funded.0), (taken > 0).then_some(taken));
    assert_eq!(told.accepted_at.map(|at| at.0), project.accepted_at);
    assert_eq!(told.drawable.0, project.drawable(now).iter().sum());
    let period = project.defects();
    assert_eq!(
        told.defects_end.map(|at| at.0),
        period
            .filter(|_| project.accepted_at.is_some())
            .map(|(_, end)| end)
    );
    assert_eq!((told.bond.0, told.returned.0), (project.bond, project.returned));
    let ended = told.ended.map(|ended| (ended.at.0, ended.forfeited.0));
    assert_eq!(ended, project.ended);
    assert_eq!(told.next_due.map(|at| at.0), project.next_due(now));
    assert_eq!(told.retention_left.0, project.retention_left(now));
    assert_eq!(told.open_claims, project.open_claims());
    let set = project.found();
    let amount = |name: &String| project.pledges[name].amount;
    assert_eq!(
        (told.consistent.0, told.consistent_pledges as usize),
        (set.iter().map(amount).sum(), set.len())
    );
    assert_eq!(
        (told.pledged.0, told.pledges as usize),
        (project.pledges.keys().map(amount).sum(), project.pledges.len())
    );
    let inside = project
        .pledges
        .iter()
        .filter(|(_, pledge)| pledge.place.is_none());
    let inside: BTreeSet<String> = inside.map(|(name, _)| name.clone()).collect();
    assert_eq!(inside, set, "nobody drops out");
    let paid: u128 = project.pledges.values().map(|pledge| pledge.paid).sum();
    assert_eq!(paid, project.funded.map_or(0, |(_, total)| total));
}

fn check_milestones(told: &ProjectResponse, project: &Project, now: u64) {
    let (told, amounts) = (&told.milestones, project.amounts(now));
    assert_eq!(told.len(), amounts.len());
    for (position, (told, amount)) in told.iter().zip(amounts).enumerate() {
        let (kept, work) = (project.kept(position, amount), project.works.get(position));
        let retained: u128 = project
            .division(position, kept)
            .iter()
            .map(|(_, retained)| retained)
            .sum();
        assert_eq!(
            (told.amount.0, told.kept.0, told.retained.0),
            (amount, kept, retained)
        );
        assert_eq!(told.due.0, project.due(position, now));
        assert_eq!(told.submitted_at.map(|at| at.0), work.map(|work| work.at));
        assert_eq!(
            told.disputed_at.map(|at| at.0),
            work.and_then(|work| work.disputed_at)
        );
        let decided = told.decided.map(|decided| (decided.at.0, decided.kept.0));
        let expected = work.and_then(|work| work.decided);
        assert_eq!(decided, expected.map(|decided| (decided.at, decided.kept)));
        let objected = work.map_or(0, |work| project.tally(&work.objecting));
        assert_eq!(told.objected.0, objected);
        if let Some(status) = expected_status(project, position, kept, now) {
            assert_eq!(told.status, status, "milestone {position}");
        }
    }
}

/// Where everything is retained, when it counts as paid is not said.
fn expected_status(project: &Project, position: usize, kept: u128, now: u64) -> Option<MilestoneStatus> {
    let Some(work) = project.works.get(position) else {
        return Some(MilestoneStatus::Pending);
    };
    if !project.is_settled(position, now) {
        let disputed = work.disputed_at.is_some();
        return Some(if disputed {
            MilestoneStatus::Disputed
        } else {
            MilestoneStatus::Submitted
        });
    }
    if kept == 0 && work.decided.is_some() {
        return Some(MilestoneStatus::Returned);
    }
    let division = project.division(position, kept).into_iter();
    let with_part: Vec<_> = division
        .zip(&project.payees)
        .filter(|((net, retained), _)| net + retained > 0)
        .collect();
    if with_part.iter().any(|((net, _), _)| *net == 0) {
        return None;
    }
    let drew = with_part
        .iter()
        .all(|(_, payee)| payee.drew_of.contains(&position));
    Some(if drew {
        MilestoneStatus::Paid
    } else {
        MilestoneStatus::Payable
    })
}

impl Life {
    fn check_payees(&self, project: &Project, number: ProjectId, now: u64) {
        let told: PayeesResponse = self.escrow.ask(QueryMsg::Payees { project: number });
        let expected = project.payees.iter().zip(project.drawable(now));
        let got = told.payees.iter().map(|payee| {
            let next = payee.moving_to.clone();
            (payee.address.clone(), next, payee.drawn.0, payee.drawable.0)
        });
        let address = |name: &String| self.escrow.addr(name).into_string();
        let expected = expected.map(|(payee, drawable)| {
            let next = payee.next.as_ref().map(address);
            (address(&payee.name), next, payee.drawn, drawable)
        });
        assert!(got.eq(expected));
        // What each was, is and may still be paid is all that there is for them.
        let held: u128 = told
            .payees
            .iter()
            .flat_map(|payee| &payee.held)
            .map(|held| held.amount.0)
            .sum();
        let amounts = project.amounts(now).into_iter().enumerate();
        let mut whole: u128 = amounts
            .filter(|(position, _)| *position < project.works.len())
            .map(|(position, amount)| project.kept(position, amount))
            .sum();
        whole += project.bond - project.ended.map_or(0, |(_, forfeited)| forfeited);
        let had: u128 = told
            .payees
            .iter()
            .map(|payee| payee.drawn.0 + payee.drawable.0)
            .sum();
        assert_eq!(had + held + project.awarded(), whole);
    }

    fn check_votes(&self, told: &ProjectResponse, project: &Project, number: ProjectId, now: u64) {
        let offer = told
            .offer
            .map(|offer| (offer.number, offer.proposal, offer.consented.0));
        let expected = project.offer.map(|proposal| {
            let consented = project.tally(&project.consents);
            (project.offers, proposal, consented)
        });
        assert_eq!(offer, expected);
        assert_eq!(told.end_consented.0, project.tally(&project.want_end));
        let claims: ClaimsResponse = self.escrow.ask(QueryMsg::Claims {
            project: number,
            start_after: None,
            limit: None,
        });
        let got = claims.claims.iter().map(|claim| {
            let open = claim.decide_until.map(|at| at.0);
            let decided = claim.decided.map(|decided| (decided.at.0, decided.kept.0));
            (
                claim.claim,
                claim.amount.0,
                claim.supported.0,
                open,
                decided,
                claim.awarded.0,
            )
        });
        let limit = project.deal.decider.map_or(0, |decider| decider.limit);
        let expected = project.claims.iter().take(30).map(|(number, claim)| {
            let open = claim.open_at.map(|at| at + limit);
            let decided = claim.decided.map(|(decided, _)| (decided.at, decided.kept));
            let award = claim.decided.map_or(0, |(_, award)| award);
            (
                *number,
                claim.amount,
                project.tally(&claim.supporting),
                open,
                decided,
                award,
            )
        });
        assert!(got.eq(expected));
        for name in project.pledges.keys().take(6) {
            let votes: VotesResponse = self.escrow.ask(QueryMsg::Votes {
                project: number,
                pledger: self.escrow.addr(name).into_string(),
            });
            let objects = (0..).zip(&project.works);
            let objects = objects.filter(|(_, work)| work.objecting.contains(name));
            let expected = VotesResponse {
                paid: Amount(project.weight(now, name)),
                objects_to: objects.map(|(milestone, _)| milestone).collect(),
                consents: project.offer.is_some() && project.consents.contains(name),
                wants_end: project.want_end.contains(name),
                supports: project.supported(name),
            };
            assert_eq!(votes, expected, "{name}");
        }
    }
}
