//! Tests share one chain and its clock, so they take turns, whatever the number of threads.

use anyhow::Result;
use gridpact_e2e::Devnet;
use tokio::sync::{Mutex, MutexGuard};

static TURN: Mutex<()> = Mutex::const_new(());

/// The chain, for as long as the guard lives.
pub async fn devnet() -> Result<(MutexGuard<'static, ()>, Devnet)> {
    let turn = TURN.lock().await;
    Ok((turn, Devnet::connect().await?))
}
