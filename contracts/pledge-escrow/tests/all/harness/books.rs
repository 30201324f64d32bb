//! The books, against what every party is told and what came and went.

use cosmwasm_std::Uint256;
use gridpact_types::escrow::answers::{
    AssetBooksResponse, BooksResponse, ConfigResponse, PayeeResponse, PayeesResponse,
};
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
                (&mut sums.bonds, books.bond.0),
                (&mut sums.revenue, books.revenue.0),
                (&mut sums.paid, books.paid.0),
                (&mut sums.refunded, books.refunded.0),
                (&mut sums.held, books.claimable.0 + books.locked.0),
            ] {
                *sum += Uint256::from(amount);
            }
        }
        let asset = self.asset.clone();
        let books: AssetBooksResponse = self.ask(QueryMsg::Books { asset });
        assert_eq!(books, sums, "the asset's books are the projects'");
        assert_eq!(
            books.held,
            self.holding(),
            "what is held is what came and did not go"
        );
    }

    fn check_project(&self, project: ProjectId, books: &BooksResponse) {
        let came = books.pledged.0 + books.bond.0 + books.revenue.0;
        let went = books.paid.0 + books.refunded.0;
        assert_eq!(came, went + books.claimable.0 + books.locked.0, "{books:?}");
        let (pledges, displaced) = (self.pledges(project), self.displaced(project));
        let payees: PayeesResponse = self.ask(QueryMsg::Payees { project });
        let of = |amount: fn(&PayeeResponse) -> u128| payees.payees.iter().map(amount).sum::<u128>();
        let drawable = self.project(project).drawable.0;
        assert_eq!(of(|payee| payee.drawable.0), drawable, "what payees are told");
        // What is held back of payees is less than what is locked: what no milestone was submitted for is nobody's yet.
        let held = of(|payee| payee.held.iter().map(|held| held.amount.0).sum());
        assert!(held <= books.locked.0, "{held} held back of {books:?}");
        let (mut refundable, mut revenue) = (drawable, 0);
        for pledge in &pledges {
            refundable += pledge.refundable.0 - pledge.displaced.0;
            revenue += pledge.revenue.0;
            let listed = displaced.iter().find(|owed| owed.pledger == pledge.pledger);
            assert_eq!(listed.map_or(0, |owed| owed.amount.0), pledge.displaced.0);
        }
        refundable += displaced.iter().map(|owed| owed.amount.0).sum::<u128>();
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
