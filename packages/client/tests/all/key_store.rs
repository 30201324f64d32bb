//! Keys in files: who may read them, what opens them, what is never overwritten.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use gridpact_client::{ExposeSecret, KeyStore, KeyStoreError, Protection, SecretString, Unlock};
use tempfile::TempDir;

const WORDS: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";
const ADDRESS: &str = "wasm1avgyh77ycn997ja45q5q8ss8y9mr424j2xnxu2";

/// A store whose folder does not exist yet.
fn store() -> (TempDir, PathBuf, KeyStore) {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("gridpact").join("keys");
    let store = KeyStore::open(&folder);
    (place, folder, store)
}

fn words() -> SecretString {
    SecretString::from(WORDS)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_plain_key_is_written_for_its_owner_alone_and_read_back() {
    let (_place, folder, store) = store();
    assert!(store.names().is_empty());
    store.import("me", &words(), "wasm", &Protection::Plain).unwrap();
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("me.mnemonic")), 0o600);
    assert_eq!(store.names(), ["me"]);
    assert!(!store.is_encrypted("me").unwrap());
    assert_eq!(store.load("me", "wasm", None).unwrap().address(), ADDRESS);
}

#[test]
fn a_plain_key_that_others_can_read_is_refused() {
    let (_place, folder, store) = store();
    store.import("me", &words(), "wasm", &Protection::Plain).unwrap();
    let path = folder.join("me.mnemonic");
    for wide in [0o644, 0o640, 0o604, 0o620, 0o601] {
        fs::set_permissions(&path, fs::Permissions::from_mode(wide)).unwrap();
        let error = store.load("me", "wasm", None).unwrap_err();
        assert!(
            matches!(&error, KeyStoreError::Mode { mode, .. } if *mode == wide),
            "{error}"
        );
        assert!(
            error
                .to_string()
                .contains(&format!("expected mode 0600, got {wide:04o}")),
            "{error}"
        );
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    assert_eq!(store.load("me", "wasm", None).unwrap().address(), ADDRESS);
}

#[test]
fn a_passphrase_opens_what_it_closed_and_a_wrong_one_does_not() {
    let (_place, folder, store) = store();
    let right = || SecretString::from("four words of mine");
    store
        .import("me", &words(), "wasm", &Protection::Passphrase(right()))
        .unwrap();
    let path = folder.join("me.age");
    assert_eq!(mode(&path), 0o600);
    let sealed = fs::read_to_string(&path).unwrap();
    assert!(sealed.starts_with("-----BEGIN AGE ENCRYPTED FILE-----"));
    assert!(WORDS.split(' ').all(|word| !sealed.contains(word)));
    assert!(store.is_encrypted("me").unwrap());

    let opened = store
        .load("me", "wasm", Some(&Unlock::Passphrase(right())))
        .unwrap();
    assert_eq!(opened.address(), ADDRESS);
    let wrong = Unlock::Passphrase(SecretString::from("five words of others here"));
    let error = store.load("me", "wasm", Some(&wrong)).unwrap_err();
    assert!(matches!(error, KeyStoreError::NotOpened { .. }), "{error}");
    assert!(!error.to_string().contains("five words"), "{error}");
    let error = store.load("me", "wasm", None).unwrap_err();
    assert!(matches!(error, KeyStoreError::Locked(_)), "{error}");
}

#[test]
fn a_key_file_opens_what_was_closed_to_it_and_another_does_not() {
    let (place, _folder, store) = store();
    let (mine, other) = (place.path().join("mine"), place.path().join("other"));
    KeyStore::new_key_file(&mine).unwrap();
    KeyStore::new_key_file(&other).unwrap();
    assert_eq!(mode(&mine), 0o600);
    let (key, words) = store
        .generate("me", "wasm", &Protection::KeyFile(mine.clone()))
        .unwrap();
    assert_eq!(words.expose_secret().split(' ').count(), 24);

    let opened = store
        .load("me", "wasm", Some(&Unlock::KeyFile(mine.clone())))
        .unwrap();
    assert_eq!(opened.address(), key.address());
    let error = store
        .load("me", "wasm", Some(&Unlock::KeyFile(other)))
        .unwrap_err();
    assert!(matches!(error, KeyStoreError::NotOpened { .. }), "{error}");
    fs::set_permissions(&mine, fs::Permissions::from_mode(0o644)).unwrap();
    let error = store
        .load("me", "wasm", Some(&Unlock::KeyFile(mine.clone())))
        .unwrap_err();
    assert!(matches!(error, KeyStoreError::Mode { .. }), "{error}");

    let error = KeyStore::new_key_file(&mine).unwrap_err();
    assert!(matches!(error, KeyStoreError::Exists(_)), "{error}");
    let empty = place.path().join("empty");
    fs::write(&empty, "no identity\n").unwrap();
    fs::set_permissions(&empty, fs::Permissions::from_mode(0o600)).unwrap();
    let error = store
        .load("me", "wasm", Some(&Unlock::KeyFile(empty)))
        .unwrap_err();
    assert!(matches!(error, KeyStoreError::KeyFile(_)), "{error}");
}

#[test]
fn a_key_is_never_overwritten_whichever_way_it_is_kept() {
    let (_place, folder, store) = store();
    store.import("me", &words(), "wasm", &Protection::Plain).unwrap();
    let before = fs::read(folder.join("me.mnemonic")).unwrap();
    let passphrase = Protection::Passphrase(SecretString::from("x"));
    for protection in [Protection::Plain, passphrase] {
        let error = store.generate("me", "wasm", &protection).err().unwrap();
        assert!(
            matches!(&error, KeyStoreError::Exists(name) if name == "me"),
            "{error}"
        );
    }
    assert_eq!(fs::read(folder.join("me.mnemonic")).unwrap(), before);
    assert_eq!(store.names(), ["me"]);
}

#[test]
fn a_name_is_a_name_and_no_path() {
    let (_place, folder, store) = store();
    let long = "x".repeat(65);
    for name in [
        "",
        ".",
        "..",
        "../me",
        "a/b",
        "/etc/passwd",
        "a.b",
        "me\n",
        "mé",
        "a b",
        long.as_str(),
    ] {
        let error = store
            .import(name, &words(), "wasm", &Protection::Plain)
            .unwrap_err();
        assert!(
            matches!(&error, KeyStoreError::Name(got) if got == name),
            "{error}"
        );
        let error = store.load(name, "wasm", None).unwrap_err();
        assert!(matches!(error, KeyStoreError::Name(_)), "{error}");
    }
    assert!(!folder.exists(), "nothing was written");
}

#[test]
fn a_name_that_is_not_there_is_told_with_those_that_are() {
    let (_place, _folder, store) = store();
    store
        .import("alice", &words(), "wasm", &Protection::Plain)
        .unwrap();
    store.import("bob", &words(), "wasm", &Protection::Plain).unwrap();
    let error = store.load("carol", "wasm", None).unwrap_err().to_string();
    assert!(error.contains(r#"["alice", "bob"]"#), "{error}");
}

#[test]
fn what_is_in_a_file_is_never_told() {
    let (_place, folder, store) = store();
    store.import("me", &words(), "wasm", &Protection::Plain).unwrap();
    let path = folder.join("me.mnemonic");
    fs::write(&path, "my secret is worth useful").unwrap();
    let error = store.load("me", "wasm", None).unwrap_err().to_string();
    assert!(
        error.contains("key me: mnemonic: expected 12") && !error.contains("secret"),
        "{error}"
    );
    for content in [vec![0xff; 10], vec![b'a'; 20_000]] {
        fs::write(&path, content).unwrap();
        let error = store.load("me", "wasm", None).unwrap_err();
        assert!(matches!(error, KeyStoreError::NotAFile { .. }), "{error}");
    }
    let error = store.import(
        "other",
        &SecretString::from("legal winner"),
        "wasm",
        &Protection::Plain,
    );
    assert!(!error.unwrap_err().to_string().contains("legal"));
    assert_eq!(store.names(), ["me"], "words that give no key are not kept");
}
