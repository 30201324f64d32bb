//! The service killed at every point that it names, again and again: `scripts/long oracle`.

mod account;
mod rounds;
mod silence;
