//! The words themselves, in small letters.

/// Of what was taken from the wire.
pub(super) const IMPORT: [&str; 12] = [
    "import",
    "bezug",
    "bezogen",
    "afname",
    "soutirage",
    "prelev",
    "grid_in",
    "delivered",
    "aus dem netz",
    "vom netz",
    "1.8.0",
    "1.29.0",
];
/// Of what was used: taken from the wire where nothing else is known.
pub(super) const USED: [&str; 7] = [
    "consum",
    "usage",
    "verbrauch",
    "verbruik",
    "consommation",
    "energiemenge",
    "forbrug",
];
/// Of what was given to the wire.
pub(super) const EXPORT: [&str; 17] = [
    "export",
    "einspeis",
    "eingespeist",
    "injec",
    "feed",
    "lieferung",
    "teruglever",
    "verted",
    "vertid",
    "excedent",
    "immess",
    "surplus",
    "return",
    "überschuss",
    "ins netz",
    "2.8.0",
    "2.29.0",
];
/// Of what was made: given to the wire where nothing else is known.
pub(super) const MADE: [&str; 6] = [
    "generat",
    "erzeug",
    "productie",
    "production",
    "solar",
    "produktion",
];
/// Of what never came to the wire, or went through a battery.
pub(super) const OWN: [&str; 11] = [
    "eigen",
    "self",
    "own use",
    "direktverbrauch",
    "autoconsum",
    "autoconso",
    "zelf",
    "batter",
    "akku",
    "speicher",
    "accu",
];
/// Of energy that does no work.
pub(super) const REACTIVE: [&str; 8] = [
    "blind",
    "reactive",
    "réactive",
    "reactiva",
    "reactief",
    "reattiva",
    "capacitief",
    "inductief",
];
/// Of units of it.
pub(super) const REACTIVE_UNITS: [&str; 6] = ["kvarh", "varh", "kvar", "var", "kvah", "kva"];
/// Of money, as a word of its own.
pub(super) const CURRENCIES: [&str; 8] = ["eur", "ct", "cent", "chf", "gbp", "usd", "dkk", "sek"];
/// Of money within a word.
pub(super) const MONEY: [&str; 9] = [
    "cost", "price", "preis", "kosten", "prix", "prijs", "precio", "prezzo", "betrag",
];
/// Of money, where no unit of energy stands beside.
pub(super) const FEES: [&str; 4] = ["tarif", "tax", "charge", "fee"];
/// Of a register's total.
pub(super) const TOTAL: [&str; 5] = ["zählerstand", "zaehlerstand", "kumul", "cumul", "meterstand"];
/// Of tariffs and phases, which are added up; of a wire and of the kind of energy, which say nothing of whose it is.
pub(super) const PARTS: [&str; 33] = [
    "ht",
    "nt",
    "hochtarif",
    "niedertarif",
    "tag",
    "nacht",
    "dag",
    "day",
    "night",
    "peak",
    "off",
    "offpeak",
    "t1",
    "t2",
    "t3",
    "p1",
    "p2",
    "p3",
    "l1",
    "l2",
    "l3",
    "tarif",
    "tariff",
    "phase",
    "1",
    "2",
    "3",
    "active",
    "aktiv",
    "wirkarbeit",
    "wirkenergie",
    "wirkleistung",
    "total",
];
/// Of both in one number, below zero where it was given.
pub(super) const NET: [&str; 3] = ["net", "saldo", "balance"];
/// Of energy at all.
pub(super) const ENERGY: [&str; 15] = [
    "valeur",
    "valor",
    "valore",
    "state",
    "energy",
    "energie",
    "energia",
    "volume",
    "value",
    "wert",
    "waarde",
    "kwh",
    "reading",
    "stand",
    "zählerstand",
];
/// Of a meter.
pub(super) const METER: [&str; 18] = [
    "meter",
    "zähler",
    "zaehler",
    "zählpunkt",
    "zaehlpunkt",
    "ean",
    "nmi",
    "mpan",
    "cups",
    "pod",
    "prm",
    "device",
    "serial",
    "customer",
    "kunde",
    "point",
    "house",
    "haus",
];
/// Of a quality.
pub(super) const QUALITY: [&str; 10] = [
    "quality",
    "qualit",
    "status",
    "validat",
    "flag",
    "ersatz",
    "estimat",
    "metodo",
    "method",
    "kwaliteit",
];
/// Of a moment.
pub(super) const TIME: [&str; 12] = [
    "time", "zeit", "stamp", "epoch", "unix", "date", "datum", "fecha", "hora", "heure", "tijd", "horodat",
];
/// Of an interval's start.
pub(super) const START: [&str; 8] = ["start", "von", "from", "begin", "beginn", "van", "debut", "desde"];
/// Of an interval's end.
pub(super) const END: [&str; 9] = [
    "end", "bis", "tot", "until", "jusqu", "fin", "hasta", "to", "ende",
];
