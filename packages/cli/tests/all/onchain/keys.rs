//! Keys through the program: made, imported, listed; never overwritten, never shown.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::WORDS;
use crate::folder;

const ADDRESS: &str = "wasm19rl4cm2hmr8afy4kldpxz3fka4jguq0akuugk7";

fn keys(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gridpact"))
        .arg("keys")
        .args(arguments)
        .env("GRIDPACT_KEYS", folder.join("keys"))
        .env_remove("GRIDPACT_KEY_FILE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not want words may have ended already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn an_imported_key_has_the_address_its_words_give() {
    let folder = folder("keys_import");
    let imported = keys(&folder, &["import", "house", "--plain", "--json"], WORDS);
    assert!(imported.status.success(), "{}", text(&imported.stderr));
    let key: serde_json::Value = serde_json::from_slice(&imported.stdout).unwrap();
    assert_eq!(key["address"], ADDRESS);
    assert_eq!(key["encrypted"], false);

    let shown = keys(&folder, &["address", "house", "--prefix", "cosmos"], "");
    let cosmos = "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4";
    assert!(text(&shown.stdout).contains(cosmos), "{}", text(&shown.stdout));

    let again = keys(&folder, &["import", "house", "--plain"], WORDS);
    assert_eq!(again.status.code(), Some(1));
    assert!(
        text(&again.stderr).contains("exists already"),
        "{}",
        text(&again.stderr)
    );
}

#[test]
fn wrong_words_are_refused_and_not_repeated() {
    let folder = folder("keys_wrong");
    let wrong = keys(
        &folder,
        &["import", "house", "--plain"],
        &WORDS.replace("about", "zebra"),
    );
    assert!(!wrong.status.success());
    let said = text(&wrong.stderr);
    assert!(
        said.contains("mnemonic: expected") && !said.contains("zebra"),
        "{said}"
    );
    let listed = keys(&folder, &["list"], "");
    assert!(
        text(&listed.stdout).contains("holds none"),
        "{}",
        text(&listed.stdout)
    );
}

#[test]
fn a_key_is_encrypted_to_a_key_file_and_opens_with_it_alone() {
    let folder = folder("keys_file");
    let file = folder.join("identity");
    let file = file.to_str().unwrap();
    let made = keys(&folder, &["generate", "house", "--key-file", file, "--json"], "");
    assert!(made.status.success(), "{}", text(&made.stderr));
    // Nobody is at a terminal here: the words are shown nowhere.
    assert!(text(&made.stderr).contains("shown at a terminal only"));
    let key: serde_json::Value = serde_json::from_slice(&made.stdout).unwrap();
    assert_eq!(key["encrypted"], true);

    let opened = keys(&folder, &["address", "house", "--key-file", file, "--json"], "");
    assert_eq!(
        serde_json::from_slice::<serde_json::Value>(&opened.stdout).unwrap(),
        key
    );
    let locked = keys(&folder, &["list"], "");
    assert!(
        text(&locked.stdout).contains("house  encrypted  (locked)"),
        "{}",
        text(&locked.stdout)
    );
}

#[test]
fn an_unknown_key_is_refused_with_those_that_are_there() {
    let folder = folder("keys_unknown");
    keys(&folder, &["import", "house", "--plain"], WORDS);
    let unknown = keys(&folder, &["address", "hose"], "");
    assert_eq!(unknown.status.code(), Some(2));
    let said = text(&unknown.stderr);
    assert!(
        said.contains("holds house") && said.contains("got `hose`"),
        "{said}"
    );
}

#[test]
fn words_are_no_argument() {
    let folder = folder("keys_argument");
    let refused = keys(&folder, &["import", "house", WORDS], "");
    assert_eq!(refused.status.code(), Some(2));
}
