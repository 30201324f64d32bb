//! Everything that can be read, against the model.

use std::collections::{BTreeMap, BTreeSet};

use gridpact_types::escrow::answers::{MilestoneStatus, PledgeResponse, ProjectResponse};
use gridpact_types::escrow::terms::ProjectId;

use super::life::Life;
use super::project::Project;

impl Life {
    pub fn check(&self) {
        self.escrow.check_books();
        let now = self.escrow.now();
        for (project, number) in self.projects.iter().zip(1..) {
            let told = self.escrow.project(number);
            check_project(&told, project, now);
            check_milestones(&told, project, now);
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
    assert_eq!(told.drawable.0, project.drawable(now));
    assert_eq!(told.defects_end.map(|at| at.0), project.released_at());
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
    let (told, worth) = (&told.milestones, project.worth(now));
    assert_eq!(told.len(), worth.len());
    for (position, (told, (amount, retained))) in told.iter().zip(worth).enumerate() {
        assert_eq!((told.amount.0, told.retained.0), (amount, retained));
        let submitted = project.submitted.get(position).copied();
        assert_eq!(told.submitted_at.map(|at| at.0), submitted);
        let status = match submitted {
            None => MilestoneStatus::Pending,
            Some(at) if now < at + project.deal.review => MilestoneStatus::Submitted,
            Some(_) if project.drawn == 0 => MilestoneStatus::Payable,
            // A draw takes everything payable, so only what was reviewed since the last is not drawn.
            Some(_) if project.drawable(now) == 0 => MilestoneStatus::Paid,
            Some(_) => continue,
        };
        assert_eq!(told.status, status, "milestone {position}");
    }
}
