//! What can happen.

/// The people, by name. The first four have homes and pledge; the fifth builds; the sixth is the community's purse; the
/// seventh pays revenue and gives gifts.
pub const PEOPLE: [&str; 7] = ["A", "B", "C", "D", "contractor", "community", "stranger"];
/// Who builds.
pub const CONTRACTOR: usize = 4;
/// Where rounding goes.
pub const COMMUNITY: usize = 5;
/// Who pays revenue and gives gifts.
pub const STRANGER: usize = 6;
/// What everybody begins with.
pub const PURSE: u128 = 10_000;

/// One thing that happens. A person is a position in [`PEOPLE`].
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Action {
    Pass {
        seconds: u64,
    },
    Pledge {
        who: usize,
        amount: u128,
        asks: usize,
    },
    Accept {
        who: usize,
    },
    Submit {
        who: usize,
    },
    Draw {
        who: usize,
    },
    Terminate,
    ClaimRefund {
        who: usize,
    },
    PayRevenue {
        amount: u128,
    },
    ClaimRevenue {
        who: usize,
    },
    Deposit {
        slot: u32,
        amount: u128,
    },
    Withdraw {
        slot: u32,
        who: usize,
        amount: Option<u128>,
    },
    Report {
        intervals: u16,
        seed: u64,
        signers: u8,
    },
    ReportAgain,
    CloseGap,
    Finalise {
        limit: u32,
    },
    SweepRounding,
    SweepFee,
    Join,
    Gift {
        to_escrow: bool,
        amount: u128,
    },
    Block {
        who: usize,
    },
    Unblock {
        who: usize,
    },
}

/// The kinds of action that are messages.
pub const KINDS: [&str; 19] = [
    "pledge",
    "accept",
    "submit",
    "draw",
    "terminate",
    "claim_refund",
    "pay_revenue",
    "claim_revenue",
    "deposit",
    "withdraw",
    "report",
    "report_again",
    "close_gap",
    "finalise",
    "sweep_rounding",
    "sweep_fee",
    "join",
    "gift",
    "pass",
];
/// Those that nothing can refuse.
pub const NEVER_REFUSED: [&str; 5] = ["report_again", "close_gap", "finalise", "gift", "pass"];

impl Action {
    /// What kind it is.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Pass { .. } | Self::Block { .. } | Self::Unblock { .. } => "pass",
            Self::Pledge { .. } => "pledge",
            Self::Accept { .. } => "accept",
            Self::Submit { .. } => "submit",
            Self::Draw { .. } => "draw",
            Self::Terminate => "terminate",
            Self::ClaimRefund { .. } => "claim_refund",
            Self::PayRevenue { .. } => "pay_revenue",
            Self::ClaimRevenue { .. } => "claim_revenue",
            Self::Deposit { .. } => "deposit",
            Self::Withdraw { .. } => "withdraw",
            Self::Report { .. } => "report",
            Self::ReportAgain => "report_again",
            Self::CloseGap => "close_gap",
            Self::Finalise { .. } => "finalise",
            Self::SweepRounding => "sweep_rounding",
            Self::SweepFee => "sweep_fee",
            Self::Join => "join",
            Self::Gift { .. } => "gift",
        }
    }
}
