//! What an operator is told of a committee and its shared file, before it runs and while it does.

use std::fmt::Write;
use std::sync::Arc;

use gridpact_committee::chain::{ChainState, Committee, Grid, Seat};
use gridpact_oracle::commands::check::findings::Findings;
use gridpact_oracle::commands::check::grid::{lines, shared_file};
use gridpact_oracle::commands::committee::accepted_by;
use gridpact_oracle::committee::files::{self, Shelf};
use gridpact_oracle::committee::honesty::about_this;
use gridpact_oracle::committee::peers::identity::Identity;
use gridpact_report::limit::ReportLimit;
use gridpact_report::Resolution;
use gridpact_units::{IntervalIndex, IntervalLength, Power, Seconds, Slot};

use super::support::config;

const NAMES: [&str; 4] = ["North", "East", "South", "West"];

fn key(member: u8) -> [u8; 33] {
    let mut key = [member; 33];
    key[0] = 2;
    key
}

fn grid(registry: &str) -> Grid {
    Grid {
        chain_id: "chain-1".to_owned(),
        registry: registry.to_owned(),
        limit: ReportLimit {
            length: IntervalLength::QUARTER_HOUR,
            limit: Seconds::DAY,
        },
        resolution: Resolution::WATT_HOUR,
    }
}

/// Four meters, and a quorum of more than two thirds.
fn state(members: u8) -> ChainState {
    let seat = |slot| Seat {
        slot: Some(Slot(slot)),
        import_limit: Power(20_000),
        export_limit: Power(20_000),
    };
    ChainState {
        height: 1,
        first: IntervalIndex(2_000_000),
        epoch: 1,
        committee: Arc::new(Committee {
            keys: (0..members).map(key).collect(),
            quorum: members * 2 / 3 + 1,
        }),
        roster_version: 1,
        seats: Arc::new((0..4).map(seat).collect()),
        roster_ends: None,
        closing: None,
        accepted_before: None,
        gap: false,
    }
}

/// Slot 0 by three, slot 1 by North alone, which lives there, slot 2 by North and East who must agree, slot 3 by nobody.
fn text(members: u8) -> String {
    let mut text =
        "version = 1\nchain_id = \"chain-1\"\nregistry = \"wasm1registry\"\nfrom = \"2026-12-01T00:00Z\"\n\
         window = \"1h\"\ndelay = \"2m\"\nslot = \"1m\"\n"
            .to_owned();
    for (member, name) in (0..members).zip(NAMES) {
        let (key, tls) = (hex::encode(key(member)), hex::encode([member; 32]));
        writeln!(
            text,
            "[[members]]\nname = \"{name}\"\nkey = \"{key}\"\ntls = \"{tls}\""
        )
        .unwrap();
    }
    text + "[[meters]]\nslot = 0\nreaders = [\"North\", \"East\", \"South\"]\n\
            [[meters]]\nslot = 1\nreaders = [\"North\"]\nhome = \"North\"\n\
            [[meters]]\nslot = 2\nreaders = [\"North\", \"East\"]\nneed = 2\n"
}

fn shelf(members: u8) -> Shelf {
    let file = files::parse(&text(members)).unwrap();
    let hash = file.hash();
    Shelf {
        files: [(hash, file)].into(),
        accepted: vec![hash],
        ..Shelf::default()
    }
}

fn found(shelf: &Shelf, grid: &Grid, members: u8, me: u8) -> Findings {
    let mut found = Findings::default();
    shared_file(&config(""), shelf, (grid, &state(members)), &key(me), &mut found);
    found
}

#[test]
fn three_members_tolerate_no_failure_and_single_readers_are_named() {
    let found = found(&shelf(3), &grid("wasm1registry"), 3, 0);
    assert_eq!(found.wrong, Vec::<String>::new());
    assert_eq!(found.good.len(), 1);
    assert_eq!(
        found.doubtful,
        [
            "3 of 3 members must sign: when one stops, nothing is reported; four tolerate one",
            "slot 1 is read by North alone, its own household: nobody else says what it took and gave",
            "slot 2 needs all its 2 readers: when one stops, it has no reading",
            "slot 3 has no reader: it is missing in every report",
            "if you stop, 4 homes have no reading",
            "1 home is read by you alone: nobody can compare what you say",
            // This oracle's own file has meters of slots 0 and 1.
            "slot 2: the shared file says that North reads it, and no meter here does",
        ]
    );
}

#[test]
fn what_rests_on_a_member_of_four_is_what_it_alone_reads() {
    let (shelf, state) = (shelf(4), state(4));
    let file = shelf.files.values().next().unwrap();
    let told = |member| about_this(file, &state, &key(member));
    assert_eq!(
        told(0),
        [
            "if you stop, 2 homes have no reading",
            "1 home is read by you alone: nobody can compare what you say",
        ]
    );
    assert_eq!(told(1), ["if you stop, 1 home has no reading"]);
    assert_eq!(told(3), Vec::<String>::new());
}

#[test]
fn what_keeps_a_member_from_taking_part_is_wrong() {
    let fits = grid("wasm1registry");
    let none = found(&Shelf::default(), &fits, 4, 0);
    assert_eq!(
        none.wrong,
        [
            "committee: 3 of 4 must sign, and no shared file is accepted here: `gridpact-oracle committee show`, then \
             `committee accept HASH`"
        ]
    );
    let other = found(&shelf(4), &grid("wasm1other"), 4, 0);
    assert_eq!(
        other.wrong,
        ["shared file, version 1: registry: expected `wasm1other`, which this grid has, got `wasm1registry`"]
    );
    assert_eq!(other.good, Vec::<String>::new());
    let stranger = found(&shelf(4), &fits, 4, 9);
    assert_eq!(
        stranger.wrong,
        ["shared file, version 1: keys.oracle is the key of none of its members"]
    );
}

#[test]
fn who_accepted_a_file_is_kept_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let hash = files::keep(folder.path(), &text(4)).unwrap();
    let told = || {
        let shelf = files::look(folder.path()).unwrap();
        accepted_by(hash, &shelf.files[&hash], &shelf, Some(&state(4)))
    };
    assert_eq!(told(), "accepted by nobody that was heard of, 3 are needed");
    // Also of a file that is not here, and of a key that is no member's.
    let heard = [(hash, key(2)), (hash, key(0)), (hash, key(9)), ([7; 32], key(1))];
    files::keep_heard(folder.path(), &heard.into()).unwrap();
    assert_eq!(told(), "accepted by North, South, 3 are needed");
    let kept = files::look(folder.path()).unwrap().heard;
    assert_eq!(kept, heard[..3].iter().copied().collect());
    // What is no line of it is passed over.
    let path = folder.path().join("committee/heard");
    let lines = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{lines}\nhello\n{} 02\n", hex::encode(hash))).unwrap();
    assert_eq!(files::look(folder.path()).unwrap().heard, kept);
}

#[test]
fn what_the_shared_file_says_of_the_lines_to_this_member_is_held_against_what_is_here() {
    let folder = tempfile::tempdir().unwrap();
    let looked = |text: &str, listen: &str| {
        let file = files::parse(text).unwrap();
        let hash = file.hash();
        let shelf = Shelf {
            files: [(hash, file)].into(),
            accepted: vec![hash],
            ..Shelf::default()
        };
        let mut here = config(listen);
        here.folder = folder.path().to_owned();
        let mut found = Findings::default();
        lines(&here, &shelf, &key(0), &mut found);
        found
    };
    let file = hex::encode([0; 32]);
    let wrong = |got: &str| {
        format!(
            "shared file: tls of North: expected {file}, the key of another peers.key, got {got} here: the others let it not in"
        )
    };
    assert_eq!(looked(&text(4), "").wrong, [wrong("none yet")]);
    let pin = hex::encode(Identity::of(folder.path()).unwrap().pin());
    assert_eq!(looked(&text(4), "").wrong, [wrong(&pin)]);
    let mine = text(4).replace(&format!("tls = \"{file}\""), &format!("tls = \"{pin}\""));
    assert_eq!(looked(&mine, ""), Findings::default());
    let url = mine.replacen(
        "name = \"North\"",
        "name = \"North\"\nurl = \"https://north.example:9476\"",
        1,
    );
    assert_eq!(
        looked(&url, "").wrong,
        ["peers.listen: expected an address, since the shared file says that North is called at https://north.example:9476, got none"]
    );
    let listens = "[peers]\nlisten = \"127.0.0.1:9476\"\n";
    assert_eq!(looked(&url, listens), Findings::default());
    assert_eq!(
        looked(&mine, listens).doubtful,
        ["peers.listen: 127.0.0.1:9476, and by the shared file nobody calls North: it has no url there"]
    );
}
