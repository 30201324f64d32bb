//! The books, against what every party is told and what came and went.

use gridpact_types::escrow::answers::{AssetBooksResponse, BooksResponse, ConfigResponse, PledgeResponse};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::ProjectId;

use super::Escrow;

impl Escrow {
    /// What the books say, against what every party is told and what the contract must have.
    pub fn check_books(&self) {
        let config: ConfigResponse = self.ask(QueryMsg::Config {});
        let mut sums = AssetBooksResponse::default();
        for project in 1..=config.projects {
            let books = self.books(project);
            self.check_project(project, &books);
            for (sum, amount) in [
                (&mut sums.pledged, books.pledged.0),
                (&mut sums.revenue, books.revenue.0),
                (&mut sums.paid, books.paid.0),
                (&mut sums.refunded, books.refunded.0),
                (&mut sums.held, books.claimable.0 + books.locked.0),
            ] {
                sum.0 += amount;
            }
        }
        let asset = self.asset.clone();
        let books: AssetBooksResponse = self.ask(QueryMsg::Books { asset });
        assert_eq!(books, sums, "the asset's books are the projects'");
        assert_eq!(
            books.held.0,
            self.holding(),
            "what is held is what came and did not go"
        );
    }

    fn check_project(&self, project: ProjectId, books: &BooksResponse) {
        let came = books.pledged.0 + books.revenue.0;
        let went = books.paid.0 + books.refunded.0;
        assert_eq!(came, went + books.claimable.0 + books.locked.0, "{books:?}");
        let pledges = self.pledges(project);
        let (mut refundable, mut revenue) = (self.project(project).drawable.0, 0);
        for pledge in &pledges {
            refundable += pledge.refundable.0;
            revenue += pledge.revenue.0;
        }
        for (_, pledger) in self.displaced.iter().filter(|(of, _)| *of == project) {
            if pledges.iter().all(|pledge| pledge.pledger != *pledger) {
                let pledger = pledger.clone();
                let answer = self.try_ask::<PledgeResponse>(QueryMsg::Pledge { project, pledger });
                // No answer: everything was taken back.
                refundable += answer.map_or(0, |answer| answer.refundable.0);
            }
        }
        let unclaimed = books.claimable.0 - refundable;
        assert!(
            unclaimed >= revenue && unclaimed - revenue <= pledges.len().saturating_sub(1) as u128,
            "claimable less what parties are told: {unclaimed}, revenue they are told: {revenue}"
        );
        if books.revenue.0 == 0 {
            assert_eq!(unclaimed, 0, "without revenue nothing is rounded");
        }
    }
}
