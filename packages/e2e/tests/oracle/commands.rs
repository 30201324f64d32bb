//! The commands as a person runs them: the program, its exit codes, its words.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use anyhow::{ensure, Context, Result};
use gridpact_client::{KeyStore, Protection};
use gridpact_e2e::{free_port, oracle_program, Output};
use gridpact_readings::rfc3339;
use gridpact_units::UnixSeconds;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::kept::until_said;
use crate::scene::Scene;

/// Runs the program with these arguments and answers.
fn run(folder: &Path, arguments: &[&str], answers: &str) -> Result<Output> {
    let mut command = oracle_program(folder)?;
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn()?;
    // It may end before it has read all of them.
    let _ = child
        .stdin
        .take()
        .context("its input")?
        .write_all(answers.as_bytes());
    let done = child.wait_with_output()?;
    Ok(Output {
        code: done.status.code().context("an exit code")?,
        stdout: String::from_utf8(done.stdout)?,
        stderr: String::from_utf8(done.stderr)?,
    })
}

/// It must end well, and say all of this.
fn good(folder: &Path, arguments: &[&str], words: &[&str]) -> Result<String> {
    let output = run(folder, arguments, "")?;
    ensure!(output.code == 0, "{arguments:?}: {output:?}");
    for words in words {
        ensure!(
            output.stdout.contains(words),
            "{arguments:?}: expected {words}, got {output:?}"
        );
    }
    Ok(output.stdout)
}

/// It must end with 1, and say all of this.
fn bad(folder: &Path, arguments: &[&str], words: &[&str]) -> Result<()> {
    let output = run(folder, arguments, "")?;
    let said = output.stdout.clone() + &output.stderr;
    ensure!(output.code == 1, "{arguments:?}: {output:?}");
    for words in words {
        ensure!(
            said.contains(words),
            "{arguments:?}: expected {words}, got {output:?}"
        );
    }
    Ok(())
}

/// Sends one reading as a gateway does; gives the answer's head and body.
async fn push(port: u16, token: &str, body: &str) -> Result<String> {
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await?;
    let request = format!(
        "POST /v1/readings HTTP/1.1\r\nHost: here\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

#[tokio::test]
async fn from_five_questions_to_a_report_that_is_explained() -> Result<()> {
    let scene = Scene::new("commands", 2, |_| ()).await?;
    let folder = scene.path();
    let show = |second: u64| rfc3339::show(UnixSeconds(second));

    // Five questions, two of them answered by what is usual.
    let network = scene.devnet.networks().join("devnet.toml");
    let answers = format!(
        "{}\n{}\n\n\nhouse 1=0, house 2=1\n",
        network.display(),
        scene.grid.registry
    );
    let made = run(folder, &["init"], &answers)?;
    ensure!(made.code == 0, "{made:?}");
    for words in [
        "[oracle.mnemonic]",
        "[data]",
        "wrote oracle.toml",
        "gridpact-oracle --config oracle.toml check",
    ] {
        ensure!(made.stdout.contains(words), "{words}: {made:?}");
    }
    bad(
        folder,
        &["init"],
        &["oracle.toml: there is such a file; it stays as it is"],
    )?;
    bad(folder, &["check"], &["WRONG   house 1: nothing reads it"])?;
    bad(folder, &["status"], &["data/oracle.db: no database yet"])?;
    bad(folder, &["backup", "copy.db"], &["no database yet"])?;

    // A token for house 1, a folder for house 2, whose file comes a day late.
    let shown = good(folder, &["token"], &["shown once", "sha256 = "])?;
    let token = shown.lines().nth(1).context("a token")?.trim();
    let hash = shown.lines().nth(3).context("its hash")?.trim();
    let start = scene.next_start().await?;
    let listen = free_port();
    let text = std::fs::read_to_string(folder.join("oracle.toml"))?;
    let text = text
        .replace(
            "window = \"1d\"\noffset = \"0s\"\ndelay = \"2h10m\"",
            &format!(
                "window = \"1h\"\noffset = \"{}s\"\nlook = \"1s\"\ndelay = \"10m\"",
                start % 3_600
            ),
        )
        .replace("slot = 1\n", "slot = 1\nlag = \"1d\"\n");
    let text = format!(
        "{text}\n[local]\nlisten = \"127.0.0.1:{}\"\n[[folders]]\nname = \"portal\"\npath = \"in\"\n[push]\n\
         listen = \"127.0.0.1:{listen}\"\n[[push.tokens]]\nname = \"gateway\"\n{hash}\nmeters = [\"house 1\"]\n",
        scene.local
    );
    std::fs::write(folder.join("oracle.toml"), &text)?;
    good(
        folder,
        &["check"],
        &[
            "ok      keys.oracle: public key",
            "ok      committee: a member of epoch",
            "doubt   house 2: comes 24h late, and reports are made 10m after their end: none of its readings is ever in time",
        ],
    )?;
    std::fs::write(folder.join("typo.toml"), text.replace("look =", "loook ="))?;
    bad(
        folder,
        &["--config", "typo.toml", "check"],
        &["typo.toml", "loook", "line"],
    )?;
    KeyStore::open(folder).generate("other", "wasm", &Protection::Plain)?;
    std::fs::write(
        folder.join("other.toml"),
        text.replace("oracle.mnemonic", "other.mnemonic"),
    )?;
    bad(
        folder,
        &["--config", "other.toml", "check"],
        &["keys.oracle is no member's key"],
    )?;

    // An hour later: a day's file is imported while nothing runs; a bad one is refused, and nothing is read twice.
    let end = start + 3_600;
    let intervals = (end - start) / 900;
    let service = scene.service("")?;
    until_said(scene.local, "/status", "\"chain\":{").await?;
    drop(service);
    scene.until(end + 30).await?;
    let mut file = "interval_start,meter,import_kwh,export_kwh,quality\n".to_owned();
    for interval in 0..intervals {
        file += &format!("{},house 2,0.25,0.125,\n", show(start + 900 * interval));
    }
    std::fs::write(folder.join("day.csv"), &file)?;
    std::fs::write(folder.join("bad.csv"), file.replace("house 2", "house 3"))?;
    let import = ["readings", "import", "day.csv"];
    good(folder, &import, &[&format!("day.csv: {intervals} readings")])?;
    good(folder, &import, &["day.csv: read before"])?;
    let like = |folder: &'static str| ["readings", "import", "--folder", folder, "day.csv"];
    good(folder, &like("portal"), &["day.csv: read before"])?;
    bad(
        folder,
        &like("nowhere"),
        &["--folder: expected the name of a [[folders]] source (portal), got `nowhere`"],
    )?;
    bad(
        folder,
        &["readings", "import", "bad.csv"],
        &[
            "expected meters of the configuration, by name or slot, got `house 3`",
            "1 of 1 files were refused",
        ],
    )?;

    // Registers of house 1 by HTTP: at every boundary but one, which lies on the line between its neighbours.
    let service = scene.service("")?;
    until_said(scene.local, "/status", "\"chain\":{").await?;
    for boundary in (0..=intervals).filter(|boundary| *boundary != 1) {
        let (at, kwh) = (show(start + 900 * boundary), 100 + boundary);
        let body = format!(
            r#"{{"readings":[{{"meter":"house 1","at":"{at}","import_kwh":{kwh},"export_kwh":7}}]}}"#
        );
        let answer = push(listen, token, &body).await?;
        ensure!(answer.contains(r#""new":2"#), "{answer}");
    }
    let answer = push(listen, "another", "{}").await?;
    ensure!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    bad(
        folder,
        &import,
        &["while the service runs, put files into a folder that it reads"],
    )?;
    let span = ["--from", &show(start), "--to", &show(end)];
    let shown = good(
        folder,
        &[&["readings", "show", "house 1"], &span[..]].concat(),
        &[
            "import register 100 kWh  (gateway)",
            "export register 7 kWh  (gateway)",
        ],
    )?;
    ensure!(shown.lines().count() as u64 == 2 * intervals, "{shown}");
    good(
        folder,
        &[&["readings", "show", "house 2"], &span[..]].concat(),
        &["interval of import 0.25 kWh, export 0.125 kWh, measured"],
    )?;
    let later = show(end + 86_400);
    good(
        folder,
        &["readings", "show", "house 1", "--from", &later, "--to", &later],
        &["house 1: no readings from"],
    )?;
    bad(
        folder,
        &["readings", "show", "house 9"],
        &["expected the name of a meter (house 1, house 2), got `house 9`"],
    )?;

    // The report; and what it says of itself.
    scene.until(end + 660).await?;
    let row = scene.kept.until_accepted().await?;
    ensure!(u64::from(row.signed.intervals) == intervals, "{row:?}");
    until_said(scene.local, "/status", "\"fate\":\"accepted\"").await?;
    let complete = format!("complete   {} of {} readings", 2 * intervals, 2 * intervals);
    good(
        folder,
        &["status"],
        &[
            &scene.grid.registry,
            "carrier    ",
            "revision 0",
            ": accepted",
            &complete,
            "house 1 ",
            "stated lag",
        ],
    )?;
    let json: serde_json::Value = serde_json::from_str(&good(folder, &["status", "--json"], &[])?)?;
    ensure!(json["report"]["intervals"] == intervals, "{json}");
    ensure!(json["meters"][1]["stated_lag"] == 86_400, "{json}");
    let first = show(start);
    good(
        folder,
        &["explain", "house 1", &first],
        &[
            "import 1 kWh, export 0 kWh, substituted, final, from registers",
            "begins: 100 kWh, read there",
            "ends: 101 kWh, on the line between 100 kWh at",
            "(1800 s apart)",
            "import by gateway: 1 kWh, a substitute that stays",
        ],
    )?;
    good(
        folder,
        &["explain", "house 2", &(start / 900).to_string()],
        &["import 0.25 kWh, export 0.125 kWh, measured, from a file"],
    )?;
    good(
        folder,
        &["explain", "house 1", &later],
        &["missing", "nothing says it"],
    )?;
    bad(
        folder,
        &["explain", "house 1", &show(start + 60)],
        &["expected an interval's number or start"],
    )?;

    // A copy while it runs; put back, it says since when it knows what was signed.
    good(
        folder,
        &["backup", "copy.db"],
        &["copy.db: a copy of the database"],
    )?;
    bad(folder, &["backup", "copy.db"], &["copy.db"])?;
    drop(service);
    let before = scene.kept.all_signed()?.len();
    std::fs::copy(folder.join("copy.db"), folder.join("data/oracle.db"))?;
    for beside in ["oracle.db-wal", "oracle.db-shm"] {
        let _ = std::fs::remove_file(folder.join("data").join(beside));
    }
    let service = scene.service("")?;
    until_said(scene.local, "/status", "\"chain\":{").await?;
    let json: serde_json::Value = serde_json::from_str(&good(folder, &["status", "--json"], &[])?)?;
    let clean_from = json["clean_from"].as_u64().context("clean_from")?;
    ensure!(
        clean_from >= end + 600,
        "a copy knows nothing of what was signed before {clean_from}"
    );
    ensure!(
        scene.kept.all_signed()?.len() == before,
        "its record is the copied one"
    );
    drop(service);
    Ok(())
}
