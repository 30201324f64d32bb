//! Texts that others will see: one line, no tricks, and no longer stored than they look.

use cosmwasm_std::HexBinary;
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::terms::Terms;

use crate::harness::Escrow;

fn opening(change: impl FnOnce(&mut Terms)) -> Option<String> {
    let mut escrow = Escrow::new();
    let mut terms = escrow.founding();
    change(&mut terms);
    let outcome = escrow.send("anybody", ExecuteMsg::Open { terms }, &[]);
    outcome.err().map(|error| error.to_string())
}

#[test]
fn titles_of_control_characters_and_marks_of_direction_are_refused() {
    let marks = [
        '\0', '\t', '\n', '\r', '\u{1b}', '\u{1f}', '\u{7f}', '\u{80}', '\u{9f}', '\u{61c}', '\u{200e}',
        '\u{200f}', '\u{2028}', '\u{2029}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
        '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
    ];
    for mark in marks {
        let text = format!("line{mark}");
        let told = |what: &str| {
            let number = u32::from(mark);
            Some(format!(
                "{what}: expected no control characters nor marks of direction, got U+{number:04X}"
            ))
        };
        assert_eq!(opening(|t| t.title.clone_from(&text)), told("title"));
        assert_eq!(
            opening(|t| t.milestones[1].title.clone_from(&text)),
            told("milestone title")
        );
    }
}

#[test]
fn titles_of_any_language_are_taken() {
    for title in [
        "Leitung \"Süd\" \\ Nord",
        "ηλεκτρική γραμμή",
        "קו חשמל",
        "خط كهرباء",
        "送電線",
        "⚡ 1",
        " ",
        "\u{a0}",
    ] {
        assert_eq!(opening(|t| title.clone_into(&mut t.title)), None, "{title}");
    }
}

/// Quotation marks take two bytes each where the title is stored.
#[test]
fn bounds_count_what_is_stored() {
    assert_eq!(opening(|t| t.title = "\"".repeat(64)), None);
    assert_eq!(
        opening(|t| t.title = "\"".repeat(65)),
        Some("title: expected 1 to 128 bytes, got 130".to_owned())
    );
    assert_eq!(
        opening(|t| t.title = "\\".repeat(65)),
        Some("title: expected 1 to 128 bytes, got 130".to_owned())
    );
    assert_eq!(opening(|t| t.title = "ü".repeat(64)), None);
    assert_eq!(
        opening(|t| t.title = "\u{1}".repeat(22)),
        Some("title: expected 1 to 128 bytes, got 132".to_owned())
    );
    for (control, bytes) in [
        ('\u{8}', 2),
        ('\t', 2),
        ('\n', 2),
        ('\u{c}', 2),
        ('\r', 2),
        ('\u{1f}', 6),
    ] {
        assert_eq!(
            opening(|t| t.title = control.to_string().repeat(129)),
            Some(format!("title: expected 1 to 128 bytes, got {}", 129 * bytes))
        );
    }
}

#[test]
fn a_uri_is_of_https_or_ipfs_and_plain() {
    let table = [
        ("", true),
        ("https://example.org/line.md?v=1#a%20b", true),
        ("ipfs://bafybeigdyrzt/x", true),
        ("https://", false),
        ("ipfs://", false),
        ("http://example.org", false),
        ("HTTPS://example.org", false),
        ("javascript:alert(1)", false),
        ("data:text/html,x", false),
        ("file:///etc/passwd", false),
        (" https://example.org", false),
        ("https://example.org/a b", false),
        ("https://example.org/\n", false),
        ("https://example.org/\u{7f}", false),
        ("https://example.org/\u{202e}", false),
        ("https://exämple.org", false),
        ("https://example.org/\"", false),
        ("https://example.org/\\", false),
        ("https://example.org/<b>", false),
        ("https://example.org/{}", false),
        ("https://example.org/|^`", false),
    ];
    for (uri, is_taken) in table {
        let refused = |what: &str| {
            let got = uri.escape_default();
            format!("{what}: expected nothing, or https:// or ipfs:// and plain ASCII, got {got}")
        };
        assert_eq!(
            opening(|t| uri.clone_into(&mut t.description_uri)),
            (!is_taken).then(|| refused("description_uri"))
        );
        let mut escrow = Escrow::new();
        let project = escrow.funded();
        escrow.accept(project).unwrap();
        let msg = ExecuteMsg::SubmitMilestone {
            project,
            milestone: 0,
            evidence_hash: HexBinary::from([9; 32]),
            evidence_uri: uri.to_owned(),
        };
        let outcome = escrow.send("contractor", msg, &[]);
        assert_eq!(
            outcome.err().map(|error| error.to_string()),
            (!is_taken).then(|| refused("evidence_uri"))
        );
    }
}

#[test]
fn evidence_of_another_length_is_refused() {
    let mut escrow = Escrow::new();
    let project = escrow.funded();
    escrow.accept(project).unwrap();
    let mut submit = |hash: &[u8], uri: String| {
        let msg = ExecuteMsg::SubmitMilestone {
            project,
            milestone: 0,
            evidence_hash: HexBinary::from(hash),
            evidence_uri: uri,
        };
        let outcome = escrow.send("contractor", msg, &[]);
        outcome.err().map(|error| error.to_string())
    };
    for (hash, got) in [(vec![9; 31], 31), (vec![9; 33], 33), (vec![], 0)] {
        assert_eq!(
            submit(&hash, String::new()),
            Some(format!("evidence_hash: expected 32 bytes, got {got}"))
        );
    }
    assert_eq!(
        submit(&[9; 32], format!("ipfs://{}", "x".repeat(506))),
        Some("evidence_uri: expected 0 to 512 bytes, got 513".to_owned())
    );
    assert_eq!(submit(&[9; 32], format!("ipfs://{}", "x".repeat(505))), None);
}
