//! Files of one home each: Green Button's feeds, Home Assistant's pages.

use std::io::{self, Write};
use std::path::Path;

use super::files::{energies, moment, written, Made, Size, START};

/// A household's feed.
pub fn green_button(folder: &Path, size: Size) -> io::Result<Made> {
    for meter in 0..size.meters {
        written(folder, &format!("home {meter}.xml"), |out| {
            feed(out, meter, size.days)
        })?;
    }
    Ok(Made::default())
}

fn feed(out: &mut impl Write, meter: u64, days: u64) -> io::Result<()> {
    write!(
        out,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:e=\"http://naesb.org/espi\">\
         <entry><id>home {meter}</id><link rel=\"self\" href=\"U/1\"/><content><e:UsagePoint/></content></entry>\
         <entry><link rel=\"self\" href=\"U/1/M/1\"/><link rel=\"related\" href=\"T/1\"/><content><e:MeterReading/></content></entry>\
         <entry><link rel=\"self\" href=\"T/1\"/><content><e:ReadingType><e:uom>72</e:uom></e:ReadingType></content></entry>\
         <entry><link rel=\"up\" href=\"U/1/M/1/IntervalBlock\"/><content><e:IntervalBlock>"
    )?;
    for interval in 0..days * 96 {
        let (taken, _) = energies(meter, interval);
        writeln!(
            out,
            "<e:IntervalReading><e:timePeriod><e:duration>900</e:duration><e:start>{}</e:start></e:timePeriod><e:value>{taken}</e:value></e:IntervalReading>",
            START + interval * 900
        )?;
    }
    write!(out, "</e:IntervalBlock></content></entry></feed>")
}

/// Homes' pages: sensors, a column an hour; every second of them counts what was given.
pub fn home_assistant(folder: &Path, size: Size, sensors: u64) -> io::Result<Made> {
    for meter in 0..size.meters {
        written(folder, &format!("home {meter}.csv"), |out| {
            page(out, meter, size.days * 24, sensors)
        })?;
    }
    Ok(Made::default())
}

fn page(out: &mut impl Write, meter: u64, hours: u64, sensors: u64) -> io::Result<()> {
    write!(out, "entity_id,type,unit")?;
    for hour in 0..hours {
        write!(out, ",{}", moment(hour * 4).replace('Z', ".000Z"))?;
    }
    for sensor in 0..sensors {
        let gives = sensor % 2 == 1;
        let kind = if gives { "grid_return" } else { "grid_consumption" };
        write!(out, "\nsensor.energy_{sensor},{kind},Wh")?;
        for hour in 0..hours {
            let (taken, given) = energies(meter + sensor, hour);
            write!(out, ",{}", if gives { given } else { taken })?;
        }
    }
    writeln!(out)
}
