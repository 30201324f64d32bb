//! What the escrow answers.

mod books;
mod disputes;
mod milestones;
mod payees;
mod pledges;
mod projects;

pub use books::{AssetBooksResponse, BooksResponse};
pub use disputes::{ClaimResponse, ClaimStatus, ClaimsResponse, ObjectionResponse, ObjectionsResponse};
pub use milestones::{MilestoneResponse, MilestoneStatus, OfferResponse, VotesResponse};
pub use payees::{Held, HeldWhy, PayeeResponse, PayeesResponse};
pub use pledges::{
    DisplacedPledge, DisplacedResponse, IfPledgedResponse, PledgeResponse, PledgesOfResponse,
    PledgesResponse, ProjectPledge,
};
pub use projects::{ConfigResponse, Ended, Phase, ProjectResponse, ProjectsResponse, StandingResponse};
