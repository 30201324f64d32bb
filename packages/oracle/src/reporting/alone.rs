//! A committee of one: this key's signature alone is a certificate.

use cosmwasm_std::Binary;
use gridpact_attest::certificate::Certificate;
use gridpact_attest::draft::Draft;
use gridpact_attest::gathering::Gathering;
use gridpact_client::Key;
use gridpact_types::registry::answers::CommitteeResponse;

use super::chain::ChainSide;
use super::error::ReportError;
use crate::store::signed::SignedDraft;

/// Signs a draft that is in the record. The same draft gives the same signature.
///
/// # Errors
/// As [`committee`]; the draft is none.
pub async fn certify(
    chain: &impl ChainSide,
    key: &Key,
    signed: &SignedDraft,
) -> Result<Certificate, ReportError> {
    let committee = committee(chain, key, signed.epoch).await?;
    let draft = Draft {
        chain_id: chain.chain_id().to_owned(),
        registry: chain.registry().to_owned(),
        report: Binary::from(signed.draft.clone()),
    };
    let signature = draft.sign(key.report_key())?;
    let mut gathering = Gathering::new(draft, committee)?;
    gathering.add(&signature)?;
    Ok(gathering.certificate()?)
}

/// The committee of an epoch, where a key alone makes a quorum of it.
///
/// # Errors
/// The key is no member's; more signatures are needed; the chain does not answer.
pub async fn committee(
    chain: &impl ChainSide,
    key: &Key,
    epoch: u32,
) -> Result<CommitteeResponse, ReportError> {
    let committee = chain.committee(epoch).await?;
    let key = key.public_key();
    let mut members = committee.committee.members.iter();
    if !members.any(|member| member.public_key.as_slice() == key) {
        return Err(ReportError::NotMember {
            epoch,
            key: hex::encode(key),
        });
    }
    let quorum = committee.committee.quorum;
    if quorum > 1 {
        return Err(ReportError::Quorum { epoch, quorum });
    }
    Ok(committee)
}
