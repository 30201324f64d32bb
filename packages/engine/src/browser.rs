//! What JavaScript sees. Numbers of 64 bits are bigints and their lists `BigUint64Array`s, sums and money decimal strings in JSON:
//! nothing is ever a float. An error is thrown with the words of [`EngineError`](crate::error::EngineError).

use gridpact_report::{archive, body_hash, decode, digest_of, split, Domain, Header};
use gridpact_units::{Amount, Reading, UnixSeconds};
use wasm_bindgen::prelude::{wasm_bindgen, JsError};

use crate::call::Call;
use crate::replay::Replay;
use crate::seat;
use crate::signed::{self, Committee, Signatures};
use crate::window::{self, Steps, Window};

type Thrown<T> = Result<T, JsError>;

/// SHA-256: works where `crypto.subtle` is missing, as on plain http.
#[wasm_bindgen]
pub fn sha256(bytes: &[u8]) -> Vec<u8> {
    archive::sha256(bytes).to_vec()
}

/// What a committee signs of a report, for one registry on one chain. The readings are not decoded.
#[wasm_bindgen]
pub fn report_digest(chain_id: &str, registry: &str, report: &[u8]) -> Thrown<Vec<u8>> {
    Ok(digest_of(&Domain { chain_id, registry }, report)?.to_vec())
}

/// The members of the committee that signed a report, a bit each, the first the lowest: a quorum at least, or an error is thrown.
/// `keys` holds 33 bytes a member of the committee; `members` names the signers by their positions, ascending, and
/// `signatures` holds 64 bytes each of them.
#[wasm_bindgen]
pub fn verify_report(
    chain_id: &str,
    registry: &str,
    report: &[u8],
    keys: &[u8],
    quorum: usize,
    members: &[u8],
    signatures: &[u8],
) -> Thrown<u32> {
    let domain = Domain { chain_id, registry };
    let committee = Committee { keys, quorum };
    let signatures = Signatures { members, signatures };
    Ok(signed::verify(&domain, report, committee, signatures)?)
}

/// A report's readings: interval by interval, in each the seats in order. `free` it after use.
#[wasm_bindgen]
pub struct DecodedReport {
    header: Header,
    body_hash: [u8; 32],
    readings: Vec<Reading>,
}

#[wasm_bindgen]
impl DecodedReport {
    /// Throws where the bytes are no report.
    #[wasm_bindgen(constructor)]
    pub fn new(report: &[u8]) -> Thrown<Self> {
        let (_, body) = split(report)?;
        let body_hash = body_hash(body);
        let decoded = decode(report)?;
        Ok(Self {
            header: decoded.header,
            body_hash,
            readings: decoded.readings,
        })
    }

    /// The committee's epoch.
    #[wasm_bindgen(getter)]
    pub fn epoch(&self) -> u32 {
        self.header.epoch
    }

    /// The roster that the seats are of.
    #[wasm_bindgen(getter)]
    pub fn roster_version(&self) -> u32 {
        self.header.roster_version
    }

    /// The window's first interval.
    #[wasm_bindgen(getter)]
    pub fn first_interval(&self) -> u64 {
        self.header.first_interval.0
    }

    /// How many intervals: 1 to 192.
    #[wasm_bindgen(getter)]
    pub fn intervals(&self) -> u16 {
        self.header.intervals
    }

    /// How many seats: 1 to 1,024.
    #[wasm_bindgen(getter)]
    pub fn seats(&self) -> u16 {
        self.header.seats
    }

    /// 0 for a first report; a greater one replaces it.
    #[wasm_bindgen(getter)]
    pub fn revision(&self) -> u16 {
        self.header.revision
    }

    /// mWh of one count.
    #[wasm_bindgen(getter)]
    pub fn resolution(&self) -> u32 {
        self.header.resolution.milliwatt_hours()
    }

    /// SHA-256 of the readings' bytes: what archives and the registry call the report by.
    #[wasm_bindgen(getter)]
    pub fn body_hash(&self) -> Vec<u8> {
        self.body_hash.to_vec()
    }

    /// Taken from the wire, mWh.
    pub fn imports(&self) -> Vec<u64> {
        self.readings.iter().map(|reading| reading.import.0).collect()
    }

    /// Given to the wire, mWh.
    pub fn exports(&self) -> Vec<u64> {
        self.readings.iter().map(|reading| reading.export.0).collect()
    }

    /// How the readings came to be: 0 measured, 1 a substitute that stays, 2 one that may be replaced, 3 missing, 4 measured while
    /// the connection was limited.
    pub fn qualities(&self) -> Vec<u8> {
        self.readings
            .iter()
            .map(|reading| reading.quality.code())
            .collect()
    }
}

/// A window as this device settles it. `free` it after use.
#[wasm_bindgen]
pub struct SettledWindow(Window);

#[wasm_bindgen]
impl SettledWindow {
    /// Settles a window. `policy` is what the settlement answers as JSON; `seats` a JSON list of `{slot, household, weight, part,
    /// priority, buy_tier, sell_tier}`, by seat, `null` for a vacant one; `balances` as archives keep them. Throws where something
    /// does not fit together.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: &str, seats: &str, balances: &[u8], report: &[u8]) -> Thrown<Self> {
        let policy = window::read_policy(policy)?;
        Ok(Self(window::settle(
            &policy,
            &seat::read(seats)?,
            balances,
            report,
        )?))
    }

    /// JSON of what every seat bought, sold, pays and gets, of the community's part, and of all sums.
    pub fn outcome(&self) -> Thrown<String> {
        Ok(self.0.outcome_json()?)
    }

    /// JSON of every interval's price and sums.
    pub fn intervals(&self) -> Thrown<String> {
        Ok(self.0.intervals_json()?)
    }

    /// SHA-256 of the balances, as `window_settled` tells it.
    #[wasm_bindgen(getter)]
    pub fn balances_hash(&self) -> Vec<u8> {
        self.0.balances_hash.to_vec()
    }

    /// SHA-256 of the results, as `window_settled` tells it.
    #[wasm_bindgen(getter)]
    pub fn results_hash(&self) -> Vec<u8> {
        self.0.results_hash.to_vec()
    }

    /// What each seat needed in each interval, could pay of that, offered, bought and sold, mWh: five lists of one length, one behind
    /// the other; each goes interval by interval, in each the seats in order. Where parts are fixed, what it could pay and what it
    /// offered are at most its part.
    pub fn steps(&self) -> Vec<u64> {
        let Steps {
            needed,
            asked,
            offered,
            bought,
            sold,
        } = &self.0.steps;
        [needed, asked, offered, bought, sold].map(Vec::as_slice).concat()
    }
}

/// A grid's books as its events make them, from the beginning or from a window on: open its accounts, with what was free in them when
/// that window was settled; tell its rosters and the windows that were held; then every event in its order. `free` it after use.
#[wasm_bindgen]
pub struct ReplayedBooks(Replay);

#[wasm_bindgen]
impl ReplayedBooks {
    /// Empty books. `policy` is what the settlement answers as JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: &str) -> Thrown<Self> {
        Ok(Self(Replay::new(window::read_policy(policy)?)?))
    }

    /// One call for all, since each more that a browser sees costs its bytes; `Call::on` has the kinds. Throws
    /// what cannot have happened; nothing has changed then.
    pub fn call(
        &mut self,
        kind: u8,
        now: u64,
        at: u64,
        amount: u128,
        first: &[u8],
        second: &[u8],
    ) -> Thrown<Vec<u8>> {
        Ok(Call {
            now: UnixSeconds(now),
            at,
            amount: Amount(amount),
            first,
            second,
        }
        .on(&mut self.0, kind)?)
    }
}
