//! What happens in a life, as plain data, and how it is drawn.

use gridpact_types::registry::meters::MeterKind;
use proptest::prelude::*;

use crate::harness::{DAY, HOUR, QUARTER};

/// Kind and limits in W of the meters that are proposed: round, odd, at a count's edge, and closed one way.
pub const METERS: [(MeterKind, u32, u32); 5] = [
    (MeterKind::Prosumer, 4_000, 4_000),
    (MeterKind::Prosumer, 4_001, 1),
    (MeterKind::Storage, 3_999, 17_250),
    (MeterKind::Consumer, 3_680, 0),
    (MeterKind::Producer, 0, 9_998),
];

/// A meter's tiers as a buyer and as a seller, of those that all are admitted with: none where it has no limit, and so cannot
/// act.
pub fn tiers(meter: usize) -> (u8, u8) {
    let (_, import, export) = METERS[meter];
    let tier = |limit| if limit == 0 { 255 } else { 0 };
    (tier(import), tier(export))
}

/// Addresses that propose.
pub const OWNERS: u8 = 3;

/// How a life's grid is made.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The report limit, s.
    pub limit: u64,
    /// Rosters begin every so many intervals,
    pub every: u64,
    /// moved by so many.
    pub offset: u64,
}

pub fn setting() -> impl Strategy<Value = Setting> {
    let limit = prop_oneof![Just(HOUR), Just(2 * HOUR + 7), Just(20 * HOUR)];
    let begin = prop_oneof![Just((1, 0)), Just((4, 1)), Just((8, 0)), Just((5, 4))];
    (limit, begin).prop_map(|(limit, (every, offset))| Setting { limit, every, offset })
}

#[derive(Clone, Debug)]
pub enum Action {
    /// Seconds go by.
    Wait(u64),
    /// An owner proposes a meter of METERS with one of few serial numbers.
    Propose { who: u8, serial: u64, meter: usize },
    /// Somebody drops the n-th proposal there is.
    Drop { position: usize, by: By },
    /// The operator, or somebody else, admits these.
    Admit {
        picks: Vec<Pick>,
        from: From,
        operator: bool,
    },
    /// So many meters, each proposed and admitted for a beginning of its own behind all before.
    Crowd(u8),
    /// Somebody carries a report.
    Report(ReportPlan),
    /// The last report again, without signatures.
    Again,
    /// Anybody closes a gap.
    CloseGap,
}

#[derive(Clone, Copy, Debug)]
pub enum By {
    Proposer,
    Operator,
    Stranger,
}

/// What is decided of one proposal.
#[derive(Clone, Copy, Debug)]
pub struct Pick {
    /// How many proposals before the newest, gone or not; 0 is a number that was not given out yet.
    pub back: u64,
    /// The household, counted back from the next new one; 0 does not exist.
    pub household: Option<u32>,
    pub weight: u32,
}

/// From when on.
#[derive(Clone, Copy, Debug)]
pub enum From {
    /// Not said.
    Next,
    /// So many intervals from the running one.
    Ahead(i64),
    /// The n-th beginning that is still to come.
    Beginning(u64),
    /// So many intervals from the last that a notice reaches.
    Latest(i64),
}

/// Where a report starts.
#[derive(Clone, Copy, Debug)]
pub enum Start {
    /// So many intervals from the end of the last window.
    Shifted(i64),
    /// Where the n-th window before the end does.
    Window(usize),
}

/// A report, with a flaw or none.
#[derive(Clone, Copy, Debug)]
pub struct ReportPlan {
    pub start: Start,
    pub intervals: u16,
    pub revision: u16,
    /// The members that sign, a bit each: a quorum.
    pub signers: u32,
    /// Decides the readings.
    pub seed: u64,
    pub flaw: Flaw,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Flaw {
    None,
    Epoch,
    Roster,
    Seats,
    Resolution,
    Revision,
    /// One signature too few.
    Signers,
    /// One member's signature passed for another's.
    Forged,
    /// Signed for another chain.
    Chain,
    /// Signed for another registry.
    Contract,
    /// A count above the import limit of a seat.
    Import,
    /// A count above the export limit of a seat.
    Export,
}

fn report() -> impl Strategy<Value = ReportPlan> {
    use Flaw::{
        Chain, Contract, Epoch, Export, Forged, Import, Resolution, Revision, Roster, Seats, Signers,
    };
    let flaws = [
        Epoch, Roster, Seats, Resolution, Revision, Signers, Forged, Chain, Contract, Import, Export,
    ];
    let flaw = prop_oneof![2 => Just(Flaw::None), 1 => proptest::sample::select(flaws.to_vec())];
    let start = prop_oneof![
        24 => Just(Start::Shifted(0)),
        1 => (-6..4_i64).prop_map(Start::Shifted),
        2 => (0..3_usize).prop_map(Start::Window),
    ];
    let revision = prop_oneof![Just(0_u16), Just(255), 0..256_u16];
    let signers = proptest::sample::select(&[0b0111_u32, 0b1011, 0b1101, 0b1110, 0b1111][..]);
    (start, 1..6_u16, revision, signers, any::<u64>(), flaw).prop_map(
        |(start, intervals, revision, signers, seed, flaw)| ReportPlan {
            start,
            intervals,
            revision,
            signers,
            seed,
            flaw,
        },
    )
}

fn pick() -> impl Strategy<Value = Pick> {
    let household = prop_oneof![3 => Just(None), 1 => (0..4_u32).prop_map(Some)];
    let back = prop_oneof![1 => Just(0_u64), 20 => 1..7_u64];
    (back, household, 1..4_u32).prop_map(|(back, household, weight)| Pick {
        back,
        household,
        weight,
    })
}

fn from() -> impl Strategy<Value = From> {
    prop_oneof![
        3 => Just(From::Next),
        2 => (-2..20_i64).prop_map(From::Ahead),
        3 => (0..3_u64).prop_map(From::Beginning),
        1 => (-9..3_i64).prop_map(From::Latest),
    ]
}

pub fn action() -> impl Strategy<Value = Action> {
    let by = prop_oneof![Just(By::Proposer), Just(By::Operator), Just(By::Stranger)];
    let admit = (proptest::collection::vec(pick(), 0..4), from(), 0..12_u8);
    prop_oneof![
        8 => (0..2 * QUARTER).prop_map(Action::Wait),
        4 => (1..6_u64).prop_map(|quarters| Action::Wait(quarters * QUARTER)),
        2 => (0..30 * HOUR).prop_map(Action::Wait),
        1 => (28..33_u64).prop_map(|days| Action::Wait(days * DAY)),
        8 => (0..OWNERS, 0..24_u64, 0..METERS.len())
            .prop_map(|(who, serial, meter)| Action::Propose { who, serial, meter }),
        2 => (0..10_usize, by).prop_map(|(position, by)| Action::Drop { position, by }),
        5 => admit.prop_map(|(picks, from, odd)| Action::Admit { picks, from, operator: odd > 0 }),
        1 => (1..19_u8).prop_map(Action::Crowd),
        16 => report().prop_map(Action::Report),
        2 => Just(Action::Again),
        4 => Just(Action::CloseGap),
    ]
}
