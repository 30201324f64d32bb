//! A report that a quorum has signed: what anybody may carry to the chain.

use gridpact_types::registry::committee::Signature;

use crate::draft::Draft;

/// A report and its signatures. [`Gathering`](crate::gathering::Gathering) makes one whose signatures are checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Certificate {
    /// The report.
    pub draft: Draft,
    /// The quorum's signatures, members ascending, as the registry takes them.
    pub signatures: Vec<Signature>,
}

impl Certificate {
    /// The members who signed.
    pub fn members(&self) -> Vec<u8> {
        let members = self.signatures.iter().map(|signature| signature.member);
        members.collect()
    }
}
