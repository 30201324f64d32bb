//! Profiles of somebody's own, and proposals of them.

use gridpact_readings::file::NamedFile;
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::options::Options;
use gridpact_readings::profile::propose::{propose, Known};
use gridpact_readings::profile::Profile;
use gridpact_readings::readings_table::ReadingsTable;

use super::{inputs, tell};

#[test]
fn profiles_themselves() {
    let seeds = [
        include_bytes!("../../../profiles/fluvius.toml").as_slice(),
        include_bytes!("../../../profiles/linznetz.toml"),
    ];
    let (inputs, mut random) = inputs(0x2545_f491_4f6c_dd1d);
    let mut read = 0;
    for _ in 0..inputs {
        let seed = seeds[random.below(seeds.len())];
        let bytes = random.spoil(seed);
        read += u64::from(Profile::parse(&String::from_utf8_lossy(&bytes)).is_ok());
    }
    tell("profiles", read, inputs);
}

#[test]
fn proposals_for_tables_that_nobody_described() {
    let seed = "Zählpunkt;Zeitstempel;Bezug [kWh];Einspeisung [kWh];Status\r\nAT1;13.05.2024 00:00;0,100;0,000;gemessen\r\nAT1;13.05.2024 00:15;0,200;0,000;Ersatz\r\n";
    let (inputs, mut random) = inputs(0x5851_f42d_4c95_7f2d);
    let known = Known {
        zone: Some("Europe/Vienna"),
        unit: None,
    };
    let mut proposed = 0;
    for _ in 0..inputs {
        let bytes = random.spoil(seed.as_bytes());
        let file = NamedFile::limited("spoilt", bytes.as_slice(), 1 << 20);
        let Ok(sample) = gridpact_readings::profile::sample::Sample::read(file, None) else {
            continue;
        };
        // Whatever is proposed is a profile, and reads or refuses.
        if let Ok(proposal) = propose(&sample, "spoilt", known) {
            proposed += 1;
            let options = Options {
                profile: Some(proposal.profile),
                ..Options::default()
            };
            let file = NamedFile::limited("spoilt", bytes.as_slice(), 1 << 20);
            let _ = ReadingsTable::<MeterName>::read([file], &options);
        }
    }
    tell("proposals", proposed, inputs);
    assert!(proposed > inputs / 100, "{proposed} of {inputs}");
}
