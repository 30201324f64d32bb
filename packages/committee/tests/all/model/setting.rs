//! What a life is like: drawn from its seed.

use gridpact_committee::file::shape::SharedFile;

use crate::support::text;
use gridpact_chance::Chance;

/// 2026-12-01T00:00Z, as an interval of 900 s.
pub const START: u64 = 1_796_083_200 / 900;
/// Intervals of a window.
pub const WINDOW: u64 = 4;

/// How a hostile member behaves. All of them know each other's votes are wanted: those who vote for anything do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hostile {
    /// Says nothing.
    Silent,
    /// Says two things to two halves, and votes for everything.
    Equivocates,
    /// Takes part, keeps its votes and certificates, and shows them late.
    Withholds,
    /// Leads with the fewest observations that pass.
    Omits,
    /// Leads with a draft that its observations do not say, and votes for everything.
    Forges,
    /// Reads what was not there.
    Lies,
}

/// A wrong rule that the model must notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// None: the rules as they are.
    Right,
    /// Signatures leave before the record is written.
    SignBeforeCommit,
    /// Members sign drafts that they did not recompute.
    NoRecomputation,
    /// One of three readers is enough.
    NeedOneOfThree,
    /// Half the members are a quorum.
    HalfQuorum,
    /// Windows reach beyond what the grace leaves.
    BeyondGrace,
    /// What a member read is said just before the slot, however long it has been whole.
    SaidLate,
}

#[derive(Clone, Debug)]
pub struct Setting {
    pub variant: Variant,
    pub members: u8,
    pub quorum: u8,
    pub hostile: Vec<Option<Hostile>>,
    /// How far each clock is before the true time, ms.
    pub skews: Vec<i64>,
    /// Readers of each meter.
    pub readers: Vec<Vec<u8>>,
    /// The grid's report limit, s.
    pub limit: u64,
    /// From here on messages arrive, clocks agree and nobody crashes; ms.
    pub calm: u64,
    /// Percent of messages that are lost before.
    pub loss: u64,
    /// Percent of transactions that are lost before.
    pub chain_loss: u64,
    /// Whether two halves cannot talk before.
    pub parted: bool,
    /// Per mille of events at which a member crashes before.
    pub crashes: u64,
    /// Whose crashes lose half the record now and then.
    pub loses_record: Option<u8>,
    /// Shortest and longest time between blocks, ms.
    pub blocks: (u64, u64),
    /// When a second roster is scheduled, s, and where it begins.
    pub second_roster: Option<(u64, u64)>,
    /// When each member accepts the second file, ms; None: there is none.
    pub second_file: Option<Vec<u64>>,
    /// Most intervals that a block has room for.
    pub room: Option<u16>,
    /// Who is away in good times, from when and for how long, ms: just when a report is made.
    pub away: Option<(u8, u64, u64)>,
}

impl Setting {
    pub fn new(seed: u64, variant: Variant) -> Self {
        let mut chance = Chance::new(seed);
        let members = chance.range(1, 10) as u8;
        let members = if variant == Variant::Right {
            members
        } else {
            chance.range(4, 8) as u8
        };
        let right = members * 2 / 3 + 1;
        let quorum = if variant == Variant::HalfQuorum {
            members.div_ceil(2)
        } else {
            right
        };
        let mut spare = members - right;
        let off_clock =
            (spare > 0 && chance.percent(10)).then(|| chance.range(0, u64::from(members) - 1) as u8);
        spare -= u8::from(off_clock.is_some());
        let loses = spare > 0 && variant == Variant::Right && chance.percent(20);
        let loses_record = loses.then(|| chance.range(0, u64::from(members) - 1) as u8);
        spare -= u8::from(loses);
        let count = match variant {
            Variant::Right => chance.range(0, spare.into()) as u8,
            Variant::SaidLate => 0,
            _ => spare,
        };
        let leaves = spare > count;
        let mut hostile = vec![None; members.into()];
        let kinds = [
            Hostile::Silent,
            Hostile::Equivocates,
            Hostile::Withholds,
            Hostile::Omits,
            Hostile::Forges,
            Hostile::Lies,
        ];
        for _ in 0..count {
            let free: Vec<usize> = (0..usize::from(members))
                .filter(|member| {
                    hostile[*member].is_none() && ![off_clock, loses_record].contains(&Some(*member as u8))
                })
                .collect();
            hostile[chance.one_of(&free)] = Some(match variant {
                Variant::NoRecomputation => Hostile::Forges,
                Variant::NeedOneOfThree => Hostile::Lies,
                Variant::HalfQuorum | Variant::SignBeforeCommit => Hostile::Equivocates,
                _ => chance.one_of(&kinds),
            });
        }
        // A limit of a day is longer than any silence here; a short one is over before some.
        let short = chance.percent(40) || variant == Variant::BeyondGrace;
        // At least a window, its delay and a slot for each of ten members.
        let limit = if short { chance.range(5_400, 9_000) } else { 86_400 };
        let outage = match chance.range(0, 99) {
            0..40 => 0,
            40..75 => chance.range(0, 3_600),
            75..90 => chance.range(0, 10_800),
            _ => chance.range(0, 21_600),
        };
        let outage = match variant {
            Variant::Right if short && chance.percent(40) => limit + chance.range(0, 7_200),
            Variant::Right | Variant::SaidLate => outage,
            _ => chance.range(3_600, 14_400),
        };
        let calm = (START * 900 + WINDOW * 900 + outage) * 1_000;
        let skews = (0..members).map(|member| {
            let skew = chance.range(0, 2_400) as i64 - 1_200;
            if off_clock == Some(member) {
                skew + 20_000
            } else {
                skew
            }
        });
        let skews = skews.collect();
        let meters = chance.range(1, 4);
        let readers = (0..meters)
            .map(|_| readers(&mut chance, members, variant))
            .collect();
        let second_roster = chance.percent(30).then(|| {
            let begins = START + chance.range(1, 12);
            (begins * 900 - chance.range(1, 3_600), begins)
        });
        let second_file = chance.percent(20).then(|| {
            let latest = calm - START * 900_000;
            (0..members)
                .map(|_| START * 900_000 + chance.range(0, latest))
                .collect()
        });
        let away = leaves.then(|| {
            let present = |member: &u8| {
                hostile[usize::from(*member)].is_none() && ![off_clock, loses_record].contains(&Some(*member))
            };
            let present: Vec<u8> = (0..members).filter(present).collect();
            // Other numbers than those of the rest of the life.
            away(&mut Chance::new(seed ^ 0xa3a7), calm, &present)
        });
        Self {
            away,
            variant,
            members,
            quorum,
            hostile,
            skews,
            readers,
            limit,
            calm,
            loss: chance.range(0, 60),
            chain_loss: if short {
                chance.range(30, 100)
            } else {
                chance.range(0, 80)
            },
            parted: chance.percent(30),
            crashes: match variant {
                Variant::SignBeforeCommit => 20,
                _ => chance.range(0, 15),
            },
            loses_record,
            blocks: chance.one_of(&[(1_000, 2_000), (5_000, 7_000), (2_000, 15_000)]),
            second_roster,
            second_file: second_file.filter(|_| variant == Variant::Right),
            room: chance.percent(10).then(|| chance.range(1, 3) as u16),
        }
    }

    pub fn faulty(&self, member: u8) -> bool {
        self.hostile[usize::from(member)].is_some()
    }

    /// How many of a meter's readers must agree, by the rules as they are.
    pub fn need(&self, meter: usize) -> usize {
        match self.readers[meter].len() {
            1 => 1,
            2 => 2,
            readers => readers / 2 + 1,
        }
    }

    /// The first shared file, and the second.
    pub fn file(&self, second: bool) -> SharedFile {
        let readers: Vec<&[u8]> = self.readers.iter().map(Vec::as_slice).collect();
        let text = text(self.members, &readers, "1h", "1m");
        if second {
            let text = text
                .replace("version = 1", "version = 2")
                .replace("T00:00Z", "T02:00Z");
            return SharedFile::parse(&text.replace("1m\"", "90s\"").replace("\"2m\"", "\"3m\"")).unwrap();
        }
        let mut file = SharedFile::parse(&text).unwrap();
        if self.variant == Variant::NeedOneOfThree {
            file.meters.iter_mut().for_each(|meter| meter.need = Some(1));
        }
        file
    }
}

/// One of those who are there leaves some seconds before the report of the first window that begins in good times is made, and comes
/// back when it was.
fn away(chance: &mut Chance, calm: u64, present: &[u8]) -> (u8, u64, u64) {
    let stretch = WINDOW * 900_000;
    let ends = (calm.div_ceil(stretch) + 1) * stretch;
    let leaves = ends + 120_000 - chance.range(16_000, 60_000);
    (chance.one_of(present), leaves, chance.range(90_000, 300_000))
}

fn readers(chance: &mut Chance, members: u8, variant: Variant) -> Vec<u8> {
    let count = match variant {
        Variant::Right | Variant::SaidLate => chance.range(1, u64::from(members.min(5))),
        _ => 3,
    };
    let mut readers: Vec<u8> = (0..members).collect();
    for place in (1..readers.len()).rev() {
        readers.swap(place, chance.range(0, place as u64) as usize);
    }
    readers.truncate(count as usize);
    readers
}
