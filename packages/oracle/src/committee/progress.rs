//! How a member of a committee stands, for people and metrics.

use std::collections::{BTreeMap, VecDeque};

use gridpact_committee::member::action::News;
use gridpact_committee::member::glance::Glance;

/// Words that are kept for people.
const TOLD: usize = 8;

/// How a member of a committee stands.
#[derive(Clone, Debug, Default)]
pub struct CommitteeProgress {
    /// The window, once there is one with a shared file.
    pub glance: Option<Glance>,
    /// The peers.
    pub peers: Vec<PeerProgress>,
    /// Drafts that were not signed since the start.
    pub disagreements: u64,
    /// Members that said two things since the start, a time each.
    pub equivocations: u64,
    /// Readings beyond the tolerance of what was attested since the start, by the name of who read so; perhaps this one.
    pub outliers: BTreeMap<String, u64>,
    /// Accepted reports, of the newest windows, that are not in the archive here.
    pub lacking: usize,
    /// What keeps it from signing, by what it is.
    pub alerts: BTreeMap<&'static str, String>,
    /// What was told last, the newest first.
    pub told: VecDeque<String>,
}

/// How a peer stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerProgress {
    /// What people call it.
    pub name: String,
    /// Whether there is a line to it.
    pub up: bool,
    /// How far its clock is before this one, ms, as measured last.
    pub ahead: Option<i64>,
    /// Why it was not reached when it was called last.
    pub trouble: Option<String>,
}

impl CommitteeProgress {
    /// Where the window is another one, what kept the last from being signed is told again if it still does.
    pub(super) fn see(&mut self, glance: Option<Glance>) {
        let first = |glance: &Option<Glance>| glance.map(|glance| glance.first);
        if first(&glance) != first(&self.glance) {
            self.alerts.clear();
        }
        self.glance = glance;
    }

    pub(super) fn note(&mut self, words: &str) {
        self.told.truncate(TOLD.saturating_sub(1));
        self.told.push_front(words.to_owned());
    }

    pub(super) fn hear(&mut self, news: &News) {
        let kind = match news {
            News::Disagreement { .. } => {
                self.disagreements = self.disagreements.saturating_add(1);
                return;
            }
            News::NotMember { .. } => "member",
            News::NoFile | News::NotAccepted { .. } | News::File(_) | News::Unfit(_) => "file",
            News::NotSigned(_) | News::Restored => "record",
            News::Doppelganger { .. } => "doppelganger",
            News::Clock { .. } => "clock",
            News::NoRevision => "revision",
            News::Reading(_) => "reading",
            News::Malformed(_)
            | News::Certified { .. }
            | News::RefusedForGood { .. }
            | News::Outliers { .. } => return,
        };
        self.alerts.insert(kind, news.to_string());
    }
}
