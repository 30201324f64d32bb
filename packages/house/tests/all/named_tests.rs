//! The tests that the contracts' pages name exist: in READMEs, in the tables of mutants and of attacks, as `file::test`.

use std::fs;
use std::path::Path;

use crate::root;

/// Which pages name tests of which folders, and how many at least.
struct Pages {
    pages: &'static [&'static str],
    tests: &'static [&'static str],
    least: usize,
}

const ALL: [Pages; 3] = [
    Pages {
        pages: &[
            "contracts/pledge-escrow/README.md",
            "docs/mutants-escrow.md",
            "docs/attacks-escrow.md",
        ],
        tests: &[
            "contracts/pledge-escrow/tests/all",
            "contracts/pledge-escrow/tests/all/harness",
        ],
        least: 250,
    },
    Pages {
        pages: &["contracts/meter-registry/README.md", "docs/mutants-registry.md"],
        // The table of mutants names tests of the report's too, the page those of both contracts together.
        tests: &[
            "contracts/meter-registry/tests/all",
            "packages/report/tests/all",
            "packages/testing/tests/all",
        ],
        least: 100,
    },
    Pages {
        pages: &[
            "contracts/energy-settlement/README.md",
            "docs/mutants-settlement.md",
        ],
        tests: &[
            "contracts/energy-settlement/tests/all",
            "packages/testing/tests/all",
        ],
        least: 80,
    },
];

/// What stands between backticks and has two colons in it: a file of tests and one of its functions.
fn named(page: &str) -> Vec<(String, String)> {
    let codes = page.split('`').skip(1).step_by(2);
    let pairs = codes.filter_map(|code| code.split_once("::"));
    pairs
        .map(|(file, test)| (file.to_owned(), test.to_owned()))
        .collect()
}

/// The text of a file of tests, or of the first file of a folder of them.
fn text(folders: &[&str], file: &str) -> Option<String> {
    let of = |folder: &&str| {
        let folder = root().join(folder);
        let read = |path: &Path| fs::read_to_string(path).ok();
        read(&folder.join(format!("{file}.rs"))).or_else(|| read(&folder.join(file).join("mod.rs")))
    };
    folders.iter().find_map(of)
}

#[test]
fn every_test_that_a_contracts_pages_name_exists() {
    for Pages { pages, tests, least } in ALL {
        let mut count = 0;
        for page in pages {
            let content = fs::read_to_string(root().join(page)).unwrap();
            for (file, test) in named(&content) {
                let found = text(tests, &file).is_some_and(|text| text.contains(&format!("fn {test}(")));
                assert!(found, "{page} names {file}::{test}");
                count += 1;
            }
        }
        assert!(count >= least, "{pages:?}: {count} tests named");
    }
}

#[test]
fn what_is_named_is_what_stands_between_backticks() {
    let page = "`a::b`, then c::d and `e` and\n`f::g`";
    let pair = |file: &str, test: &str| (file.to_owned(), test.to_owned());
    assert_eq!(named(page), [pair("a", "b"), pair("f", "g")]);
    assert_eq!(text(&["packages/house/tests/all"], "no_such_file"), None);
}
