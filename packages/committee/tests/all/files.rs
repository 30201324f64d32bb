use gridpact_committee::file::readers::{read_alike, ReadAlike};
use gridpact_committee::file::shape::SharedFile;
use gridpact_committee::file::warn::{lost_without, read_alone, stops_with, warnings};
use gridpact_committee::files::Files;
use gridpact_committee::signing::Signing;
use gridpact_units::{Slot, UnixSeconds};

use super::support::{committee, file, grid, seats, text, Cheap};

fn whole() -> String {
    text(4, &[&[0, 1, 2], &[3], &[1, 2]], "1h", "1m")
}

/// The file with one piece of its text changed, as the error says it.
fn refused(from: &str, to: &str) -> String {
    let text = whole();
    assert!(text.contains(from), "{from}");
    SharedFile::parse(&text.replacen(from, to, 1))
        .unwrap_err()
        .to_string()
}

#[test]
fn a_value_that_does_not_fit_is_named_with_what_would() {
    let cases = [
        (
            "version = 1",
            "version = 0",
            "version: expected a number from 1, got 0",
        ),
        (
            "slot = \"1m\"",
            "slot = \"59s\"",
            "slot: expected 1m to 1h, got 59s",
        ),
        (
            "delay = \"2m\"",
            "delay = \"8d\"",
            "delay: expected 0s to 7d, got 8d",
        ),
        (
            "from = \"2026-12-01T00:00Z\"",
            "from = \"2026-12-01T00:15Z\"",
            "from: expected the beginning of a window, as 2026-12-01T00:00:00Z, got 2026-12-01T00:15:00Z",
        ),
        (
            "name = \"East\"",
            "name = \"North\"",
            "members[1].name: expected a name of its own, got `North` twice",
        ),
        (
            "readers = [\"West\"]",
            "readers = [\"Wets\"]",
            "meters[1]: expected a member, one of East, North, South, West, got `Wets`",
        ),
        (
            "readers = [\"West\"]",
            "readers = [\"West\"]\nneed = 2",
            "meters[1].need: expected 1, as there is one reader, got 2",
        ),
        (
            "need = 2",
            "need = 3",
            "meters[2].need: expected 1 or 2, stated, as there are two readers, got 3",
        ),
        (
            "readers = [\"North\", \"East\", \"South\"]",
            "readers = [\"North\", \"East\", \"South\"]\nneed = 1",
            "meters[0].need: expected 2, the majority of 3 readers, got 1",
        ),
        (
            "readers = [\"East\", \"South\"]",
            "readers = [\"East\", \"East\"]",
            "meters[2].readers: expected each reader once, got `East` twice",
        ),
        (
            "slot = 1\n",
            "slot = 0\n",
            "meters[1].slot: expected a slot of its own, got slot 0 twice",
        ),
        (
            "https://east.example:9443",
            "http://east.example",
            "members[1].url: expected https://HOST or https://HOST:PORT, got `http://east.example`",
        ),
    ];
    for (from, to, expected) in cases {
        assert_eq!(refused(from, to), expected);
    }
}

#[test]
fn a_key_that_nobody_knows_is_refused_with_its_line() {
    let told = refused("version = 1", "version = 1\nwindo = \"1h\"");
    assert!(told.contains("unknown field `windo`"), "{told}");
    assert!(told.contains("line 2"), "{told}");
    let told = refused("need = 2", "");
    assert_eq!(
        told,
        "meters[2].need: expected 1 or 2, stated, as there are two readers, got nothing"
    );
    let told = refused("window = \"1h\"", "window = \"3600\"");
    assert!(
        told.contains("expected a length of time as 1d, 2h10m or 60s, got `3600`"),
        "{told}"
    );
}

#[test]
fn the_hash_is_of_what_it_says_not_of_how_it_is_written() {
    let file = SharedFile::parse(&whole()).unwrap();
    let same = whole().replace("slot = \"1m\"", "# a comment\nslot = \"60s\"\noffset = \"0s\"");
    let same = same.replace(
        "from = \"2026-12-01T00:00Z\"",
        "from = \"2026-12-01T01:00:00+01:00\"",
    );
    assert_eq!(SharedFile::parse(&same).unwrap().hash(), file.hash());
    let majority = whole().replacen("\"South\"]", "\"South\"]\nneed = 2", 1);
    assert_eq!(SharedFile::parse(&majority).unwrap().hash(), file.hash());
    for (from, to) in [
        ("version = 1", "version = 2"),
        ("delay = \"2m\"", "delay = \"3m\""),
        ("[\"East\", \"South\"]", "[\"South\", \"East\"]"),
        ("east.example", "east.example.org"),
    ] {
        let other = SharedFile::parse(&whole().replacen(from, to, 1)).unwrap();
        assert_ne!(other.hash(), file.hash(), "{to}");
    }
}

#[test]
fn it_must_fit_the_grid() {
    let check = |text: &str, limit| {
        let file = SharedFile::parse(text).unwrap();
        file.check_grid(&grid(limit)).map_err(|error| error.to_string())
    };
    assert_eq!(check(&whole(), 2 * 3_600), Ok(()));
    assert_eq!(
        check(&whole(), 3_600).unwrap_err(),
        "window + delay + a slot for each member: expected at most 1h, the grid's report limit, got 1h6m"
    );
    let uneven = whole().replace("window = \"1h\"", "window = \"20m\"");
    assert_eq!(
        check(&uneven, 86_400).unwrap_err(),
        "window: expected whole intervals of 15m, got 20m"
    );
    let long = whole()
        .replace("window = \"1h\"", "window = \"3d\"")
        .replace("12-01T", "12-03T");
    assert_eq!(
        check(&long, 864_000).unwrap_err(),
        "window: expected at most 2d, what a report holds, got 3d"
    );
    let other = whole().replace("chain-1", "chain-2");
    assert_eq!(
        check(&other, 86_400).unwrap_err(),
        "chain_id: expected `chain-1`, which this grid has, got `chain-2`"
    );
}

#[test]
fn what_it_cannot_do_is_told() {
    let told = |members, readers: &[&[u8]], meters| -> Vec<String> {
        let warnings = warnings(&file(members, readers), &committee(members), &seats(meters));
        warnings.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        told(3, &[&[0, 1, 2], &[1], &[0, 2]], 4),
        [
            "3 of 3 members must sign: when one stops, nothing is reported; four tolerate one",
            "slot 1 is read by East alone",
            "slot 2 needs all its 2 readers: when one stops, it has no reading",
            "slot 3 has no reader: it is missing in every report",
        ]
    );
    assert!(told(4, &[&[0, 1, 2]], 1).is_empty());
    let own =
        text(4, &[&[1]], "1h", "1m").replace("readers = [\"East\"]", "readers = [\"East\"]\nhome = \"East\"");
    let own = SharedFile::parse(&own).unwrap();
    assert_eq!(
        warnings(&own, &committee(4), &seats(1))[0].to_string(),
        "slot 0 is read by East alone, its own household: nobody else says what it took and gave"
    );
}

#[test]
fn what_stops_with_a_member_is_told() {
    let file = |members| file(members, &[&[0, 1, 2], &[1], &[0, 1], &[2]]);
    let key = |member: u8| Cheap(member).public_key();
    let lost = |members, seated, member: u8| {
        stops_with(&file(members), &committee(members), &seats(seated), &key(member))
    };
    // Four tolerate one: only what needs East is lost. Two of three would be no quorum, whatever they read.
    assert_eq!(lost(4, 5, 1), [Slot(1), Slot(2)]);
    assert_eq!(lost(4, 2, 1), [Slot(1)]);
    assert_eq!(lost(4, 5, 3), []);
    assert_eq!(lost(3, 4, 0), [Slot(0), Slot(1), Slot(2), Slot(3)]);
    assert_eq!(lost(3, 4, 9), []);
    assert_eq!(lost_without(&file(4), "East"), [Slot(1), Slot(2)]);
    let alone = |member: u8| read_alone(&file(4), &seats(5), &key(member));
    assert_eq!(
        (alone(1), alone(2), alone(0)),
        (vec![Slot(1)], vec![Slot(3)], vec![])
    );
    assert_eq!(alone(9), []);
}

#[test]
fn the_newest_file_that_a_quorum_accepted_is_in_force() {
    let committee = committee(4);
    let key = |member: u8| Cheap(member).public_key();
    let older = SharedFile::parse(&whole()).unwrap();
    let newer = whole()
        .replace("version = 1", "version = 2")
        .replace("12-01T", "12-05T");
    let newer = SharedFile::parse(&newer).unwrap();
    let (first, later) = (older.from.0, newer.from.0);
    let mut files = Files::default();
    let old = files.learn(older).unwrap();
    let new = files.learn(newer).unwrap();
    let force = |files: &Files, start| files.in_force(start, &committee, &key(0));
    assert_eq!(force(&files, later), None);
    files.accept(old).unwrap();
    assert!(files.heard(key(1), &[old]));
    assert!(!files.heard(key(1), &[old]));
    assert_eq!(force(&files, later), None);
    // Strangers do not count.
    files.heard(key(9), &[old]);
    assert_eq!(force(&files, later), None);
    files.heard(key(2), &[old, new]);
    assert_eq!(force(&files, later), Some(old));
    assert_eq!(force(&files, UnixSeconds(first.0 - 1)), None);
    files.accept(new).unwrap();
    files.heard(key(3), &[new]);
    assert_eq!(force(&files, later), Some(new));
    assert_eq!(force(&files, first), Some(old));
    let accepted = |hash| files.acceptors(hash, &committee, &key(0));
    assert_eq!((accepted(&old), accepted(&new)), (vec![0, 1, 2], vec![0, 2, 3]));
    // Once a window was certified by it, no older one counts.
    files.certified(&new);
    assert_eq!(force(&files, first), None);
    assert_eq!(
        files.accept([7; 32]).unwrap_err().to_string(),
        "expected the hash of a shared file that is here, got another"
    );
}

#[test]
fn meters_that_are_read_alike_are_told_together_and_strangers_left_out() {
    let readers: &[&[u8]] = &[&[0, 1, 2], &[0, 1, 2], &[3], &[0, 1, 2], &[1, 2], &[3, 0]];
    let text = text(4, readers, "1h", "1m").replace(
        "slot = 2\nreaders = [\"West\"]",
        "slot = 2\nreaders = [\"West\"]\nhome = \"West\"",
    );
    let file = SharedFile::parse(&text).unwrap();
    let alike = |slots: &[(u32, u32)], read_by: &[u8], need, home| ReadAlike {
        slots: slots.iter().map(|(from, to)| (Slot(*from), Slot(*to))).collect(),
        read_by: read_by.to_vec(),
        need,
        home,
    };
    let told = [
        alike(&[(0, 1), (3, 3)], &[0, 1, 2], 2, None),
        alike(&[(2, 2)], &[3], 1, Some(3)),
        alike(&[(4, 4)], &[1, 2], 2, None),
        alike(&[(5, 5)], &[3, 0], 2, None),
    ];
    assert_eq!(read_alike(&file, &committee(4)), told);
    // West has left the committee: its word counts nothing, though the file still names it.
    let left: Vec<_> = read_alike(&file, &committee(3))
        .into_iter()
        .map(|one| (one.read_by, one.need, one.home))
        .collect();
    let told = [
        (vec![0, 1, 2], 2, None),
        (vec![], 1, None),
        (vec![1, 2], 2, None),
        (vec![0], 2, None),
    ];
    assert_eq!(left, told);
}
