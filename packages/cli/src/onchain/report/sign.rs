//! `gridpact report sign` and `combine`: members' signatures, and enough of them put together.

use std::path::{Path, PathBuf};

use anyhow::{ensure, Context, Result};
use gridpact_attest::draft::SignedDigest;
use gridpact_attest::gathering::Gathering;
use gridpact_client::{KeyLock, Registry};
use serde_json::json;

use super::super::exit::bad_argument;
use super::super::{files, hex, Session, Wallet};
use super::args::ReportArgs;
use super::report_file::{read, ReportFile};

/// Signs a draft with an oracle's key; no chain is asked.
pub(super) fn sign(args: &ReportArgs, draft: &Path, out: &Path) -> Result<bool> {
    let chain = &args.on.grid.chain;
    let network = super::super::network(chain)?;
    let draft = read::<ReportFile>(draft)?.draft();
    ensure!(
        draft.chain_id == network.chain_id,
        bad_argument(format!(
            "expected a report for chain {}, got one for {}",
            network.chain_id, draft.chain_id
        ))
    );
    let wallet = Wallet::new(&chain.keys, &network.prefix)?;
    let name = chain.from.as_ref().ok_or_else(|| {
        bad_argument(format!(
            "--from: expected an oracle's key ({}), got none",
            wallet.known()
        ))
    })?;
    let _held = hold(&wallet.store().file(name)?)?;
    let signed = draft.sign(wallet.load(name)?.report_key())?;
    files::write_json(out, &signed)?;
    super::super::print(chain.json, &signed, |signed| {
        format!(
            "{}: {} signed digest {}\nfor registry {} on {}\n",
            out.display(),
            signed.public_key,
            signed.digest,
            draft.registry,
            draft.chain_id
        )
    })?;
    Ok(true)
}

/// Takes a key's file, so that no oracle's service signs with it meanwhile: its record would not know of this signature.
///
/// # Errors
/// A service that runs holds it.
pub fn hold(path: &Path) -> Result<KeyLock> {
    let held = KeyLock::take(path)?;
    held.with_context(|| {
        format!(
            "{}: a gridpact-oracle that runs holds this key, and keeps the record of what it signed: stop it first",
            path.display()
        )
    })
}

/// Puts a draft and its signatures together, after checking every one as the chain will.
pub(super) async fn combine(
    session: &Session,
    registry: &Registry,
    draft: &Path,
    signatures: &[PathBuf],
    out: &Path,
) -> Result<()> {
    let draft = read::<ReportFile>(draft)?.draft();
    let epoch = draft.decode()?.header.epoch;
    let committee = registry.committee(Some(epoch)).await?;
    let quorum = committee.committee.quorum;
    let digest = hex(&draft.digest()?);
    let mut gathering = Gathering::new(draft, committee)?;
    for path in signatures {
        add(&mut gathering, path)?;
    }
    let certificate = gathering.certificate()?;
    let members = certificate.members();
    files::write_json(out, &ReportFile::from(certificate))?;
    let value = json!({ "digest": digest, "members": members, "out": out });
    session.print(&value, |_| {
        format!(
            "{}: signed by members {members:?}, {quorum} needed\n",
            out.display()
        )
    })
}

/// Adds the signature in a file.
///
/// # Errors
/// What the chain would refuse, with the file's name.
pub fn add(gathering: &mut Gathering, path: &Path) -> Result<()> {
    let signed: SignedDigest = read(path)?;
    let added = gathering.add(&signed);
    added.with_context(|| path.display().to_string())?;
    Ok(())
}
