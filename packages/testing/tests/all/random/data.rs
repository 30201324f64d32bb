//! What can happen.

use gridpact_escrow_model::messages;

/// The people, by name. The first four have homes; the first six pledge; the seventh builds; the eighth is the community's
/// purse; the ninth pays revenue and gives gifts.
pub const PEOPLE: [&str; 18] = [
    "A",
    "B",
    "C",
    "D",
    "E",
    "F",
    "contractor",
    "community",
    "stranger",
    "decider",
    "payee 1",
    "payee 2",
    "payee 3",
    "payee 4",
    "payee 5",
    "payee 6",
    "payee 7",
    "payee 8",
];
/// How many of them pledge.
pub const PLEDGERS: usize = 6;
/// Where rounding goes.
pub const COMMUNITY: usize = 7;
/// Who pays revenue and gives gifts.
pub const STRANGER: usize = 8;
/// What everybody begins with: more than the largest project takes.
pub const PURSE: u128 = 10_u128.pow(34);

/// Who has this name.
pub fn person(name: &str) -> usize {
    PEOPLE.iter().position(|other| *other == name).unwrap()
}

/// One thing that happens. A person is a position in [`PEOPLE`].
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Action {
    Pass {
        seconds: u64,
    },
    /// Time passes, or somebody sends the project something: what this comes to follows from where the project is.
    Step {
        seed: u64,
    },
    /// What a step came to, where it is a message.
    Project(messages::Action),
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

/// The kinds of action that are messages of the grid, or concern both.
pub const KINDS: [&str; 11] = [
    "deposit",
    "withdraw",
    "report",
    "report again",
    "close gap",
    "finalise",
    "sweep rounding",
    "sweep fee",
    "join",
    "gift",
    "pass",
];
/// Those that nothing can refuse.
pub const NEVER_REFUSED: [&str; 5] = ["report again", "close gap", "finalise", "gift", "pass"];

impl Action {
    /// What kind it is.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Pass { .. } | Self::Block { .. } | Self::Unblock { .. } => "pass",
            Self::Step { .. } => "step",
            Self::Project(action) => action.message.kind(),
            Self::Deposit { .. } => "deposit",
            Self::Withdraw { .. } => "withdraw",
            Self::Report { .. } => "report",
            Self::ReportAgain => "report again",
            Self::CloseGap => "close gap",
            Self::Finalise { .. } => "finalise",
            Self::SweepRounding => "sweep rounding",
            Self::SweepFee => "sweep fee",
            Self::Join => "join",
            Self::Gift { .. } => "gift",
        }
    }
}
