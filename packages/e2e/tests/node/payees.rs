//! A payee whom the chain's bank refuses to pay.

use anyhow::{Context, Result};
use cosmrs::AccountId;
use gridpact_client::Settlement;
use gridpact_e2e::{Grid, GridPlan, Recomputed};
use gridpact_market::{FeeId, FeeKind};
use gridpact_types::asset::Asset;
use gridpact_types::settlement::accounts::{CommunityAccount, Destination, FeeAccount};
use gridpact_units::{BasisPoints, Energy, Reading, Slot};
use sha2::{Digest, Sha256};

use crate::alone;

/// The address of a module of the chain: the bank sends nothing there.
fn module(prefix: &str, name: &str) -> Result<String> {
    let address = AccountId::new(prefix, &Sha256::digest(name.as_bytes())[..20]);
    Ok(address.map_err(|error| anyhow::anyhow!("{error}"))?.to_string())
}

#[tokio::test]
async fn a_payee_the_bank_refuses_stops_nobody_else() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let chain = devnet.chain();
    let people = devnet.people(3, 0).await?;
    let [operator, seller, buyer] = people.as_slice() else {
        anyhow::bail!("three people")
    };
    let fund = devnet.person()?;
    let refused = module(&chain.network().prefix, "fee_collector")?;
    let mut plan = GridPlan::usual(Asset::native("ueur"), fund.address());
    plan.policy.fees = vec![
        FeeKind::BasisPoints(BasisPoints(500)).of(1),
        FeeKind::BasisPoints(BasisPoints(200)).of(2),
    ];
    let to = |id, label: &str, address: &str| FeeAccount {
        id: FeeId(id),
        label: label.to_owned(),
        destination: Destination::Account {
            address: address.to_owned(),
        },
    };
    plan.fees = vec![to(1, "refused", &refused), to(2, "fund", fund.address())];
    let grid = Grid::make(&operator.sender, "payees", &plan).await?;
    for owner in [seller, buyer] {
        grid.admit(core::slice::from_ref(owner), 1).await?;
    }
    let settlement = Settlement::new(chain, &grid.settlement);
    grid.deposit(&devnet.role("payer")?, 0..2, 1_000_000).await?;

    // 1 kWh at 0.20: 200,000 base units, of which the fees take 10,000 and 4,000.
    let next = grid.until_reportable(1).await?;
    let give = Reading::measured(Energy(0), Energy(1_000_000));
    let take = Reading::measured(Energy(1_000_000), Energy(0));
    let report = grid.report(&grid.write(&next, vec![give, take], 0)?)?;
    operator.sender.send(&[report]).await?;
    chain.advance(plan.challenge_period.0).await?;
    operator.sender.send(&[settlement.finalise(None)?]).await?;

    let sweep = |id| settlement.sweep(CommunityAccount::Fee { id: FeeId(id) });
    let error = operator
        .sender
        .send(&[sweep(1)?])
        .await
        .err()
        .context("a module was paid")?;
    assert!(
        error.to_string().contains("not allowed to receive funds"),
        "{error}"
    );
    let community = settlement.community().await?;
    assert_eq!(
        community.fees[0].amount.0, 10_000,
        "the refused money stays where it is"
    );

    operator.sender.send(&[sweep(2)?]).await?;
    assert_eq!(chain.balance(fund.address(), "ueur").await?, 4_000);
    for (owner, slot, owed) in [(seller, Slot(0), 1_186_000), (buyer, Slot(1), 800_000)] {
        owner.sender.send(&[settlement.withdraw(slot, None)?]).await?;
        assert_eq!(chain.balance(owner.address(), "ueur").await?, owed);
    }
    assert_eq!(chain.balance(&grid.settlement, "ueur").await?, 10_000);
    let books = Recomputed::read(chain, &grid.registry, &grid.settlement).await?;
    books.check(chain).await
}
