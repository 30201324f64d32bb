//! `gridpact-oracle check`: everything that can be known before it runs.

pub mod findings;
pub mod grid;
pub mod machine;
pub mod run;
