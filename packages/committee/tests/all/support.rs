//! A grid of made-up members and meters.

use std::sync::Arc;

use gridpact_committee::chain::{ChainState, Committee, Grid, Seat};
use gridpact_committee::file::shape::SharedFile;
use gridpact_committee::record::{conflict, Conflict, Record, RecordError, Row};
use gridpact_committee::signing::Signing;
use gridpact_report::limit::ReportLimit;
use gridpact_report::Resolution;
use gridpact_units::{IntervalIndex, IntervalLength, Power, Seconds, Slot};
use sha2::{Digest, Sha256};

pub const NAMES: [&str; 10] = [
    "North", "East", "South", "West", "Mill", "Hill", "Lake", "Farm", "Yard", "Dene",
];

/// A signature that anybody could make and nobody here does: a hash of the key's number and the digest.
#[derive(Clone, Debug)]
pub struct Cheap(pub u8);

impl Signing for Cheap {
    fn public_key(&self) -> [u8; 33] {
        let mut key = [self.0; 33];
        key[0] = 2;
        key
    }

    fn sign(&self, digest: &[u8; 32]) -> [u8; 64] {
        cheap(self.0, digest)
    }

    fn verify(digest: &[u8; 32], signature: &[u8; 64], key: &[u8; 33]) -> bool {
        *signature == cheap(key[1], digest)
    }
}

fn cheap(key: u8, digest: &[u8; 32]) -> [u8; 64] {
    let mut bytes = [key; 33];
    bytes[..32].copy_from_slice(digest);
    let half: [u8; 32] = Sha256::digest(bytes).into();
    let mut signature = [0; 64];
    signature[..32].copy_from_slice(&half);
    signature[32..].copy_from_slice(&half);
    signature
}

/// A record in memory.
#[derive(Clone, Debug, Default)]
pub struct Memory(pub Vec<Row>);

impl Record for Memory {
    fn rows(&self, epoch: u32, first: IntervalIndex) -> Result<Vec<Row>, RecordError> {
        let rows = self
            .0
            .iter()
            .filter(|row| row.epoch == epoch && row.first == first);
        Ok(rows.cloned().collect())
    }

    fn commit(&mut self, row: &Row) -> Result<Result<(), Conflict>, RecordError> {
        if let Some(conflict) = conflict(&self.0, row) {
            return Ok(Err(conflict));
        }
        self.0.push(row.clone());
        Ok(Ok(()))
    }
}

pub fn grid(limit: u64) -> Grid {
    Grid {
        chain_id: "chain-1".into(),
        registry: "wasm1registry".into(),
        limit: ReportLimit {
            length: IntervalLength::QUARTER_HOUR,
            limit: Seconds(limit),
        },
        resolution: Resolution::WATT_HOUR,
    }
}

pub fn committee(members: u8) -> Committee {
    Committee {
        keys: (0..members).map(|member| Cheap(member).public_key()).collect(),
        quorum: members * 2 / 3 + 1,
    }
}

pub fn seats(count: u32) -> Vec<Seat> {
    let seat = |slot| Seat {
        slot: Some(Slot(slot)),
        import_limit: Power(20_000),
        export_limit: Power(20_000),
    };
    (0..count).map(seat).collect()
}

/// What the chain says where nothing special is the case.
pub fn state(first: u64, members: u8, meters: u32) -> ChainState {
    ChainState {
        height: 1,
        first: IntervalIndex(first),
        epoch: 1,
        committee: Arc::new(committee(members)),
        roster_version: 1,
        seats: Arc::new(seats(meters)),
        roster_ends: None,
        closing: None,
        accepted_before: None,
        gap: false,
    }
}

/// A shared file's text; `readers` by slot.
pub fn text(members: u8, readers: &[&[u8]], window: &str, slot: &str) -> String {
    let mut text = format!(
        "version = 1\nchain_id = \"chain-1\"\nregistry = \"wasm1registry\"\nfrom = \"2026-12-01T00:00Z\"\n\
         window = \"{window}\"\ndelay = \"2m\"\nslot = \"{slot}\"\n"
    );
    for member in 0..members {
        let key = hex::encode(Cheap(member).public_key());
        let (name, tls) = (NAMES[usize::from(member)], hex::encode([member; 32]));
        text += &format!("[[members]]\nname = \"{name}\"\nkey = \"{key}\"\ntls = \"{tls}\"\n");
        if member > 0 {
            text += &format!("url = \"https://{}.example:9443\"\n", name.to_lowercase());
        }
    }
    for (slot, readers) in readers.iter().enumerate() {
        let names: Vec<&str> = readers.iter().map(|reader| NAMES[usize::from(*reader)]).collect();
        text += &format!("[[meters]]\nslot = {slot}\nreaders = {names:?}\n");
        if readers.len() == 2 {
            text += "need = 2\n";
        }
    }
    text
}

pub fn file(members: u8, readers: &[&[u8]]) -> SharedFile {
    SharedFile::parse(&text(members, readers, "1h", "1m")).unwrap()
}
