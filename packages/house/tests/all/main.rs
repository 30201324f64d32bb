//! The house as it is against the house as `docs/house.md` says.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first thing that is not as it must be"
)]

mod named_tests;

use std::fs;
use std::path::{Path, PathBuf};

use gridpact_house::crates::{allowed, arrows, differences, members, WorkspaceCrate};
use gridpact_house::{modules, sources};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page() -> String {
    fs::read_to_string(root().join("docs/house.md")).unwrap()
}

fn all() -> Vec<WorkspaceCrate> {
    members(&root()).unwrap()
}

/// Crates that neither read nor write anything but what they are given: the contracts and the browser use them.
const WITHOUT_IO: [&str; 8] = [
    "units",
    "storage",
    "market",
    "report",
    "types",
    "attest",
    "committee",
    "replay",
];
/// Crates that are built for a browser too.
const IN_A_BROWSER: [&str; 4] = ["units", "market", "report", "replay"];
/// What reaches outside a program.
const IO: [&str; 9] = [
    "std::fs",
    "std::net",
    "std::process",
    "std::env",
    "std::thread",
    "std::time",
    "tokio::fs",
    "tokio::net",
    "reqwest::get",
];

#[test]
fn every_arrow_between_crates_is_one_that_the_page_allows() {
    let told = differences(&arrows(&all()), &allowed(&page()).unwrap());
    assert!(told.is_empty(), "docs/house.md:\n{}", told.join("\n"));
}

#[test]
fn no_modules_import_each_other_in_a_circle() {
    let mut told = Vec::new();
    for member in all() {
        let files = sources::read(&member.src).unwrap();
        for circle in modules::circles(&modules::arrows(&files)) {
            let names: Vec<String> = circle.iter().map(|module| module.join("::")).collect();
            told.push(format!("{}: {}", member.name, names.join(" <-> ")));
        }
    }
    assert!(told.is_empty(), "circles:\n{}", told.join("\n"));
}

#[test]
fn what_must_not_touch_the_machine_does_not() {
    for member in all()
        .iter()
        .filter(|member| WITHOUT_IO.contains(&member.name.as_str()))
    {
        let names = modules::outside(&sources::read(&member.src).unwrap());
        let touched: Vec<&&str> = IO.iter().filter(|name| names.contains(**name)).collect();
        assert!(touched.is_empty(), "{}: {touched:?}", member.name);
    }
}

#[test]
fn what_a_browser_runs_brings_no_chain() {
    for member in all()
        .iter()
        .filter(|member| IN_A_BROWSER.contains(&member.name.as_str()))
    {
        let mut chain = member.dependencies.iter();
        let chain = chain.find(|on| on.starts_with("cosm") || on.starts_with("cw"));
        assert_eq!(chain, None, "{}", member.name);
    }
}

/// A file's name and its text.
type SourceFile = (&'static str, &'static str);

/// A small crate whose modules stand as given, and its circles.
fn circles_of(files: &[SourceFile]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let files = sources::read(folder.path()).unwrap();
    let circles = modules::circles(&modules::arrows(&files));
    let names = |module: &Vec<String>| module.join("::");
    circles
        .iter()
        .map(|circle| circle.iter().map(names).collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn circles_are_found_where_they_are_and_nowhere_else() {
    let table: [(&str, &[SourceFile], &[&str]); 6] = [
        (
            "two that use each other",
            &[
                ("lib.rs", "mod a; mod b;"),
                ("a.rs", "use crate::b::B; pub struct A;"),
                ("b.rs", "use crate::a::A; pub struct B;"),
            ],
            &["a b"],
        ),
        (
            "over a path in an expression",
            &[
                ("lib.rs", "mod a; mod b;"),
                ("a.rs", "pub fn f() { crate::b::g() }"),
                ("b.rs", "use super::a; fn h() { a::f() } pub fn g() {}"),
            ],
            &["a b"],
        ),
        (
            "one way",
            &[
                ("lib.rs", "mod a; mod b;"),
                ("a.rs", "use crate::b::B;"),
                ("b.rs", "pub struct B;"),
            ],
            &[],
        ),
        (
            "a parent that passes on what its child defines",
            &[
                ("lib.rs", "mod a;"),
                ("a/mod.rs", "mod c; pub use c::C; pub struct P;"),
                ("a/c.rs", "use super::P; pub struct C;"),
            ],
            &[],
        ),
        (
            "a child and the parent that uses it",
            &[
                ("lib.rs", "mod a;"),
                ("a/mod.rs", "mod c; use c::C; pub struct P;"),
                ("a/c.rs", "use super::P; pub struct C;"),
            ],
            &["a a::c"],
        ),
        (
            "over what a third passes on",
            &[
                ("lib.rs", "mod a; mod b; pub mod hub;"),
                ("hub.rs", "pub use crate::a::A;"),
                ("a.rs", "use crate::b::B; pub struct A;"),
                ("b.rs", "use crate::hub::A; pub struct B;"),
            ],
            &["a b"],
        ),
    ];
    for (name, files, expected) in table {
        assert_eq!(circles_of(files), expected, "{name}");
    }
}

#[test]
fn a_forbidden_arrow_a_missing_crate_and_a_stale_line_are_told() {
    let page = allowed("```house\na: b\nb:\nc:\n```").unwrap();
    let is = allowed("```house\na: b\nb: a\nd:\n```").unwrap();
    assert_eq!(
        differences(&is, &page),
        [
            "b -> a: a forbidden arrow",
            "d: a crate that the page does not name",
            "c: named on the page, but there is no such crate",
        ]
    );
    assert!(allowed("no block").is_err());
}
