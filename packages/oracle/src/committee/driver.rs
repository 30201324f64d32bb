//! A member of a committee with a clock, a database, a node, meters and peers: what happens goes in, what is to be done is done.
//!
//! The member itself lives on a thread that may wait, since what it signs is first written down. Everything else comes to it here:
//! the chain's state, readings, what peers say, what became of what was carried, what the operator said.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use gridpact_client::Key;
use gridpact_committee::chain::Committee;
use gridpact_committee::member::event::Event;
use gridpact_committee::moment::Moment;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::{spawn_blocking, JoinSet};
use tokio::time::{interval, sleep, MissedTickBehavior};

use super::carrier;
use super::error::DriverError;
use super::files::Shelf;
use super::lacking::Fetching;
use super::parts::{Driver, Fed, Look};
use super::peers::identity::Identity;
use super::peers::network::Network;
use super::progress::CommitteeProgress;
use super::settled::{Certified, Settled};
use super::state;
use super::watcher;
use crate::reporting::chain::ChainSide;
use crate::reporting::desk::Desk;

/// What is fed and not yet dealt with: an answer of each part, and some readings.
const FED: usize = 64;
/// How often peers are told what is here, and the folder is looked at for what the operator said.
const GOSSIP: Duration = Duration::from_secs(3);
/// The longest sleep: a clock that is set must not be slept over.
const NAP: u64 = 1_000;
/// Before slot 0 by so much the chain is looked at as often as while a slot runs, ms.
const BEFORE: u64 = 60_000;

impl<C: ChainSide> Driver<C> {
    /// Its parts are started; it does nothing before it runs.
    ///
    /// # Errors
    /// TLS refuses the key.
    pub fn new(
        chain: C,
        key: &Key,
        desk: Desk,
        identity: Identity,
        listener: Option<TcpListener>,
    ) -> Result<Self, DriverError> {
        let chain = Arc::new(chain);
        let (network, hears) = Network::start(identity, listener, desk.clock.clone())?;
        let (feeds, fed) = mpsc::channel(FED);
        let (jobs, waiting) = mpsc::channel(carrier::WAITING);
        let (eager, is_eager) = watch::channel(false);
        let certified = Certified::default();
        let fetching = Fetching::default();
        let settled = Settled::new(certified.clone(), fetching.lacking.clone());
        let mut tasks = JoinSet::new();
        tasks.spawn(carrier::run(Arc::clone(&chain), waiting, feeds.clone()));
        let watching = watcher::run(Arc::clone(&chain), desk.clone(), settled, feeds.clone(), is_eager);
        tasks.spawn(watching);
        Ok(Self {
            chain,
            desk,
            key: key.report_key().clone(),
            network,
            member: None,
            grid: None,
            look: None,
            shelf: Shelf::default(),
            stamp: None,
            passed: BTreeMap::new(),
            known: BTreeMap::new(),
            wanted: None,
            certified,
            fetching,
            jobs,
            feeds,
            readings: JoinSet::new(),
            fed,
            hears,
            eager,
            wakes: Moment::default(),
            _tasks: tasks,
        })
    }

    /// Works until the committee has one member only.
    ///
    /// # Errors
    /// A part of it ended; the store refuses.
    pub async fn run(mut self) -> Result<(), DriverError> {
        let mut gossip = interval(GOSSIP);
        gossip.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let nap = self.wakes.since(self.desk.clock.moment()).min(NAP);
            tokio::select! {
                fed = self.fed.recv() => match fed {
                    Some(Fed::Looked(look)) if look.committee.size() == 1 => return Ok(()),
                    Some(fed) => self.take(fed).await?,
                    None => return Err(DriverError::Ended("what feeds it")),
                },
                heard = self.hears.recv() => match heard {
                    Some(heard) => self.hear(heard).await?,
                    None => return Err(DriverError::Ended("the lines")),
                },
                _ = gossip.tick() => self.gossip().await?,
                () = sleep(Duration::from_millis(nap)) => self.happen(Event::Tick).await?,
            }
            while self.readings.try_join_next().is_some() {}
        }
    }

    async fn take(&mut self, fed: Fed) -> Result<(), DriverError> {
        match fed {
            Fed::Looked(look) => self.looked(look).await,
            Fed::Event(event) => self.happen(event).await,
            Fed::Carried => {
                let mut progress = self.desk.progress();
                progress.carried = progress.carried.saturating_add(1);
                drop(progress);
                // What comes next is asked for at once.
                self.eager.send_modify(|_| {});
                Ok(())
            }
            Fed::Closed => {
                self.eager.send_modify(|_| {});
                Ok(())
            }
            Fed::NotCarried(event, why) => {
                self.note(&format!("carrying: {why}"));
                match event {
                    Some(event) => self.happen(event).await,
                    None => Ok(()),
                }
            }
        }
    }

    async fn looked(&mut self, look: Box<Look>) -> Result<(), DriverError> {
        let basis = &look.asked.basis;
        if self.member.is_none() {
            let grid = state::grid(self.chain.as_ref(), basis)?;
            self.member = Some(Box::new(self.machine(grid.clone())));
            self.grid = Some(grid);
        }
        let state = state::state(basis, Arc::clone(&look.committee));
        let before = self
            .look
            .as_ref()
            .map(|look| look.asked.basis.next.first_interval);
        if before != Some(basis.next.first_interval) {
            // What was too early may be for this window.
            self.passed.clear();
        }
        let begins = self.look.is_none();
        self.look = Some(look);
        if begins {
            self.look_at_folder().await?;
        }
        self.see_what_rests(state.as_ref());
        match state {
            Some(state) => self.happen(Event::Chain(Box::new(state))).await?,
            None => self.desk.progress().waiting = Some("the grid has no meter yet".to_owned()),
        }
        self.find_peers();
        Ok(())
    }

    /// Something happened to the member: what it wants is done.
    pub(super) async fn happen(&mut self, event: Event) -> Result<(), DriverError> {
        let Some(mut member) = self.member.take() else {
            return Ok(());
        };
        let now = self.desk.clock.moment();
        let worked = spawn_blocking(move || {
            let actions = member.on(event, now);
            (member, actions)
        });
        let (member, actions) = worked
            .await
            .map_err(|_| DriverError::Ended("the member itself"))?;
        self.wakes = member.wakes_at(now);
        let glance = member.glance(now);
        let open = glance.is_some_and(|glance| glance.anchor <= now.plus(BEFORE));
        self.eager
            .send_if_modified(|eager| core::mem::replace(eager, open) != open);
        self.member = Some(member);
        self.with_progress(|progress| progress.see(glance));
        for action in actions {
            self.act(action)?;
        }
        Ok(())
    }

    pub(super) fn with_progress(&self, change: impl FnOnce(&mut CommitteeProgress)) {
        let mut progress = self.desk.progress();
        change(progress.committee.get_or_insert_default());
    }

    /// Tells people.
    pub(super) fn note(&self, words: &str) {
        eprintln!("committee: {words}");
        self.with_progress(|progress| progress.note(words));
    }

    /// The committee, once the chain has told.
    pub(super) fn committee(&self) -> Option<&Arc<Committee>> {
        self.look.as_ref().map(|look| &look.committee)
    }
}
