//! The escrow: everything that is said of a project under way, with three holders and with as many as there can be. One project is
//! built in spite of disputes and claims, one ends before its last milestone.

use anyhow::{Context, Result};
use cosmwasm_std::HexBinary;
use gridpact_client::{Escrow, Message, Options, Sender};
use gridpact_e2e::{Devnet, Person};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::bounds::{MAX_MILESTONES, MAX_PAYEES, MAX_PLEDGES};
use gridpact_types::escrow::disputes::{ClaimId, Dispute, Proposal, Reason};
use gridpact_types::escrow::terms::{
    Admission, Condition, DeciderTerms, MilestoneTerms, PayeePart, ProjectId, Terms,
};
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};

use crate::gas_meter::GasMeter;
use crate::projects::{terms, DAY};

/// What all holders but the last pledge: a main unit.
const UNIT: u128 = 1_000_000;
/// Gas for two pledges in one transaction.
const PLEDGING_GAS: u64 = 3_000_000;
/// Most claims before the decider at once.
const CLAIMS: usize = 4;

/// How much there is of everything.
#[derive(Clone, Copy)]
struct Size {
    holders: usize,
    milestones: u32,
    payees: u32,
}

/// A household's project, and the largest there can be.
const SIZES: [Size; 2] = [
    Size {
        holders: 3,
        milestones: 3,
        payees: 1,
    },
    Size {
        holders: MAX_PLEDGES as usize,
        milestones: MAX_MILESTONES as u32,
        payees: MAX_PAYEES as u32,
    },
];

/// Measures every message about a project under way.
pub async fn measure(devnet: &Devnet, meter: &mut GasMeter, escrow: &Escrow, asset: &Asset) -> Result<()> {
    for size in SIZES {
        let cast = Cast::gather(devnet, size, asset).await?;
        let built = cast.open(meter, escrow).await?;
        let ended = cast.open(meter, escrow).await?;
        let mut scene = Scene {
            meter,
            escrow,
            cast: &cast,
        };
        scene.fund([built, ended]).await?;
        scene.agree(built).await?;
        scene.dispute(built, ended).await?;
        scene.pay(built).await?;
        scene.claim(built).await?;
        scene.close(built).await?;
        scene.end(ended).await?;
    }
    Ok(())
}

/// Who takes part.
struct Cast {
    size: Size,
    asset: Asset,
    /// All but one pledge a unit; two of these can object.
    small: Vec<Person>,
    /// More than the consent share.
    large: Person,
    contractor: Person,
    decider: Person,
    payees: Vec<Person>,
}

impl Cast {
    async fn gather(devnet: &Devnet, size: Size, asset: &Asset) -> Result<Self> {
        let small = devnet.people(size.holders - 1, 2 * UNIT).await?;
        let large = devnet.people(1, 3 * Self::most(size)).await?;
        let others = devnet.people(2, 2 * UNIT).await?;
        let payees = devnet.people(size.payees as usize, 0).await?;
        let [large] = <[Person; 1]>::try_from(large).ok().context("one holder")?;
        let [contractor, decider] = <[Person; 2]>::try_from(others).ok().context("two people")?;
        Ok(Self {
            size,
            asset: asset.clone(),
            small,
            large,
            contractor,
            decider,
            payees,
        })
    }

    /// What the large holder pledges: twice what a list full of units comes to.
    fn most(size: Size) -> u128 {
        2 * size.holders as u128 * UNIT
    }

    /// An open call that the large pledge brings above its target.
    fn terms(&self, now: u64) -> Result<Terms> {
        let size = self.size;
        let units = 3 * size.holders - 1;
        let part = 9_999 / (size.payees + 1);
        let of_payee = |payee: u32| -> Result<PayeePart> {
            let part = BasisPoints(u16::try_from(part)?);
            Ok(PayeePart { payee, part })
        };
        let milestone = MilestoneTerms {
            title: "Built and connected".to_owned(),
            share: BasisPoints(u16::try_from(10_000 / size.milestones)?),
            due: UnixSeconds(now + 90 * DAY),
            payees: (1..=size.payees).map(of_payee).collect::<Result<_>>()?,
        };
        let mut milestones = vec![milestone; size.milestones as usize];
        milestones[0].share.0 += u16::try_from(10_000 % size.milestones)?;
        let target = Amount(size.holders as u128 * UNIT);
        let admission = Admission::Open {
            minimum: Amount(UNIT),
        };
        Ok(Terms {
            cap: Amount(Self::most(size) + (size.holders as u128 - 1) * UNIT),
            milestones,
            // One and a half of the small holders.
            decider: Some(DeciderTerms {
                address: self.decider.address().to_owned(),
                time_limit: Seconds::days(2),
                objection: BasisPoints(u16::try_from(15_000 / units)?),
                silence: BasisPoints(5_000),
            }),
            bond: Amount(UNIT),
            payees: self
                .payees
                .iter()
                .map(|payee| payee.address().to_owned())
                .collect(),
            ..terms(&self.asset, admission, target, self.contractor.address(), now)
        })
    }

    async fn open(&self, meter: &mut GasMeter, escrow: &Escrow) -> Result<ProjectId> {
        let (sender, size) = (&self.contractor.sender, self.size);
        let now = sender.chain().latest().await?.time.0;
        let open = [escrow.open(self.terms(now)?)?];
        let name = format!("open, {} milestones, {} payees", size.milestones, size.payees);
        if meter.has(&name) {
            sender.send(&open).await?;
        } else {
            meter.row(&name, sender, &open, &[escrow.address()], 0).await?;
        }
        Ok(escrow.config().await?.projects)
    }
}

/// A project of a size, being measured.
struct Scene<'a> {
    meter: &'a mut GasMeter,
    escrow: &'a Escrow,
    cast: &'a Cast,
}

impl Scene<'_> {
    /// Sends and writes down.
    async fn row(&mut self, what: &str, by: &Sender, messages: &[Message]) -> Result<()> {
        let name = format!("{what}, of {} holders", self.cast.size.holders);
        let all = [self.escrow.address()];
        self.meter.row(&name, by, messages, &all, 0).await?;
        Ok(())
    }

    /// Everybody pledges to both, a transaction each; the contractor accepts both.
    async fn fund(&mut self, projects: [ProjectId; 2]) -> Result<()> {
        let (cast, escrow) = (self.cast, self.escrow);
        let mut pledges = vec![];
        let mut hashes = vec![];
        for project in projects {
            let hash = escrow.project(project).await?.terms_hash;
            let pledge = |amount| {
                escrow.pledge_message(
                    project,
                    hash.clone(),
                    Condition::default(),
                    &cast.asset,
                    Amount(amount),
                )
            };
            pledges.push((pledge(UNIT)?, pledge(Cast::most(cast.size))?));
            hashes.push(hash);
        }
        let small: Vec<Message> = pledges.iter().map(|(small, _)| small.clone()).collect();
        let options = Options {
            gas: Some(PLEDGING_GAS),
            ..Options::default()
        };
        let mut waiting = Vec::with_capacity(cast.small.len());
        for person in &cast.small {
            let sender = person.sender.clone().with_options(options.clone());
            waiting.push(sender.submit(&small).await?);
        }
        let chain = cast.contractor.sender.chain();
        for submitted in waiting {
            chain.wait(&submitted).await?.result().context("a pledge")?;
        }
        let [first, second] = <[(Message, Message); 2]>::try_from(pledges)
            .ok()
            .context("two projects")?;
        let large = &cast.large.sender;
        self.row("pledge above the target: funded", large, &[first.1])
            .await?;
        large.send(&[second.1]).await?;
        let accept = |at: usize| {
            let hash = hashes[at].clone();
            escrow.accept_with_bond(projects[at], hash, &cast.asset, Amount(UNIT))
        };
        let contractor = &cast.contractor.sender;
        self.row("accept with a bond", contractor, &[accept(0)?]).await?;
        contractor.send(&[accept(1)?]).await?;
        Ok(())
    }

    /// A later date: offered, taken back, offered again and agreed to.
    async fn agree(&mut self, project: ProjectId) -> Result<()> {
        let (cast, escrow) = (self.cast, self.escrow);
        let contractor = &cast.contractor.sender;
        let due = escrow.project(project).await?.next_due.context("a due date")?;
        let due = UnixSeconds(due.0 + 10 * DAY);
        let offer = [escrow.offer(project, Proposal::Due { milestone: 0, due })?];
        self.row("offer a later date", contractor, &offer).await?;
        let back = [escrow.withdraw_offer(project)?];
        self.row("take an offer back", contractor, &back).await?;
        contractor.send(&offer).await?;
        let consent = [escrow.consent(project, 2)?];
        self.row("consent", &cast.small[0].sender, &consent).await?;
        self.row("consent: dates move", &cast.large.sender, &consent)
            .await
    }

    /// Every milestone is submitted, but the last of the project that ends, and disputed; one is decided, one split together.
    async fn dispute(&mut self, built: ProjectId, ended: ProjectId) -> Result<()> {
        let (cast, escrow) = (self.cast, self.escrow);
        let [one, two] = [0, 1].map(|at| &cast.small[at].sender);
        let (contractor, last) = (&cast.contractor.sender, cast.size.milestones - 1);
        let submit = |project, milestone| {
            let uri = "https://example.org/evidence.pdf".to_owned();
            escrow.submit_milestone(project, milestone, HexBinary::from([7; 32]), uri)
        };
        let object = |project, milestone| escrow.object(project, milestone, reason());
        for project in [built, ended] {
            let submits = (0..last).map(|milestone| submit(project, milestone));
            contractor.send(&submits.collect::<Result<Vec<_>, _>>()?).await?;
            for holder in [one, two] {
                let objects = (0..last).map(|milestone| object(project, milestone));
                holder.send(&objects.collect::<Result<Vec<_>, _>>()?).await?;
            }
        }
        self.row("submit the last milestone", contractor, &[submit(built, last)?])
            .await?;
        let objection = [object(built, last)?];
        self.row("object", one, &objection).await?;
        let back = [escrow.withdraw_objection(built, last)?];
        self.row("take an objection back", one, &back).await?;
        one.send(&objection).await?;
        self.row("object: disputed", two, &objection).await?;

        let (dispute, kept) = (Dispute::Milestone { milestone: last }, BasisPoints(6_000));
        let decide = [escrow.decide(built, dispute, kept, reason())?];
        self.row("decide a milestone", &cast.decider.sender, &decide)
            .await?;
        let (dispute, kept) = (Dispute::Milestone { milestone: 0 }, BasisPoints(7_500));
        let offer = [escrow.offer(built, Proposal::Split { dispute, kept })?];
        self.row("offer a split", contractor, &offer).await?;
        let consent = [escrow.consent(built, 3)?];
        self.row("consent: split", &cast.large.sender, &consent).await
    }

    /// Silence decides the other disputes in one second; the first message notes that.
    async fn pay(&mut self, project: ProjectId) -> Result<()> {
        let (cast, escrow) = (self.cast, self.escrow);
        cast.contractor.sender.chain().advance(3 * DAY).await?;
        let refund = [escrow.claim_refund(project)?];
        self.row("claim a refund after silence", &cast.small[0].sender, &refund)
            .await?;
        self.row("claim a refund of verdicts", &cast.small[1].sender, &refund)
            .await?;
        let draw = [escrow.draw(project, 0)?];
        self.row("draw as the contractor", &cast.contractor.sender, &draw)
            .await?;
        let number = cast.size.payees;
        let payee = &cast.payees.last().context("a payee")?.sender;
        let draw = [escrow.draw(project, number)?];
        self.row("draw as a payee", payee, &draw).await?;
        let to = &cast.decider;
        let move_it = [escrow.move_payee(project, number, to.address().to_owned())?];
        self.row("move a payee", payee, &move_it).await?;
        let confirm = [escrow.confirm_move(project, number)?];
        self.row("confirm a move", &to.sender, &confirm).await
    }

    /// As many claims before the decider as there are pairs of holders, at most four.
    async fn claim(&mut self, project: ProjectId) -> Result<()> {
        let (cast, escrow) = (self.cast, self.escrow);
        let claim = [escrow.claim_defects(project, Amount(UNIT / 100), reason())?];
        let support = |number: ClaimId| escrow.support_claim(project, number);
        let mut number = 0;
        for pair in cast.small.chunks_exact(2).take(CLAIMS).skip(1) {
            number += 1;
            pair[0].sender.send(&claim).await?;
            pair[1].sender.send(&[support(number)?]).await?;
        }
        let [one, two] = [0, 1].map(|at| &cast.small[at].sender);
        self.row("claim defects", one, &claim).await?;
        let back = [escrow.withdraw_support(project)?];
        self.row("take support back", one, &back).await?;
        one.send(&claim).await?;
        number += 2;
        self.row("support a claim: disputed", two, &[support(number)?])
            .await?;
        let dispute = Dispute::Claim { claim: number };
        let decide = [escrow.decide(project, dispute, BasisPoints(0), reason())?];
        self.row("decide a claim", &cast.decider.sender, &decide).await
    }

    /// After the defects period: what was retained, and revenue.
    async fn close(&mut self, project: ProjectId) -> Result<()> {
        let (cast, escrow) = (self.cast, self.escrow);
        cast.contractor.sender.chain().advance(10 * DAY).await?;
        let draw = [escrow.draw(project, 0)?];
        self.row("draw what was retained", &cast.contractor.sender, &draw)
            .await?;
        let refund = [escrow.claim_refund(project)?];
        self.row("claim a refund of awards", &cast.small[0].sender, &refund)
            .await?;
        let hash = escrow.project(project).await?.terms_hash;
        let revenue = [escrow.pay_revenue(project, hash, &cast.asset, Amount(UNIT / 2))?];
        self.row("pay revenue", &cast.large.sender, &revenue).await?;
        let claim = [escrow.claim_revenue(project)?];
        self.row("claim revenue", &cast.large.sender, &claim).await
    }

    /// The last milestone does not come.
    async fn end(&mut self, project: ProjectId) -> Result<()> {
        let (cast, escrow) = (self.cast, self.escrow);
        let chain = cast.contractor.sender.chain();
        chain.advance(90 * DAY).await?;
        let vote = [escrow.consent_to_end(project)?];
        self.row("consent to the end after silence", &cast.small[0].sender, &vote)
            .await?;
        self.row("consent to the end", &cast.small[1].sender, &vote)
            .await?;
        chain.advance(8 * DAY).await?;
        let terminate = [escrow.terminate(project)?];
        self.row("terminate", &cast.large.sender, &terminate).await?;
        let refund = [escrow.claim_refund(project)?];
        self.row("claim a refund after the end", &cast.large.sender, &refund)
            .await
    }
}

/// Why, of whatever.
fn reason() -> Reason {
    Reason {
        hash: HexBinary::from([5; 32]),
        uri: "https://example.org/reason.pdf".to_owned(),
    }
}
