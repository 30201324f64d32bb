//! How a member begins: with its key, its record, and what the operator said of both.

use std::sync::Arc;

use gridpact_committee::chain::{ChainState, Grid};
use gridpact_committee::member::event::Event;
use gridpact_committee::member::state::{Member, Start};
use gridpact_committee::moment::Moment;

use super::error::DriverError;
use super::files::Shelf;
use super::parts::{Driver, Machine};
use super::{honesty, state, suspension};
use crate::reporting::chain::ChainSide;
use crate::store::said::Kept;

impl<C: ChainSide> Driver<C> {
    /// What stops with this member, by the newest file that its operator accepted.
    pub(super) fn see_what_rests(&self, state: Option<&ChainState>) {
        let file = honesty::newest_accepted(&self.shelf);
        let key = self.key.public_key();
        let told = file
            .zip(state)
            .map(|(file, state)| honesty::about_this(file, state, &key));
        self.desk.progress().rests_on_this = told.unwrap_or_default();
    }

    pub(super) fn machine(&self, grid: Grid) -> Machine {
        let store = &self.desk.store;
        let start = Start {
            at: self.desk.clock.moment(),
            known_from: Moment::of(store.clean_from()),
            doppelganger: suspension::is_suspended(store.folder()),
        };
        let record = Kept::new(store.clone(), self.desk.clock.clone());
        Member::new(grid, self.key.clone(), record, start)
    }

    /// A member of its own, as the record stands now: what the operator said of it is in the record.
    pub(super) async fn begin_anew(&mut self) -> Result<(), DriverError> {
        let Some(grid) = self.grid.clone() else {
            return Ok(());
        };
        self.member = Some(Box::new(self.machine(grid)));
        self.shelf = Shelf::default();
        self.stamp = None;
        self.look_at_folder().await?;
        let state = self
            .look
            .as_ref()
            .and_then(|look| state::state(&look.asked.basis, Arc::clone(&look.committee)));
        match state {
            Some(state) => self.happen(Event::Chain(Box::new(state))).await,
            None => Ok(()),
        }
    }
}
