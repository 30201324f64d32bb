//! `gridpact-oracle init`: five questions, and a file.

use std::fs::File;
use std::io::{stdin, BufRead, Write};
use std::path::Path;

use anyhow::{bail, ensure, Context, Result};

use super::options::InitArgs;
use crate::config::Config;

/// Asks what no option answers, checks the answers as the service will, and writes the file.
///
/// # Errors
/// The file is there; an answer that the service would refuse.
pub fn run(path: &Path, args: &InitArgs) -> Result<()> {
    ensure!(
        !path.exists(),
        "{}: there is such a file; it stays as it is",
        path.display()
    );
    let text = file(&answers(args, &mut stdin().lock())?)?;
    Config::parse(&text, path)?;
    // No secret stands in it: a service with a user of its own must be able to read it.
    let written = File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.with_context(|| path.display().to_string())?;
    println!(
        "wrote {}\n\nAdd where readings come from (the README has recipes), then:\n  gridpact-oracle --config {} check",
        path.display(),
        path.display()
    );
    Ok(())
}

/// The five answers.
struct Answers {
    network: String,
    registry: String,
    key: String,
    folder: String,
    meters: String,
}

fn answers(args: &InitArgs, input: &mut impl BufRead) -> Result<Answers> {
    let mut ask = |given: &Option<String>, question: &str, usual: &str| -> Result<String> {
        if let Some(given) = given {
            return Ok(given.clone());
        }
        let hint = if usual.is_empty() {
            String::new()
        } else {
            format!(" [{usual}]")
        };
        print!("{question}{hint}: ");
        std::io::stdout().flush()?;
        let mut line = String::new();
        let read = input.read_line(&mut line).context("the answer")?;
        match line.trim() {
            "" if usual.is_empty() || read == 0 => bail!("{question}: expected an answer, got none"),
            "" => Ok(usual.to_owned()),
            answer => Ok(answer.to_owned()),
        }
    };
    Ok(Answers {
        network: ask(&args.network, "The chain's network file", "networks/devnet.toml")?,
        registry: ask(&args.registry, "The address of the grid's registry", "")?,
        key: ask(
            &args.key,
            "The file with the oracle's 24 words, mode 0600",
            "oracle.mnemonic",
        )?,
        folder: ask(&args.folder, "The folder for the database", "data")?,
        meters: ask(
            &args.meters,
            "The meters to read, NAME=SLOT, separated by commas",
            "",
        )?,
    })
}

fn file(answers: &Answers) -> Result<String> {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut text = format!(
        "# An oracle of Gridpact. Paths start where this file is.\n\
         network = {}\nregistry = {}\nfolder = {}\n\n\
         [keys]\n# 24 words each, mode 0600; or credential:NAME from systemd.\noracle = {}\n# carrier = \"carrier.mnemonic\"\n\n\
         [report]\n# A report a day, that ends at midnight UTC; made when holes below two hours can have closed.\n\
         window = \"1d\"\noffset = \"0s\"\ndelay = \"2h10m\"\n",
        quoted(&answers.network),
        quoted(&answers.registry),
        quoted(&answers.folder),
        quoted(&answers.key),
    );
    for meter in answers
        .meters
        .split(',')
        .map(str::trim)
        .filter(|meter| !meter.is_empty())
    {
        let (name, slot) = meter
            .rsplit_once('=')
            .with_context(|| format!("meters: expected NAME=SLOT, got `{meter}`"))?;
        let slot: u32 = slot
            .trim()
            .parse()
            .with_context(|| format!("meters: expected the number of a slot, got `{slot}`"))?;
        text.push_str(&format!(
            "\n[[meters]]\nname = {}\nslot = {slot}\n",
            quoted(name.trim())
        ));
    }
    Ok(text)
}
