//! Whether enough distinct members of a committee signed a digest.

/// Most members of a committee: their signers fit one `u32`.
pub const MAX_MEMBERS: usize = 32;

/// One member's signature of a digest.
///
/// Its bytes are no identity: of a signature (r, s), (r, -s) verifies too, and anybody can make one of the other. Who
/// signed is counted by `member` alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Index of the signer in the committee's list of keys.
    pub member: u8,
    /// ECDSA over secp256k1: r and s, 32 bytes each, most significant first.
    pub signature: [u8; 64],
}

/// Why signatures do not certify a digest.
#[derive(thiserror::Error, Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuorumError {
    /// The committee or its quorum is none that the protocol allows.
    #[error("committee: expected 1 to {MAX_MEMBERS} members and a quorum of more than two thirds, got {members} and {quorum}")]
    Threshold {
        /// Members of the committee.
        members: usize,
        /// Signatures asked for.
        quorum: usize,
    },
    /// Too few signatures.
    #[error("signatures: expected at least {expected}, got {got}")]
    TooFew {
        /// The quorum.
        expected: usize,
        /// Signatures given.
        got: usize,
    },
    /// An index outside the committee.
    #[error("signer: expected a member below {members}, got {got}")]
    UnknownMember {
        /// Members of the committee.
        members: usize,
        /// Index given.
        got: u8,
    },
    /// A member twice, or not in ascending order.
    #[error("signers: expected a member after {previous}, got {got}")]
    NotAscending {
        /// Member before.
        previous: u8,
        /// Member given.
        got: u8,
    },
    /// A signature that the member's key did not make over this digest.
    #[error("signature of member {member}: expected one of the digest under the member's key, got another")]
    Invalid {
        /// Index of the member.
        member: u8,
    },
}

/// True where 1 <= `members` <= [`MAX_MEMBERS`] and `quorum` of them are more than two thirds, and not more than all.
///
/// More than two thirds: two quorums then share more than a third of the committee, so two conflicting reports show
/// that many double signers.
pub fn threshold_allowed(members: usize, quorum: usize) -> bool {
    (1..=MAX_MEMBERS).contains(&members)
        && quorum <= members
        && quorum.saturating_mul(3) > members.saturating_mul(2)
}

/// The signers as a bit set (bit i: member i), where at least `quorum` distinct members validly signed `digest`.
///
/// Members come in strictly ascending order, so none counts twice. Every signature must be valid, also one beyond the
/// quorum: a carrier pays for all, and a list has no part that nobody looked at. Counts are checked before the first call of
/// `verify`, which costs. `verify` gets digest, signature and key, and must accept s and -s alike, as chains do.
pub fn check_quorum<K: AsRef<[u8]>>(
    committee_keys: &[K],
    quorum: usize,
    digest: &[u8; 32],
    signatures: &[Signature],
    mut verify: impl FnMut(&[u8; 32], &[u8; 64], &[u8]) -> bool,
) -> Result<u32, QuorumError> {
    let members = committee_keys.len();
    if !threshold_allowed(members, quorum) {
        return Err(QuorumError::Threshold { members, quorum });
    }
    if signatures.len() < quorum {
        return Err(QuorumError::TooFew {
            expected: quorum,
            got: signatures.len(),
        });
    }
    check_order(signatures)?;
    let mut signers = 0_u32;
    for Signature { member, signature } in signatures {
        let unknown = QuorumError::UnknownMember {
            members,
            got: *member,
        };
        let key = committee_keys.get(usize::from(*member)).ok_or(unknown)?;
        if !verify(digest, signature, key.as_ref()) {
            return Err(QuorumError::Invalid { member: *member });
        }
        signers |= 1_u32.checked_shl((*member).into()).ok_or(unknown)?;
    }
    Ok(signers)
}

fn check_order(signatures: &[Signature]) -> Result<(), QuorumError> {
    let next = signatures.iter().skip(1);
    match signatures
        .iter()
        .zip(next)
        .find(|(earlier, later)| earlier.member >= later.member)
    {
        Some((earlier, later)) => Err(QuorumError::NotAscending {
            previous: earlier.member,
            got: later.member,
        }),
        None => Ok(()),
    }
}
