//! What an operator should know of a committee and the file that it shares: who reads what alone, and what stops with whom.

use gridpact_committee::chain::{ChainState, Grid};
use gridpact_committee::file::shape::SharedFile;
use gridpact_committee::file::warn::{read_alone, stops_with, warnings};

use super::files::Shelf;

/// The newest file that the operator accepted.
pub fn newest_accepted(shelf: &Shelf) -> Option<&SharedFile> {
    let accepted = shelf.accepted.iter().filter_map(|hash| shelf.files.get(hash));
    accepted.max_by_key(|file| file.version)
}

/// What keeps a member from taking part; empty: nothing that can be known beforehand.
pub fn obstacles(file: Option<&SharedFile>, grid: &Grid, state: &ChainState, key: &[u8; 33]) -> Vec<String> {
    let (members, quorum) = (state.committee.size(), state.committee.quorum);
    let Some(file) = file else {
        return vec![format!(
            "committee: {quorum} of {members} must sign, and no shared file is accepted here: `gridpact-oracle committee show`, \
             then `committee accept HASH`"
        )];
    };
    let version = file.version;
    let mut found = Vec::new();
    if let Err(error) = file.check_grid(grid) {
        found.push(format!("shared file, version {version}: {error}"));
    }
    if file.members.iter().all(|member| member.key.0 != *key) {
        found.push(format!(
            "shared file, version {version}: keys.oracle is the key of none of its members"
        ));
    }
    found
}

/// What is true, allowed, and something to know: of the committee, of each meter, and of this member.
pub fn warnings_for(file: &SharedFile, state: &ChainState, key: &[u8; 33]) -> Vec<String> {
    let warnings = warnings(file, &state.committee, &state.seats);
    let told = warnings.iter().map(ToString::to_string);
    told.chain(about_this(file, state, key)).collect()
}

/// What rests on this member alone.
pub fn about_this(file: &SharedFile, state: &ChainState, key: &[u8; 33]) -> Vec<String> {
    let mut told = Vec::new();
    let stops = stops_with(file, &state.committee, &state.seats, key).len();
    if stops > 0 {
        told.push(format!("if you stop, {} no reading", homes(stops, "has", "have")));
    }
    let alone = read_alone(file, &state.seats, key).len();
    if alone > 0 {
        let verb = homes(alone, "is", "are");
        told.push(format!(
            "{verb} read by you alone: nobody can compare what you say"
        ));
    }
    told
}

fn homes(count: usize, one: &str, more: &str) -> String {
    match count {
        1 => format!("1 home {one}"),
        count => format!("{count} homes {more}"),
    }
}
