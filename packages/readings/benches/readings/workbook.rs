//! EDA's workbook.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;

use super::files::{energies, in_vienna, written, Made, Size};

/// A workbook with a column a metering point.
pub fn workbook(folder: &Path, size: Size) -> io::Result<Made> {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |target: &str, kind: &str| {
        format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{relation}/{kind}\" Target=\"{target}\"/></Relationships>")
    };
    let sheets = format!("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{relation}\"><sheets><sheet name=\"Energiedaten\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned(),
        ),
        ("_rels/.rels", relations("xl/workbook.xml", "officeDocument")),
        ("xl/workbook.xml", sheets),
        (
            "xl/_rels/workbook.xml.rels",
            relations("worksheets/sheet1.xml", "worksheet"),
        ),
    ];
    let mut unpacked = Counted(io::sink(), 0);
    sheet(&mut unpacked, size)?;
    written(folder, "workbook.xlsx", |out| {
        let mut archive = zip::ZipWriter::new(out);
        let fast = SimpleFileOptions::default()
            .compression_level(Some(1))
            .large_file(true);
        for (name, text) in parts {
            archive.start_file(name, fast)?;
            archive.write_all(text.as_bytes())?;
        }
        archive.start_file("xl/worksheets/sheet1.xml", fast)?;
        sheet(&mut BufWriter::new(&mut archive), size)?;
        archive.finish()?.flush()
    })?;
    Ok(Made {
        unpacked: Some(unpacked.1),
        ..Made::default()
    })
}

/// Bytes written, counted.
struct Counted<W>(W, u64);

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.0.write(bytes)?;
        self.1 += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn sheet(out: &mut impl Write, size: Size) -> io::Result<()> {
    let text = |cell: &str| format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>");
    write!(
        out,
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
    )?;
    write!(out, "<row r=\"1\">{}", text("MeteringpointID"))?;
    for meter in 0..size.meters {
        write!(out, "{}", text(&format!("AT{meter:031}")))?;
    }
    write!(out, "</row><row r=\"2\">{}", text("Metercode"))?;
    for meter in 0..size.meters {
        let code = match meter.is_multiple_of(5) {
            true => "Gesamte gemeinschaftliche Erzeugung [KWH]",
            false => "Gesamtverbrauch lt. Messung (bei Teilnahme gem. Erzeugung) [KWH]",
        };
        write!(out, "{}", text(code))?;
    }
    write!(out, "</row>")?;
    for interval in 0..size.days * 96 {
        write!(out, "<row r=\"{}\">{}", interval + 3, text(&in_vienna(interval)))?;
        for meter in 0..size.meters {
            let (taken, given) = energies(meter, interval);
            write!(out, "<c><v>0.{:03}</v></c>", taken + given)?;
        }
        write!(out, "</row>")?;
    }
    write!(out, "</sheetData></worksheet>")
}
