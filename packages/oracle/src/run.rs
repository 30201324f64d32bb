//! `gridpact-oracle run`: everything at once, until it is told to stop.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Result};
use gridpact_client::{Chain, KeyLock, Network, Sender};
use gridpact_readings::rfc3339;
use sd_notify::NotifyState;
use tokio::net::TcpListener;
use tokio::signal::unix::{signal, SignalKind};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::clock::Clock;
use crate::committee::parts::Driver;
use crate::committee::peers::identity::Identity;
use crate::config::{Config, Keys, PushListener, SecretError};
use crate::housekeeping;
use crate::intake::Intake;
use crate::reporting::chain::{asking, ChainSide, Node};
use crate::reporting::desk::{Desk, Progress};
use crate::reporting::reporter::Reporter;
use crate::retry::Backoff;
use crate::service::Service;
use crate::sources::{folder, mqtt, p1, push};
use crate::store::Store;
use crate::tally::Tally;
use crate::web::{listener, local};

/// How often systemd is told that the writer writes; its own limit is a minute.
const WATCHDOG: Duration = Duration::from_secs(15);

/// Runs until SIGTERM or SIGINT.
///
/// # Errors
/// What keeps it from starting: another process has the folder or the key, a listener's address is taken, a secret is not
/// there.
pub async fn run(config: Config) -> Result<()> {
    let network = Network::read(&config.network)?;
    let clock = Clock::of(&network);
    let store = Store::open(&config.folder, clock.now())?;
    let _held = hold(&config.keys)?;
    // A key that cannot be read is told now, not when the first report is due.
    config.keys.oracle.key(&network.prefix)?;
    eprintln!(
        "every signature is known since {}",
        rfc3339::show(store.clean_from())
    );
    let (grid, known) = watch::channel(None);
    let desk = Desk {
        store: store.clone(),
        clock: clock.clone(),
        meters: Arc::new(config.meters.clone()),
        rules: config.report,
        progress: Arc::new(Mutex::new(Progress::default())),
        grid,
    };
    let tally = Tally::default();
    let intake = Intake::new(store.clone(), clock, tally.clone());
    let config = Arc::new(config);
    let service = Arc::new(Service::new(Arc::clone(&config), desk.clone(), tally.clone()));
    let mut tasks = JoinSet::new();
    serve_local(&config, &service, &mut tasks).await?;
    if let Some(push) = &config.push {
        serve_senders(push, &intake, &mut tasks).await?;
    }
    sources(&config, &intake, &known, &mut tasks);
    // A committee's listener is there from the start, so that an address that is taken is told now.
    let peers = listen_to_peers(&config).await?;
    tasks.spawn(report(Arc::clone(&config), network, desk.clone(), peers));
    tasks.spawn(housekeeping::run(Config::clone(&config), desk, tally));
    tasks.spawn(watchdog(store));
    let _ = sd_notify::notify(&[NotifyState::Ready]);
    eprintln!("ready; http://{}/status", config.local.listen);
    let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
        ended = tasks.join_next() => anyhow::bail!("a part of the service ended: {ended:?}"),
    }
    let _ = sd_notify::notify(&[NotifyState::Stopping]);
    Ok(())
}

/// Takes the key's file: no other process signs with it meanwhile.
fn hold(keys: &Keys) -> Result<KeyLock> {
    let path = keys.oracle.path()?;
    let held = KeyLock::take(&path)?;
    Ok(held.ok_or(SecretError::InUse { path })?)
}

async fn serve_local(config: &Config, service: &Arc<Service>, tasks: &mut JoinSet<()>) -> Result<()> {
    let address = config.local.listen;
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("local.listen {address}"))?;
    let (ready, router) = (listener::plain(listener)?, local::router(Arc::clone(service)));
    tasks.spawn(async move {
        if let Err(error) = axum::serve(ready, router).await {
            eprintln!("local: {error}");
        }
    });
    Ok(())
}

async fn serve_senders(config: &PushListener, intake: &Intake, tasks: &mut JoinSet<()>) -> Result<()> {
    let address = *config.listen.get_ref();
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("push.listen {address}"))?;
    let router = push::server::router(&config.tokens, intake.clone());
    let served = async move |served: std::io::Result<()>| {
        if let Err(error) = served {
            eprintln!("push: {error}");
        }
    };
    match &config.tls {
        None => {
            let ready = listener::plain(listener)?;
            tasks.spawn(async move { served(axum::serve(ready, router).await).await });
        }
        Some(files) => {
            let acceptor = listener::acceptor(files)
                .map_err(anyhow::Error::msg)
                .context("push.tls")?;
            let ready = listener::secure(listener, acceptor)?;
            tasks.spawn(async move { served(axum::serve(ready, router).await).await });
        }
    }
    Ok(())
}

fn sources(
    config: &Config,
    intake: &Intake,
    grid: &watch::Receiver<Option<crate::grid::Grid>>,
    tasks: &mut JoinSet<()>,
) {
    for source in &config.p1 {
        tasks.spawn(p1::source::run(source.clone(), intake.clone()));
    }
    for source in &config.mqtt {
        tasks.spawn(mqtt::run(source.clone(), intake.clone()));
    }
    for source in &config.folders {
        let reader = folder::source::FileReader {
            name: source.name.get_ref().clone(),
            meters: Arc::new(config.meters.clone()),
            options: folder::source::options(source),
            intake: intake.clone(),
        };
        tasks.spawn(folder::source::run(source.clone(), reader, grid.clone()));
    }
}

/// The members of a committee call here.
async fn listen_to_peers(config: &Config) -> Result<Option<std::net::TcpListener>> {
    let Some(address) = config.peers.listen else {
        return Ok(None);
    };
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("peers.listen {address}"))?;
    Ok(Some(listener.into_std()?))
}

/// Reports for ever, once the node answers: alone, or as one of a committee's members, as the chain says.
async fn report(config: Arc<Config>, network: Network, desk: Desk, peers: Option<std::net::TcpListener>) {
    let mut backoff = Backoff::default();
    loop {
        let done = report_as_asked(&config, &network, &desk, peers.as_ref()).await;
        desk.trouble(done.err().map(|error| format!("{error:#}")));
        backoff.pause().await;
    }
}

/// Reports until the committee is another kind of one, or something fails.
async fn report_as_asked(
    config: &Config,
    network: &Network,
    desk: &Desk,
    peers: Option<&std::net::TcpListener>,
) -> Result<()> {
    let chain = Chain::connect(network.clone()).await?;
    let key = config.keys.oracle.key(&network.prefix)?;
    let carrier = config.keys.carrier.as_ref().unwrap_or(&config.keys.oracle);
    let sender = Sender::new(chain.clone(), carrier.key(&network.prefix)?);
    let node = Node::new(&chain, &config.registry, sender);
    let asked = node.ask().await.with_context(|| asking(&config.registry))?;
    let epoch = asked.basis.next.epoch;
    if node.committee(epoch).await?.committee.members.len() == 1 {
        {
            let mut progress = desk.progress();
            progress.committee = None;
            progress.rests_on_this.clear();
        }
        Reporter::new(node, key, desk.clone()).run().await;
        return Ok(());
    }
    let identity = Identity::of(desk.store.folder())?;
    let listener = match peers {
        Some(peers) => Some(TcpListener::from_std(peers.try_clone()?)?),
        None => None,
    };
    Driver::new(node, &key, desk.clone(), identity, listener)?
        .run()
        .await?;
    Ok(())
}

/// Tells systemd that all is well, as long as the writer answers.
async fn watchdog(store: Store) {
    loop {
        if store.writer().ping(WATCHDOG).await.is_some() {
            let _ = sd_notify::notify(&[NotifyState::Watchdog]);
        }
        tokio::time::sleep(WATCHDOG).await;
    }
}
