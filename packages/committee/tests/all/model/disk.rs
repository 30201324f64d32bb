//! A record on a disk that outlives its member, and breaks off where it is told to.

use std::cell::RefCell;
use std::rc::Rc;

use gridpact_committee::record::{conflict, Conflict, Record, RecordError, Row};
use gridpact_units::IntervalIndex;

/// Where a member crashes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Crash {
    #[default]
    None,
    /// Before a row is on the disk.
    BeforeCommit,
    /// Behind it: the row is there, and no signature.
    AfterCommit,
}

#[derive(Debug, Default)]
pub struct Content {
    pub rows: Vec<Row>,
    pub crash: Crash,
    pub crashed: bool,
    /// The wrong variant: rows come to the disk after their signatures left.
    pub late: bool,
    pub waiting: Vec<Row>,
}

/// The disk, for its member and the world.
#[derive(Clone, Debug, Default)]
pub struct Disk(pub Rc<RefCell<Content>>);

impl Record for Disk {
    fn rows(&self, epoch: u32, first: IntervalIndex) -> Result<Vec<Row>, RecordError> {
        let content = self.0.borrow();
        let rows = content
            .rows
            .iter()
            .filter(|row| row.epoch == epoch && row.first == first);
        Ok(rows.cloned().collect())
    }

    fn commit(&mut self, row: &Row) -> Result<Result<(), Conflict>, RecordError> {
        let mut content = self.0.borrow_mut();
        let broken = || Err(RecordError("the machine is off".into()));
        if content.crashed {
            return broken();
        }
        if content.crash == Crash::BeforeCommit {
            content.crashed = true;
            return broken();
        }
        if let Some(conflict) = conflict(content.rows.iter().chain(&content.waiting), row) {
            return Ok(Err(conflict));
        }
        if content.late {
            content.waiting.push(row.clone());
        } else if !content.rows.contains(row) {
            content.rows.push(row.clone());
        }
        if content.crash == Crash::AfterCommit {
            content.crashed = true;
            return broken();
        }
        Ok(Ok(()))
    }
}
