//! What a silence costs whoever ends it: as many windows as one message makes final, all at once.

use anyhow::{ensure, Result};
use gridpact_client::{Sender, Settlement};
use gridpact_e2e::Grid;
use gridpact_types::settlement::bounds::MAX_FINALISED;

use crate::gas_meter::GasMeter;
use crate::readings::Summer;

/// The grid's challenge period.
const CHALLENGE: u64 = 3_600;

/// Windows of one interval each, carried together so that their time ends together; the next report makes all of them final.
pub async fn measure(
    meter: &mut GasMeter,
    grid: &Grid,
    payer: &Sender,
    summer: &Summer,
    meters: usize,
) -> Result<()> {
    let windows = u16::try_from(MAX_FINALISED)?;
    grid.until_reportable(windows).await?;
    for _ in 0..windows {
        carry(grid, payer, summer, meters).await?;
    }
    payer.chain().advance(CHALLENGE).await?;
    let next = grid.until_reportable(1).await?;
    let ended = Settlement::new(payer.chain(), &grid.settlement)
        .ended()
        .await?
        .windows;
    ensure!(
        ended == MAX_FINALISED,
        "expected {MAX_FINALISED} windows whose time is over, got {ended}"
    );
    let bytes = grid.write(&next, summer.readings(meters, 0, 1), 0)?;
    let name = format!("report, {meters} meters x 1 interval, which makes {windows} windows final");
    let both = [grid.registry.as_str(), grid.settlement.as_str()];
    meter.row(&name, payer, &[grid.report(&bytes)?], &both, 0).await?;
    Ok(())
}

async fn carry(grid: &Grid, payer: &Sender, summer: &Summer, meters: usize) -> Result<()> {
    let next = grid.next_report().await?;
    let bytes = grid.write(&next, summer.readings(meters, 0, 1), 0)?;
    payer.send(&[grid.report(&bytes)?]).await?;
    Ok(())
}
