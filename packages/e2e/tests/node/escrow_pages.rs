//! The escrow's largest pages.

use anyhow::{Context, Result};
use cosmwasm_std::{HexBinary, Uint256};
use gridpact_client::{Escrow, Options};
use gridpact_e2e::{Person, Stored};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::messages::InstantiateMsg;
use gridpact_types::escrow::terms::{
    Admission, Condition, MilestoneTerms, NamedParty, PartyCondition, Terms, TERMS_VERSION,
};
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};

use crate::alone;

/// Bounds of terms and pages (contracts/pledge-escrow/README.md).
const PARTIES: usize = 128;
const MILESTONES: u16 = 32;
const PARTIES_IN_A_CONDITION: usize = 16;
const PLEDGES_A_PAGE: usize = 100;
/// Terms so long that all of these are more than a page's bytes.
const PROJECTS: usize = 6;

/// Terms as long as terms may be.
fn longest(now: UnixSeconds, contractor: &str, parties: &[String]) -> Terms {
    let deadline = now.plus(Seconds::days(30));
    let milestone = |number: u16| MilestoneTerms {
        title: "m".repeat(128),
        share: BasisPoints(if number == 0 {
            10_000 - 300 * (MILESTONES - 1)
        } else {
            300
        }),
        due: deadline.plus(Seconds::days(u64::from(number) + 8)),
        payees: vec![],
    };
    let party = |address: &String| NamedParty {
        address: address.clone(),
        amount: Amount(1_000),
    };
    Terms {
        version: TERMS_VERSION,
        title: "\"".repeat(64),
        description_uri: format!("ipfs://{}", "u".repeat(505)),
        description_hash: HexBinary::from([7; 32]),
        asset: Asset::native("ueur"),
        target: Amount(1_000 * PARTIES as u128),
        cap: Amount(1_000 * PARTIES as u128),
        admission: Admission::Named {
            parties: parties.iter().map(party).collect(),
        },
        deadline,
        contractor: contractor.to_owned(),
        accept_within: Seconds::days(7),
        milestones: (0..MILESTONES).map(milestone).collect(),
        grace: Seconds::days(7),
        retention: BasisPoints(1_000),
        review_period: Seconds::days(7),
        defects_period: Seconds::days(30),
        consent: BasisPoints(6_000),
        decider: None,
        bond: Amount::ZERO,
        payees: vec![],
    }
}

/// Asks for the sixteen parties after this one.
fn longest_condition(parties: &[String], pledger: usize) -> Condition {
    let party = |step: usize| PartyCondition {
        address: parties[(pledger + step) % PARTIES].clone(),
        at_least: Amount(1_000),
    };
    Condition {
        parties: (1..=PARTIES_IN_A_CONDITION).map(party).collect(),
        ..Condition::default()
    }
}

#[tokio::test]
async fn the_largest_pages_of_the_longest_terms_stay_within_a_querys_gas() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let chain = devnet.chain();
    let people: Vec<Person> = devnet.people(PLEDGES_A_PAGE + 2, 1_000_000).await?;
    let (maker, pledgers) = people[1..].split_first().context("people")?;
    let code = Stored::find_or_store(&maker.sender, "pledge-escrow").await?;
    let assets = vec![Asset::native("ueur")];
    maker
        .sender
        .send(&[code.instantiate("pages", b"pages", &InstantiateMsg { assets })?])
        .await?;
    let escrow = Escrow::new(chain, &code.address(chain, maker.address(), b"pages")?);

    let mut parties: Vec<String> = pledgers
        .iter()
        .map(|person| person.address().to_owned())
        .collect();
    for other in parties.len()..PARTIES {
        // Addresses of the longest kind, which nobody holds.
        parties.push(code.address(chain, maker.address(), &other.to_be_bytes())?);
    }
    let terms = longest(chain.latest().await?.time, people[0].address(), &parties);
    let mut opened = Vec::new();
    for _ in 0..PROJECTS {
        opened.push(maker.sender.submit(&[escrow.open(terms.clone())?]).await?);
    }
    for opened in opened {
        let opened = chain.wait(&opened).await?.result()?;
        assert!(opened.gas_used < 50_000_000, "{} gas to open", opened.gas_used);
    }
    let hash = escrow.project(1).await?.terms_hash;
    let mut pledged = Vec::new();
    for (number, pledger) in pledgers.iter().enumerate() {
        let condition = longest_condition(&parties, number);
        let message = escrow.pledge_message(1, hash.clone(), condition, &terms.asset, Amount(1_000))?;
        // A pledge costs more the more wait before it; a simulation does not see those under way.
        let options = Options {
            gas: Some(8_000_000),
            ..Options::default()
        };
        pledged.push(
            pledger
                .sender
                .clone()
                .with_options(options)
                .submit(&[message])
                .await?,
        );
    }
    let mut dearest = 0;
    for pledged in pledged {
        dearest = dearest.max(chain.wait(&pledged).await?.result()?.gas_used);
    }
    println!("a pledge with {PARTIES_IN_A_CONDITION} parties in its condition beside {PLEDGES_A_PAGE} that wait: {dearest} gas");

    let page = escrow
        .pledges(1, None, Some(u32::try_from(PLEDGES_A_PAGE)?))
        .await?;
    // It ends where its conditions are much to read; the pages behind have the rest.
    assert!(
        (1..PLEDGES_A_PAGE).contains(&page.pledges.len()) && page.more,
        "{} pledges, more: {}",
        page.pledges.len(),
        page.more
    );
    assert_eq!(escrow.all_pledges(1).await?.len(), PLEDGES_A_PAGE);
    let page = escrow.projects(None, None).await?;
    assert!(
        (1..PROJECTS).contains(&page.projects.len()),
        "{}",
        page.projects.len()
    );
    assert!(page.more);
    assert_eq!(escrow.all_projects().await?.len(), PROJECTS);
    let pledge = escrow.pledge(1, &parties[0]).await?;
    assert_eq!(pledge.condition.parties.len(), PARTIES_IN_A_CONDITION);
    assert_eq!(
        escrow.project_books(1).await?.pledged.0,
        1_000 * PLEDGES_A_PAGE as u128
    );
    assert_eq!(
        escrow.books(&terms.asset).await?.held,
        Uint256::from(1_000 * PLEDGES_A_PAGE as u128)
    );
    assert_eq!(escrow.config().await?.projects, PROJECTS as u64);
    Ok(())
}
