//! Codes, meters, accounts and reports: grids of several sizes.

use anyhow::Result;
use gridpact_client::{Message, Registry, Sender, Settlement};
use gridpact_e2e::{artifact, prosumer, Devnet, Grid, GridPlan, Person};
use gridpact_market::{FeeId, FeeKind};
use gridpact_types::asset::Asset;
use gridpact_types::registry::bounds::{MAX_ADMISSIONS, MAX_PROPOSALS_OF_OWNER};
use gridpact_types::registry::meters::Admission;
use gridpact_types::settlement::accounts::{CommunityAccount, Destination, FeeAccount};
use gridpact_units::{Amount, BasisPoints, Slot};

use crate::bursts;
use crate::gas_meter::GasMeter;
use crate::readings::Summer;

/// The first interval of a single-interval report: noon, when there is most to share.
const NOON: usize = 48;
const DAY: u16 = 96;
/// What every slot has, base units: enough for some days.
const DEPOSIT: u128 = 50_000_000;

/// Stores the three codes.
pub async fn codes(devnet: &Devnet, meter: &mut GasMeter) -> Result<()> {
    let deployer = devnet.role("deployer")?;
    for name in ["pledge-escrow", "meter-registry", "energy-settlement"] {
        let wasm = artifact(name)?;
        let store = [Message::Store { wasm }];
        meter
            .row(&format!("store {name}"), &deployer, &store, &[], 0)
            .await?;
    }
    Ok(())
}

/// A grid from its first message to the last, with reports of one interval and of a day.
pub async fn measure(devnet: &Devnet, meter: &mut GasMeter, meters: usize) -> Result<()> {
    let operator = &devnet.people(1, 0).await?[0].sender;
    let payer = devnet.role("payer")?;
    let asset = Asset::native("ueur");
    let plan = plan(asset.clone(), payer.address());
    let from = devnet.chain().latest().await?.height;
    let grid = Grid::make(operator, &format!("gas {meters}"), &plan).await?;
    if meters == 10 {
        meter
            .made("instantiate meter-registry and energy-settlement", from)
            .await?;
    }
    let owners = devnet
        .people(meters.div_ceil(MAX_PROPOSALS_OF_OWNER as usize), 0)
        .await?;
    let chain = devnet.chain();
    let settlement = Settlement::new(chain, &grid.settlement);
    let registry = Registry::new(chain, &grid.registry);
    let both = [grid.registry.as_str(), grid.settlement.as_str()];

    if meters == 10 {
        meters_one_by_one(meter, &registry, &grid, &owners[0], &both).await?;
        grid.admit(&owners[1..], 1).await?;
    } else {
        if meters == 1_000 {
            many_meters(meter, &registry, &grid, &owners, &both).await?;
        }
        let known = registry.config().await?.slots as usize;
        grid.admit(
            &owners[known.div_ceil(MAX_PROPOSALS_OF_OWNER as usize)..],
            meters - known,
        )
        .await?;
    }
    let slots = u32::try_from(meters)?;
    grid.deposit(&payer, 0..slots - 1, DEPOSIT).await?;
    let deposit = [settlement.deposit(Slot(slots - 1), &asset, Amount(DEPOSIT))?];
    let name = format!("deposit, one of {meters}");
    meter.row(&name, &payer, &deposit, &both, 0).await?;

    let summer = Summer::load()?;
    // Twice, since the first settlement of a grid also begins its books.
    for (row, from) in [(false, NOON), (true, NOON + 1)] {
        let next = grid.until_reportable(1).await?;
        let bytes = grid.write(&next, summer.readings(meters, from, 1), 0)?;
        let message = [grid.report(&bytes)?];
        if row {
            let name = format!("report, {meters} meters x 1 interval");
            meter.row(&name, &payer, &message, &both, meters as u64).await?;
        } else {
            payer.send(&message).await?;
        }
    }
    let next = grid.until_reportable(DAY).await?;
    let bytes = grid.write(&next, summer.readings(meters, 0, DAY.into()), 0)?;
    let message = [grid.report(&bytes)?];
    let name = format!("report, {meters} meters x 96 intervals");
    meter
        .row(&name, &payer, &message, &both, (meters * usize::from(DAY)) as u64)
        .await?;
    ending(meter, &grid, &registry, &settlement, &payer, &owners[0], meters).await?;
    if meters == 1_000 {
        bursts::measure(meter, &grid, &payer, &summer, meters).await?;
    }
    Ok(())
}

/// What happens after a window: it becomes final, people withdraw, fees are swept, silence is closed.
async fn ending(
    meter: &mut GasMeter,
    grid: &Grid,
    registry: &Registry,
    settlement: &Settlement,
    payer: &Sender,
    owner: &Person,
    meters: usize,
) -> Result<()> {
    let both = [grid.registry.as_str(), grid.settlement.as_str()];
    let chain = payer.chain();
    chain.advance(3_600).await?;
    let finalise = [settlement.finalise(None)?];
    meter
        .row(
            &format!("finalise, {meters} meters x 96"),
            payer,
            &finalise,
            &both,
            0,
        )
        .await?;
    let withdraw = [settlement.withdraw(Slot(0), None)?];
    meter
        .row(
            &format!("withdraw, one of {meters}"),
            &owner.sender,
            &withdraw,
            &both,
            0,
        )
        .await?;
    if meters == 10 {
        hand_over(meter, grid, registry, &owner.sender, &both).await?;
        let sweep = [settlement.sweep(CommunityAccount::Fee { id: FeeId(1) })?];
        meter.row("sweep a fee", payer, &sweep, &both, 0).await?;
        chain.advance(31 * 86_400).await?;
        let close = [registry.close_gap()?];
        meter.row("close a gap", payer, &close, &both, 0).await?;
    }
    Ok(())
}

/// Another operator, in two steps.
async fn hand_over(
    meter: &mut GasMeter,
    grid: &Grid,
    registry: &Registry,
    heir: &Sender,
    both: &[&str],
) -> Result<()> {
    let offer = [registry.hand_over(heir.address())?];
    meter
        .row("hand over the grid", &grid.operator, &offer, both, 0)
        .await?;
    let accept = [registry.take_over()?];
    meter.row("take over the grid", heir, &accept, both, 0).await?;
    Ok(())
}

/// Proposals and admissions, one and eight.
async fn meters_one_by_one(
    meter: &mut GasMeter,
    registry: &Registry,
    grid: &Grid,
    owner: &Person,
    both: &[&str],
) -> Result<()> {
    let propose = |from: usize, to: usize| -> Result<Vec<Message>> {
        (from..to)
            .map(|number| Ok(registry.propose_meter(prosumer(&format!("gas one by one {number}")))?))
            .collect()
    };
    meter
        .row("propose a meter", &owner.sender, &propose(0, 1)?, both, 0)
        .await?;
    let admit = [registry.admit_meters(vec![Admission::of(1)], None)?];
    meter
        .row("admit a meter", &grid.operator, &admit, both, 0)
        .await?;
    meter
        .row("propose 8 meters", &owner.sender, &propose(1, 9)?, both, 0)
        .await?;
    let dropped = [registry.drop_proposal(9)?];
    meter
        .row("drop a proposal", &owner.sender, &dropped, both, 0)
        .await?;
    owner.sender.send(&propose(9, 10)?).await?;
    let numbers = (2..=8).chain([10]);
    let admit = [registry.admit_meters(numbers.map(Admission::of).collect(), None)?];
    meter
        .row("admit 8 meters", &grid.operator, &admit, both, 0)
        .await?;
    Ok(())
}

/// The largest admission, beside 512 meters that are there.
async fn many_meters(
    meter: &mut GasMeter,
    registry: &Registry,
    grid: &Grid,
    owners: &[Person],
    both: &[&str],
) -> Result<()> {
    grid.admit(owners, 512).await?;
    let numbers = grid.propose(&owners[64..80], MAX_ADMISSIONS).await?;
    let admit = [registry.admit_meters(numbers.into_iter().map(Admission::of).collect(), None)?];
    meter
        .row("admit 128 meters beside 512", &grid.operator, &admit, both, 0)
        .await?;
    Ok(())
}

/// The usual grid, with one fee.
fn plan(asset: Asset, purse: &str) -> GridPlan {
    let mut plan = GridPlan::usual(asset, purse);
    plan.policy.fees = vec![FeeKind::BasisPoints(BasisPoints(100)).of(1)];
    plan.fees = vec![FeeAccount {
        id: FeeId(1),
        label: "network".to_owned(),
        destination: Destination::Account {
            address: purse.to_owned(),
        },
    }];
    plan
}
