use cosmwasm_std::{Binary, Response};
use gridpact_report::connections::ConnectionError;
use gridpact_report::{digest_of, encode, Domain, Header, Mode, Report, Resolution, Scheme};
use gridpact_types::registry::answers::NextReportResponse;
use gridpact_types::registry::committee::Signature;
use gridpact_types::registry::messages::ExecuteMsg;
use gridpact_types::registry::queries::QueryMsg;
use gridpact_units::{Energy, IntervalIndex, Reading};

use super::{judged, Grid, Outcome, FIRST};

/// A report before it is signed.
#[derive(Clone, Debug)]
pub struct UnsignedReport {
    pub header: Header,
    pub readings: Vec<Reading>,
}

impl UnsignedReport {
    pub fn new(epoch: u32, roster_version: u32, seats: u16, first: IntervalIndex, intervals: u16) -> Self {
        let header = Header {
            mode: Mode::Open,
            scheme: Scheme::Secp256k1,
            epoch,
            roster_version,
            first_interval: first,
            intervals,
            seats,
            revision: 0,
            resolution: Resolution::WATT_HOUR,
        };
        let readings = (0..header.reading_count())
            .map(|n| Reading::measured(Energy(n as u64 % 7 * 1_000), Energy(n as u64 % 3 * 1_000)))
            .collect();
        Self { header, readings }
    }

    pub fn bytes(&self) -> Vec<u8> {
        encode(&Report {
            header: self.header,
            readings: self.readings.clone(),
        })
        .unwrap()
    }
}

impl Grid {
    pub fn next(&self) -> NextReportResponse {
        self.ask(QueryMsg::NextReport {}).unwrap()
    }

    /// Just what the grid asks for next, of at most so many intervals.
    pub fn unsigned(&self, most: u16) -> UnsignedReport {
        let next = self.next();
        let intervals = next.max_intervals.min(most);
        UnsignedReport::new(
            next.epoch,
            next.roster_version,
            next.seats,
            next.first_interval.unwrap(),
            intervals,
        )
    }

    /// What is signed of a report; of bytes without a header, which have no digest, nothing in particular.
    pub fn digest(&self, bytes: &[u8]) -> [u8; 32] {
        let (chain_id, registry) = (&*self.env.block.chain_id, self.env.contract.address.as_str());
        digest_of(&Domain { chain_id, registry }, bytes).unwrap_or_default()
    }

    pub fn signatures(&self, digest: &[u8; 32], members: &[u8]) -> Vec<Signature> {
        let sign = |member: &u8| Signature {
            member: *member,
            signature: Binary::from(self.keys[usize::from(*member)].sign_digest(digest)),
        };
        members.iter().map(sign).collect()
    }

    pub fn carry(&mut self, bytes: Vec<u8>, signatures: Vec<Signature>) -> Outcome {
        self.send(
            "carrier",
            ExecuteMsg::Report {
                report: bytes.into(),
                signatures,
            },
        )
    }

    /// Signed by these members and carried.
    pub fn report_by(&mut self, draft: &UnsignedReport, members: &[u8]) -> Outcome {
        let bytes = draft.bytes();
        let signatures = self.signatures(&self.digest(&bytes), members);
        self.carry(bytes, signatures)
    }

    pub fn report(&mut self, draft: &UnsignedReport) -> Outcome {
        self.report_by(draft, &[0, 1, 2])
    }

    /// Reported and settled: as on a chain nothing has happened where the settlement refuses the readings.
    pub fn settled(&mut self, draft: &UnsignedReport) -> Result<Response, ConnectionError> {
        let before = self.stored();
        let response = self.report(draft).unwrap();
        match judged(&draft.bytes(), &response) {
            Ok(()) => Ok(response),
            Err(refused) => {
                self.restore(before);
                Err(refused)
            }
        }
    }

    pub fn close_gap(&mut self) -> Outcome {
        self.send("stranger", ExecuteMsg::CloseGap {})
    }
}

/// Three meters, and the first interval has just ended.
pub fn ready() -> (Grid, UnsignedReport) {
    let mut grid = Grid::with_meters(3);
    grid.until_ended(FIRST);
    let draft = grid.unsigned(1);
    (grid, draft)
}
