//! The escrow: a project from its opening to the last claim.

use anyhow::{bail, Result};
use cosmwasm_std::HexBinary;
use gridpact_client::{Escrow, Message, Sender};
use gridpact_e2e::{Devnet, Person, Stored};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::messages::InstantiateMsg;
use gridpact_types::escrow::terms::{
    Admission, Condition, MilestoneTerms, NamedParty, PartyCondition, Terms, TERMS_VERSION,
};
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};

use crate::gas_meter::GasMeter;
use crate::{crowd, long_list, quarrels};

/// What each pledges: 10,000 of a coin with six decimals.
pub const PLEDGE: Amount = Amount(10_000_000_000);
pub const DAY: u64 = 86_400;

/// Measures every message of the escrow.
pub async fn measure(devnet: &Devnet, meter: &mut GasMeter) -> Result<()> {
    let deployer = devnet.role("deployer")?;
    let chain = devnet.chain();
    let asset = Asset::native("ueur");
    let code = Stored::find_or_store(&deployer, "pledge-escrow").await?;
    let salt = b"gas";
    let address = code.address(chain, deployer.address(), salt)?;
    let init = InstantiateMsg {
        assets: vec![asset.clone()],
    };
    let Message::Instantiate2 {
        code_id,
        label,
        msg,
        salt,
        funds,
        ..
    } = code.instantiate("gas", salt, &init)?
    else {
        bail!("expected the message that makes a contract");
    };
    let make = [Message::Instantiate2 {
        code_id,
        label,
        msg,
        admin: Some(deployer.address().to_owned()),
        salt,
        funds,
    }];
    meter
        .row("instantiate pledge-escrow", &deployer, &make, &[&address], 0)
        .await?;
    let migrate = [Message::Migrate {
        contract: address.clone(),
        code_id,
        msg: b"{}".to_vec(),
    }];
    meter
        .row("migrate to the same code", &deployer, &migrate, &[&address], 0)
        .await?;
    let escrow = Escrow::new(chain, &address);
    let people = devnet.people(3, 3 * PLEDGE.0).await?;
    let contractor = devnet.role("contractor")?;
    life(meter, &escrow, &deployer, &people, &contractor, &asset).await?;
    overdue(meter, &escrow, &people[0], &contractor, &asset).await?;
    long_list::measure(devnet, meter, &escrow, &deployer, &contractor, &asset).await?;
    crowd::measure(devnet, meter, &escrow, &deployer, &contractor, &asset).await?;
    quarrels::measure(devnet, meter, &escrow, &asset).await
}

/// Three neighbours, each pledging if the others do; one milestone; revenue.
async fn life(
    meter: &mut GasMeter,
    escrow: &Escrow,
    sponsor: &Sender,
    people: &[Person],
    contractor: &Sender,
    asset: &Asset,
) -> Result<()> {
    let now = sponsor.chain().latest().await?.time.0;
    let parties = people.iter().map(|person| NamedParty {
        address: person.address().to_owned(),
        amount: PLEDGE,
    });
    let named = Admission::Named {
        parties: parties.collect(),
    };
    let terms = terms(asset, named, Amount(3 * PLEDGE.0), contractor.address(), now);
    let all = [escrow.address()];
    let open = [escrow.open(terms)?];
    meter
        .row("open a project of 3 parties", sponsor, &open, &all, 0)
        .await?;
    let project = escrow.config().await?.projects;
    let hash = escrow.project(project).await?.terms_hash;
    for (index, person) in people.iter().enumerate() {
        let others = people.iter().filter(|other| other.address() != person.address());
        let condition = Condition {
            parties: others
                .map(|other| PartyCondition {
                    address: other.address().to_owned(),
                    at_least: PLEDGE,
                })
                .collect(),
            ..Condition::default()
        };
        let pledge = [escrow.pledge_message(project, hash.clone(), condition, asset, PLEDGE)?];
        let name = [
            "pledge, the first of 3",
            "pledge, the second of 3",
            "pledge, the last of 3: funded",
        ][index];
        meter.row(name, &person.sender, &pledge, &all, 0).await?;
    }
    let accept = [escrow.accept(project, hash)?];
    meter.row("accept", contractor, &accept, &all, 0).await?;
    let evidence = HexBinary::from([7; 32]);
    let submit = [escrow.submit_milestone(
        project,
        0,
        evidence,
        "https://example.org/evidence.pdf".to_owned(),
    )?];
    meter
        .row("submit a milestone", contractor, &submit, &all, 0)
        .await?;
    sponsor.chain().advance(2 * DAY).await?;
    let draw = [escrow.draw(project, 0)?];
    meter.row("draw a milestone", contractor, &draw, &all, 0).await?;
    sponsor.chain().advance(10 * DAY).await?;
    meter
        .row("draw the retention", contractor, &draw, &all, 0)
        .await?;
    let terms_hash = escrow.project(project).await?.terms_hash;
    let revenue = [escrow.pay_revenue(project, terms_hash, asset, Amount(999_999))?];
    meter.row("pay revenue", sponsor, &revenue, &all, 0).await?;
    let claim = [escrow.claim_revenue(project)?];
    meter
        .row("claim revenue", &people[0].sender, &claim, &all, 0)
        .await?;
    Ok(())
}

/// A contractor who does not deliver.
async fn overdue(
    meter: &mut GasMeter,
    escrow: &Escrow,
    pledger: &Person,
    contractor: &Sender,
    asset: &Asset,
) -> Result<()> {
    let chain = contractor.chain();
    let now = chain.latest().await?.time.0;
    let alone = Admission::Named {
        parties: vec![NamedParty {
            address: pledger.address().to_owned(),
            amount: PLEDGE,
        }],
    };
    let terms = terms(asset, alone, PLEDGE, contractor.address(), now);
    pledger.sender.send(&[escrow.open(terms)?]).await?;
    let project = escrow.config().await?.projects;
    let hash = escrow.project(project).await?.terms_hash;
    let pledge = escrow.pledge_message(project, hash.clone(), Condition::default(), asset, PLEDGE)?;
    pledger.sender.send(&[pledge]).await?;
    contractor.send(&[escrow.accept(project, hash)?]).await?;
    // Due after 90 days, with a week of grace.
    chain.advance(98 * DAY).await?;
    let terminate = [escrow.terminate(project)?];
    meter
        .row("terminate", &pledger.sender, &terminate, &[escrow.address()], 0)
        .await?;
    Ok(())
}

/// Terms with one milestone, of everything.
pub fn terms(asset: &Asset, admission: Admission, target: Amount, contractor: &str, now: u64) -> Terms {
    Terms {
        version: TERMS_VERSION,
        title: "A line between three houses".to_owned(),
        description_uri: "https://example.org/line.pdf".to_owned(),
        description_hash: HexBinary::from([1; 32]),
        asset: asset.clone(),
        target,
        cap: target,
        admission,
        deadline: UnixSeconds(now + 30 * DAY),
        contractor: contractor.to_owned(),
        accept_within: Seconds::days(7),
        milestones: vec![MilestoneTerms {
            title: "Built and connected".to_owned(),
            share: BasisPoints(10_000),
            due: UnixSeconds(now + 90 * DAY),
            payees: vec![],
        }],
        grace: Seconds::days(7),
        retention: BasisPoints(500),
        review_period: Seconds::days(1),
        defects_period: Seconds::days(7),
        consent: BasisPoints(6_000),
        decider: None,
        bond: Amount::ZERO,
        payees: vec![],
    }
}
