//! What people send, and terms, in sentences.

use core::fmt;

use gridpact_types::escrow::disputes::{Dispute, Proposal};

use crate::conditions::Asks;
use crate::deal::{Deal, Who, DAY};
use crate::messages::Message;

/// `day 3, 04:05:06`, of so many seconds.
pub struct At(pub u64);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = self.0;
        let [days, hours, minutes, seconds] =
            [since / DAY, since % DAY / 3_600, since % 3_600 / 60, since % 60];
        write!(f, "day {days}, {hours:02}:{minutes:02}:{seconds:02}")
    }
}

/// A message, in a world that began at this second.
pub struct Told<'a>(pub &'a Message, pub u64);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Message::Pledge { amount, asks } => write!(f, "pledges {amount}{asks}"),
            Message::Restate(asks) => write!(f, "now pledges{asks}"),
            Message::Accept { bond } => write!(f, "accepts with a bond of {bond}"),
            Message::Submit { milestone, short } => {
                let hash = if *short {
                    ", with a hash that is too short"
                } else {
                    ""
                };
                write!(f, "submits milestone {milestone}{hash}")
            }
            Message::Object { milestone } => write!(f, "objects to milestone {milestone}"),
            Message::WithdrawObjection { milestone } => {
                write!(f, "takes the objection to milestone {milestone} back")
            }
            Message::Decide { dispute, kept } => {
                write!(f, "decides {}: {kept} of 10,000 kept", name(*dispute))
            }
            Message::Offer(Proposal::Split { dispute, kept }) => {
                write!(
                    f,
                    "offers to settle {}: {} of 10,000 kept",
                    name(*dispute),
                    kept.0
                )
            }
            Message::Offer(Proposal::Due { milestone, due }) => {
                write!(f, "offers milestone {milestone} for {}", At(due.0 - self.1))
            }
            Message::Offer(Proposal::End {}) => write!(f, "offers to end together"),
            Message::WithdrawOffer => write!(f, "takes the offer back"),
            Message::Consent { offer } => write!(f, "consents to offer {offer}"),
            Message::ConsentToEnd => write!(f, "wants the end"),
            Message::ClaimDefects { amount } => write!(f, "claims {amount} for a defect"),
            Message::Support { claim } => write!(f, "supports claim {claim}"),
            Message::WithdrawSupport => write!(f, "takes support back"),
            Message::Move { payee, to } => write!(f, "names {to} to be paid as payee {payee}"),
            Message::Confirm { payee } => write!(f, "confirms to be paid as payee {payee}"),
            Message::Draw { payee } => write!(f, "draws as payee {payee}"),
            Message::Terminate => write!(f, "ends it"),
            Message::Refund => write!(f, "takes money back"),
            Message::Revenue(amount) => write!(f, "pays revenue of {amount}"),
            Message::Claim => write!(f, "claims revenue"),
        }
    }
}

fn name(dispute: Dispute) -> String {
    match dispute {
        Dispute::Milestone { milestone } => format!("milestone {milestone}"),
        Dispute::Claim { claim } => format!("claim {claim}"),
    }
}

impl fmt::Display for Asks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, least) in &self.parties {
            write!(f, ", if {name} pledges {least}")?;
        }
        if let Some((count, least)) = self.pledgers {
            write!(f, ", if {count} pledge {least} each")?;
        }
        match self.total {
            Some(total) => write!(f, ", if all pledge {total}"),
            None => Ok(()),
        }
    }
}

/// Terms, in a world that began at this second.
pub struct ToldTerms<'a>(pub &'a Deal, pub u64);

impl fmt::Display for ToldTerms<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(deal, began) = *self;
        write!(f, "{} to {} ", deal.target, deal.cap)?;
        match &deal.who {
            Who::Anybody { minimum } => write!(f, "of anybody from {minimum} on")?,
            Who::Named(parties) => write!(f, "of {parties:?}")?,
        }
        write!(
            f,
            " until {}, accepted within {} s",
            At(deal.deadline - began),
            deal.accept_within
        )?;
        write!(f, " with a bond of {}", deal.bond)?;
        for ((share, due), parts) in deal.shares.iter().zip(&deal.due).zip(&deal.parts) {
            write!(f, "; {share} of 10,000 for {}", At(due - began))?;
            if !parts.is_empty() {
                write!(f, ", of which payees {parts:?}")?;
            }
        }
        write!(
            f,
            "; {} of 10,000 retained; review {} s",
            deal.retention, deal.review
        )?;
        write!(f, ", defects {} s, grace {} s", deal.defects, deal.grace)?;
        write!(f, "; {} of 10,000 consent", deal.consent)?;
        match deal.decider {
            None => write!(f, "; nobody decides"),
            Some(decider) => write!(
                f,
                "; {} of 10,000 object, decided within {} s, else {} kept",
                decider.objection, decider.limit, decider.silence
            ),
        }
    }
}
