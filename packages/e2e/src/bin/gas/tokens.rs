//! What is dearer where a project or a grid pays with a cw20 token: money comes in and goes out through its contract.

use anyhow::Result;
use cosmwasm_std::HexBinary;
use gridpact_client::{Escrow, Settlement};
use gridpact_e2e::{Devnet, Grid, GridPlan, Person, Stored, Token};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::messages::InstantiateMsg;
use gridpact_types::escrow::terms::{Admission, Condition, NamedParty};
use gridpact_units::{Amount, Slot};

use crate::gas_meter::GasMeter;
use crate::projects::{terms, DAY, PLEDGE};

/// Measures what pays in and out, with a token of its own.
pub async fn measure(devnet: &Devnet, meter: &mut GasMeter) -> Result<()> {
    let people = devnet.people(2, 0).await?;
    let [pledger, contractor] = [&people[0], &people[1]];
    let token = Token::make(&pledger.sender, b"gas", &[pledger.address()], 3 * PLEDGE.0).await?;
    project(meter, &token, pledger, contractor).await?;
    slot(meter, &token, pledger).await
}

/// A project of one pledger.
async fn project(meter: &mut GasMeter, token: &Token, pledger: &Person, contractor: &Person) -> Result<()> {
    let (chain, asset) = (pledger.sender.chain(), Asset::cw20(&token.address));
    let code = Stored::find_or_store(&pledger.sender, "pledge-escrow").await?;
    let salt = b"gas of tokens";
    let init = InstantiateMsg {
        assets: vec![asset.clone()],
    };
    let make = code.instantiate("gas of tokens", salt, &init)?;
    pledger.sender.send(&[make]).await?;
    let escrow = Escrow::new(chain, &code.address(chain, pledger.address(), salt)?);
    let both = [escrow.address(), token.address.as_str()];

    let alone = Admission::Named {
        parties: vec![NamedParty {
            address: pledger.address().to_owned(),
            amount: PLEDGE,
        }],
    };
    let now = chain.latest().await?.time.0;
    let terms = terms(&asset, alone, PLEDGE, contractor.address(), now);
    pledger.sender.send(&[escrow.open(terms)?]).await?;
    let hash = escrow.project(1).await?.terms_hash;
    let pledge = [escrow.pledge_message(1, hash.clone(), Condition::default(), &asset, PLEDGE)?];
    meter
        .row(
            "pledge a token, alone: funded",
            &pledger.sender,
            &pledge,
            &both,
            0,
        )
        .await?;
    let evidence = HexBinary::from([7; 32]);
    let deliver = [
        escrow.accept(1, hash.clone())?,
        escrow.submit_milestone(1, 0, evidence, "https://example.org/evidence.pdf".to_owned())?,
    ];
    contractor.sender.send(&deliver).await?;
    chain.advance(2 * DAY).await?;
    let draw = [escrow.draw(1, 0)?];
    meter
        .row("draw a milestone in a token", &contractor.sender, &draw, &both, 0)
        .await?;
    let revenue = [escrow.pay_revenue(1, hash, &asset, Amount(999_999))?];
    meter
        .row("pay revenue in a token", &pledger.sender, &revenue, &both, 0)
        .await?;
    Ok(())
}

/// A slot of a grid.
async fn slot(meter: &mut GasMeter, token: &Token, owner: &Person) -> Result<()> {
    let asset = Asset::cw20(&token.address);
    let plan = GridPlan::usual(asset.clone(), owner.address());
    let grid = Grid::make(&owner.sender, "gas of tokens", &plan).await?;
    grid.admit(core::slice::from_ref(owner), 1).await?;
    let settlement = Settlement::new(owner.sender.chain(), &grid.settlement);
    let both = [grid.settlement.as_str(), token.address.as_str()];
    let deposit = [settlement.deposit(Slot(0), &asset, PLEDGE)?];
    meter
        .row("deposit a token", &owner.sender, &deposit, &both, 0)
        .await?;
    let withdraw = [settlement.withdraw(Slot(0), None)?];
    meter
        .row("withdraw a token", &owner.sender, &withdraw, &both, 0)
        .await?;
    Ok(())
}
