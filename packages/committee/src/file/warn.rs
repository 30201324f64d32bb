//! What a shared file cannot do for the grid: true, allowed, and something that people should know.

use core::fmt;

use gridpact_units::Slot;

use super::shape::SharedFile;
use crate::chain::{Committee, Seat};

/// Something that people should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The committee stops with the first member that does.
    NoFailure {
        /// Its members.
        members: u8,
        /// How many must sign.
        quorum: u8,
    },
    /// The chain's committee has a member that the file does not name.
    Unnamed {
        /// Its position.
        member: u8,
    },
    /// The file names a member that the chain's committee has not.
    NotMember {
        /// Its name.
        name: String,
    },
    /// Nobody reads a slot that has a seat.
    NoReader {
        /// Which.
        slot: Slot,
    },
    /// One member's word is a meter's reading.
    SingleReader {
        /// Whose.
        slot: Slot,
        /// By whom.
        reader: String,
        /// Whether that is the household's own.
        own: bool,
    },
    /// The meter has no reading when one of its readers stops, or is wrong.
    AllMustAgree {
        /// Whose.
        slot: Slot,
        /// How many must agree, of as many.
        readers: usize,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFailure { members: 1, .. } => {
                f.write_str("a committee of one: when it stops, nothing is reported")
            }
            Self::NoFailure { members, quorum } => write!(
                f,
                "{quorum} of {members} members must sign: when one stops, nothing is reported; four tolerate one"
            ),
            Self::Unnamed { member } => write!(
                f,
                "member {member} of the chain's committee is not in the file: nobody can reach it"
            ),
            Self::NotMember { name } => {
                write!(f, "{name} is not in the chain's committee: what it reads counts nothing")
            }
            Self::NoReader { slot } => write!(f, "slot {slot} has no reader: it is missing in every report"),
            Self::SingleReader { slot, reader, own } => {
                write!(f, "slot {slot} is read by {reader} alone")?;
                let own = own.then_some(", its own household: nobody else says what it took and gave");
                f.write_str(own.unwrap_or_default())
            }
            Self::AllMustAgree { slot, readers } => write!(
                f,
                "slot {slot} needs all its {readers} readers: when one stops, it has no reading"
            ),
        }
    }
}

/// All of it, for a roster and a committee.
pub fn warnings(file: &SharedFile, committee: &Committee, seats: &[Seat]) -> Vec<Warning> {
    let (members, quorum) = (committee.size(), committee.quorum);
    let mut found = Vec::new();
    if quorum >= members {
        found.push(Warning::NoFailure { members, quorum });
    }
    let named = |key: &[u8; 33]| file.members.iter().any(|member| member.key.0 == *key);
    let unnamed = (0..members).zip(&committee.keys).filter(|(_, key)| !named(key));
    found.extend(unnamed.map(|(member, _)| Warning::Unnamed { member }));
    let strangers = file
        .members
        .iter()
        .filter(|member| committee.position(&member.key.0).is_none());
    found.extend(strangers.map(|member| Warning::NotMember {
        name: member.name.clone(),
    }));
    found.extend(seats.iter().filter_map(|seat| of_slot(file, seat.slot?)));
    found
}

fn of_slot(file: &SharedFile, slot: Slot) -> Option<Warning> {
    let Some(meter) = file.meter(slot) else {
        return Some(Warning::NoReader { slot });
    };
    match meter.readers.as_slice() {
        [reader] => Some(Warning::SingleReader {
            slot,
            reader: reader.clone(),
            own: meter.home.as_ref() == Some(reader),
        }),
        readers if usize::from(meter.needs()) == readers.len() => Some(Warning::AllMustAgree {
            slot,
            readers: readers.len(),
        }),
        _ => None,
    }
}

/// The meters that have no reading when a reader stops, of those that it reads.
pub fn lost_without(file: &SharedFile, name: &str) -> Vec<Slot> {
    let lost = file.meters.iter().filter(|meter| {
        let reads = meter.readers.iter().any(|reader| reader == name);
        reads && meter.readers.len().saturating_sub(1) < usize::from(meter.needs())
    });
    lost.map(|meter| meter.slot).collect()
}

/// What the grid loses when a member stops: every reading, where the others are no quorum; else the seated meters that need it.
pub fn stops_with(file: &SharedFile, committee: &Committee, seats: &[Seat], key: &[u8; 33]) -> Vec<Slot> {
    let seated = seats.iter().filter_map(|seat| seat.slot);
    let is_member = committee.position(key).is_some();
    if is_member && committee.size() <= committee.quorum {
        return seated.collect();
    }
    let needed = name_of(file, key).map_or_else(Vec::new, |name| lost_without(file, name));
    seated.filter(|slot| needed.contains(slot)).collect()
}

/// The seated meters that one member reads and nobody else: what it says of them nobody can compare.
pub fn read_alone(file: &SharedFile, seats: &[Seat], key: &[u8; 33]) -> Vec<Slot> {
    let name = name_of(file, key);
    let alone = |slot: &Slot| match file.meter(*slot).map(|meter| meter.readers.as_slice()) {
        Some([reader]) => Some(reader.as_str()) == name,
        _ => false,
    };
    seats.iter().filter_map(|seat| seat.slot).filter(alone).collect()
}

fn name_of<'a>(file: &'a SharedFile, key: &[u8; 33]) -> Option<&'a str> {
    let member = file.members.iter().find(|member| member.key.0 == *key);
    member.map(|member| member.name.as_str())
}
