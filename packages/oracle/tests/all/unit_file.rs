//! The unit file as systemd reads it.

use std::path::Path;
use std::process::{Command, Output};

const UNIT: &str = include_str!("../../systemd/gridpact-oracle.service");
/// Where the unit file expects the program; here it is where cargo made it.
const INSTALLED: &str = "/usr/local/bin/gridpact-oracle";

/// What systemd says of a unit; nothing where there is no systemd.
fn analyze(folder: &Path, arguments: &[&str], unit: &str) -> Option<Output> {
    let path = folder.join("gridpact-oracle.service");
    std::fs::write(
        &path,
        unit.replace(INSTALLED, env!("CARGO_BIN_EXE_gridpact-oracle")),
    )
    .unwrap();
    match Command::new("systemd-analyze")
        .args(arguments)
        .arg(&path)
        .output()
    {
        Ok(output) => Some(output),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("systemd-analyze is not on this machine: the unit file was NOT verified");
            None
        }
        Err(error) => panic!("systemd-analyze: {error}"),
    }
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// `verify` also looks at units of the machine that this one names: only what it says of ours counts.
fn about_ours(output: &Output) -> Vec<String> {
    let all = words(output);
    let lines = all.lines().filter(|line| line.contains("gridpact-oracle"));
    lines.map(str::to_owned).collect()
}

#[test]
fn systemd_finds_nothing_wrong_with_the_unit_file_and_would_tell() {
    let folder = tempfile::tempdir().unwrap();
    assert!(UNIT.contains(INSTALLED));
    let verify = ["verify", "--man=no"];
    let Some(output) = analyze(folder.path(), &verify, UNIT) else {
        return;
    };
    assert!(output.status.success(), "{}", words(&output));
    assert_eq!(about_ours(&output), Vec::<String>::new());
    let wrong = UNIT.replace("NoNewPrivileges=yes", "NoNewPrivilege=yes");
    let told = about_ours(&analyze(folder.path(), &verify, &wrong).unwrap());
    assert!(
        told.iter().any(|line| line.contains("NoNewPrivilege")),
        "{told:?}"
    );
}

#[test]
fn the_sandbox_leaves_little_open() {
    let folder = tempfile::tempdir().unwrap();
    // Exposure 0 to 100; what is left is the network, which the service is for.
    let security = ["security", "--offline=yes", "--no-pager", "--threshold=25"];
    let Some(output) = analyze(folder.path(), &security, UNIT) else {
        return;
    };
    let told = words(&output);
    let overall = told.lines().find(|line| line.contains("Overall exposure level"));
    println!("{}", overall.unwrap_or(&told));
    assert!(output.status.success(), "{told}");
    let open: Vec<&str> = UNIT.lines().filter(|line| !line.ends_with("=yes")).collect();
    let open = open.join("\n");
    assert!(!analyze(folder.path(), &security, &open).unwrap().status.success());
}
