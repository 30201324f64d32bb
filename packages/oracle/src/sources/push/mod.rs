//! Readings that meters or gateways send by HTTP: `POST /v1/readings`, a token each.

pub mod body;
pub mod rate;
pub mod server;
