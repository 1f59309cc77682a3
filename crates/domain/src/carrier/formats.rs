//! The 39 formats of the data as patterns. Where the data looks ahead to the end of a number, the lengths are written
//! out here, one pattern each, in the order in which the data would try them.

use super::check_digit::Algorithm::{self, Luhn, Mod7, Mod10, Mod37And36, None as Unchecked, S10, Weighted};
use super::{Carrier, CheckDigit, TrackingNumber, pattern, postal_operators};

/// One way in which a carrier numbers its parcels.
pub(super) struct Format {
    pub(super) carrier: Carrier,
    /// The name in the data.
    pub(super) name: &'static str,
    /// The first that fits counts.
    pub(super) patterns: &'static [&'static str],
    pub(super) check: Algorithm,
    /// Put before a serial number that does not start with it, before the check digit is computed.
    pub(super) serial_prefix: &'static str,
    /// The carrier's page, up to and behind the number.
    pub(super) url: Option<(&'static str, &'static str)>,
}

/// What one format says of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Could be one of them.
    Matches { specificity: u32, check: CheckDigit },
    /// The pattern fits, the check digit does not.
    WrongCheckDigit,
    /// Another pattern.
    Different,
}

impl Format {
    pub(super) fn judge(&self, number: &TrackingNumber) -> Verdict {
        let Some(fields) = self.patterns.iter().find_map(|pattern| pattern::fields(pattern, number.as_str())) else {
            return Verdict::Different;
        };
        // A country without a postal operator issues no numbers.
        if self.carrier == Carrier::S10 && self.operator(number).is_none() {
            return Verdict::Different;
        }
        let right = if fields.serial.starts_with(self.serial_prefix) {
            self.check.check_digit(fields.serial)
        } else {
            self.check.check_digit(&format!("{}{}", self.serial_prefix, fields.serial))
        };
        let specificity = fields.specificity;
        match fields.check {
            None => Verdict::Matches { specificity, check: CheckDigit::None },
            check if check == right => Verdict::Matches { specificity, check: CheckDigit::Right },
            Some(_) => Verdict::WrongCheckDigit,
        }
    }

    /// The postal operator of the country that issued an international number.
    pub(super) fn operator(&self, number: &TrackingNumber) -> Option<&'static str> {
        if self.carrier == Carrier::S10 { postal_operators::of(country(number)?) } else { None }
    }

    /// The page for that parcel.
    pub(super) fn tracking_url(&self, number: &TrackingNumber) -> Option<String> {
        // The postal operators have no common page; the one of the launch market has its own.
        let domestic = self.carrier == Carrier::S10 && country(number) == Some("US");
        let (before, behind) = if domestic { USPS_URL } else { self.url? };
        Some(format!("{before}{number}{behind}"))
    }
}

fn country(number: &TrackingNumber) -> Option<&str> {
    number.as_str().get(number.as_str().len() - 2..)
}

const UPS_URL: (&str, &str) = ("https://wwwapps.ups.com/WebTracking/track?track=yes&trackNums=", "");
const USPS_URL: (&str, &str) = ("https://tools.usps.com/go/TrackConfirmAction?tLabels=", "");
const FEDEX_URL: (&str, &str) = ("https://www.fedex.com/apps/fedextrack/?tracknumbers=", "");
// The data has http for DHL and OnTrac; our links are https only.
const DHL_URL: (&str, &str) = ("https://www.dhl.com/en/express/tracking.html?brand=DHL&AWB=", "");
const ONTRAC_URL: (&str, &str) = ("https://www.ontrac.com/tracking/?number=", "");
const DPD_URL: (&str, &str) = ("https://www.dpdgroup.com/nl/mydpd/my-parcels/track?lang=en&parcelNumber=", "");
const OLD_DOMINION_URL: (&str, &str) =
    ("https://www.odfl.com/us/en/tools/trace-track-ltl-freight/trace.html?proNumbers=", "");
const PUROLATOR_URL: (&str, &str) = ("https://www.purolator.com/en/shipping/tracker?searchValue=", "");

const THREES_AND_ONES: Algorithm = Mod10 { evens: 3, odds: 1 };
const ONES_AND_THREES: Algorithm = Mod10 { evens: 1, odds: 3 };
const ONES_AND_TWOS: Algorithm = Mod10 { evens: 1, odds: 2 };
const FEDEX_11: Algorithm = Weighted(&[3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1]);
const FEDEX_13: Algorithm = Weighted(&[1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1]);

const fn format(
    carrier: Carrier,
    name: &'static str,
    patterns: &'static [&'static str],
    check: Algorithm,
    url: Option<(&'static str, &'static str)>,
) -> Format {
    Format { carrier, name, patterns, check, serial_prefix: "", url }
}

/// Every format, the carriers used more in the United States first.
pub(super) static FORMATS: &[Format] = &[
    format(
        Carrier::Usps,
        "USPS IMpb N",
        &[
            "420d{9}(94d{19})!d",
            "420d{5}(94d{19})!d",
            "420d{5}(94d{23})!d",
            "(94d{19})!d",
            "(94d{23})!d",
            "(94d{3}9d{23})!d",
        ],
        THREES_AND_ONES,
        Some(USPS_URL),
    ),
    format(
        Carrier::Usps,
        "USPS IMpb C",
        &[
            "420d{9}(92d{3}9d{15})!d",
            "420d{9}(93d{3}[0-8]d{15})!d",
            "420d{9}(95d{19})!d",
            "420d{5}(92d{3}9d{15})!d",
            "420d{5}(93d{3}[0-8]d{15})!d",
            "420d{5}(95d{19})!d",
            "420d{5}(92d{3}9d{19})!d",
            "420d{5}(93d{3}[0-8]d{19})!d",
            "420d{5}(95d{23})!d",
            "(92d{3}9d{15})!d",
            "(93d{3}[0-8]d{15})!d",
            "(95d{19})!d",
            "(92d{3}9d{19})!d",
            "(93d{3}[0-8]d{19})!d",
            "(95d{23})!d",
        ],
        THREES_AND_ONES,
        Some(USPS_URL),
    ),
    Format {
        carrier: Carrier::Usps,
        name: "USPS Legacy",
        patterns: &[
            "420d{9}(91d{19})!d",
            "420d{9}(d{19})!d",
            "420d{5}(91d{19})!d",
            "420d{5}(d{19})!d",
            "(91d{19})!d",
            "(d{19})!d",
        ],
        check: THREES_AND_ONES,
        serial_prefix: "91",
        url: Some(USPS_URL),
    },
    format(Carrier::Usps, "USPS 20", &["(d{19})!d"], THREES_AND_ONES, Some(USPS_URL)),
    format(Carrier::Ups, "UPS", &["1Z(x{15})!d"], ONES_AND_TWOS, Some(UPS_URL)),
    format(Carrier::Ups, "UPS Waybill", &["[AHJKTV](d{9})!d"], ONES_AND_TWOS, Some(UPS_URL)),
    format(Carrier::Fedex, "FedEx Express (12)", &["(d{11})!d"], FEDEX_11, Some(FEDEX_URL)),
    format(Carrier::Fedex, "FedEx Ground", &["(d{14})!d"], ONES_AND_THREES, Some(FEDEX_URL)),
    format(Carrier::Fedex, "FedEx Ground 96 (22)", &["96d{5}(d{14})!d"], ONES_AND_THREES, Some(FEDEX_URL)),
    format(Carrier::Fedex, "FedEx Express (34)", &["[0-8]d{19}(d{13})!d"], FEDEX_13, Some(FEDEX_URL)),
    format(Carrier::Fedex, "FedEx Ground GSN", &["96d{18}(d{13})!d"], FEDEX_13, Some(FEDEX_URL)),
    format(Carrier::Fedex, "FedEx ASTRA (32)", &["3d{15}(d{11})!dd{4}"], FEDEX_11, None),
    format(Carrier::Fedex, "FedEx Ground (SSCC-18)", &["d{2}(d{15})!d"], THREES_AND_ONES, Some(FEDEX_URL)),
    format(Carrier::Dhl, "DHL Express", &["(d{9})!d", "(d{10})!d"], Mod7, Some(DHL_URL)),
    format(Carrier::Dhl, "DHL Express (Piece ID)", &["Ja{2,3}d{9,10}"], Unchecked, Some(DHL_URL)),
    format(
        Carrier::Dhl,
        "DHL E-Commerce",
        &[
            "GMdx{9,38}",
            "LXdx{9,38}",
            "RXdx{9,38}",
            "UVdx{9,38}",
            "CNdx{9,38}",
            "SGdx{9,38}",
            "THdx{9,38}",
            "INdx{9,38}",
            "HKdx{9,38}",
            "MYdx{9,38}",
        ],
        Unchecked,
        Some(DHL_URL),
    ),
    format(Carrier::Dhl, "DHL E-Commerce (14)", &["d{14}"], Unchecked, Some(DHL_URL)),
    format(Carrier::Amazon, "Amazon Logistics", &["TB[ACM]d{12}"], Unchecked, None),
    format(Carrier::Amazon, "Amazon International", &["[AFC]d{10}"], Unchecked, None),
    Format {
        carrier: Carrier::Ontrac,
        name: "OnTrac",
        patterns: &["C(d{13})!d"],
        check: ONES_AND_TWOS,
        serial_prefix: "4",
        url: Some(ONTRAC_URL),
    },
    Format {
        carrier: Carrier::Ontrac,
        name: "OnTrac D",
        patterns: &["D(d{13})!d"],
        check: ONES_AND_TWOS,
        serial_prefix: "5",
        url: Some(ONTRAC_URL),
    },
    format(Carrier::Lasership, "LaserShip LX", &["L[AIEHNX][1-3]d{7}"], Unchecked, None),
    format(Carrier::Lasership, "LaserShip 1LS7 (15)", &["1LS7[12]d{10}"], Unchecked, None),
    // Printed with a hyphen before the last digit, which a tracking number does not keep.
    format(Carrier::Lasership, "LaserShip 1LS7 (18)", &["1LS7[12]d{2}01[1-4]d{6}1"], Unchecked, None),
    format(Carrier::Lasership, "LaserShip 1LSCX (15)", &["1LSCXx{10}"], Unchecked, None),
    format(
        Carrier::Speedee,
        "Spee-Dee (20)",
        &["SPd{18}"],
        Unchecked,
        Some(("https://www.speedeedelivery.com/track/?tracking=", "")),
    ),
    format(
        Carrier::Gofo,
        "GOFO Express (US)",
        &["GFUSd{14}"],
        Unchecked,
        Some(("https://www.gofoexpress.com/tracking.html?searchID=", "")),
    ),
    format(
        Carrier::OldDominion,
        "Old Dominion",
        &["(77[78]d{7})!d", "(072d{7})!d", "(780d{7})!d"],
        Luhn,
        Some(OLD_DOMINION_URL),
    ),
    format(Carrier::OldDominion, "Old Dominion Guaranteed Shipment", &["(80d{8})!d"], Luhn, Some(OLD_DOMINION_URL)),
    format(
        Carrier::CanadaPost,
        "Canada Post (16)",
        &["(d{15})!d"],
        THREES_AND_ONES,
        Some(("https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor=", "")),
    ),
    format(Carrier::Purolator, "Purolator (12)", &["([0-5]d{10})!d"], Luhn, Some(PUROLATOR_URL)),
    format(Carrier::Purolator, "Purolator (alpha + 9)", &["a{3}d{9}"], Unchecked, Some(PUROLATOR_URL)),
    format(
        Carrier::Canpar,
        "Canpar (22)",
        &["[CDKLSUXZ]d{21}"],
        Unchecked,
        Some(("https://www.canpar.com/en/track/tracking.jsp?reference=", "&locale=en")),
    ),
    format(Carrier::Dpd, "DPD (28)", &["(d{27})!x"], Mod37And36, Some(DPD_URL)),
    format(Carrier::Dpd, "DPD (14)", &["(d{14})!x"], Mod37And36, Some(DPD_URL)),
    format(
        Carrier::Yodel,
        "Yodel",
        &["JDd{16}", "JJDd{16}"],
        Unchecked,
        Some(("https://www.yodel.co.uk/tracking/", "")),
    ),
    format(
        Carrier::Landmark,
        "Landmark Global LTN",
        &["LTNd{8}N1"],
        Unchecked,
        Some(("https://track.landmarkglobal.com/?search=", "")),
    ),
    format(
        Carrier::Yunexpress,
        "YunExpress",
        &["YTd{16}"],
        Unchecked,
        Some(("https://www.yuntrack.com/parcelTracking?id=", "")),
    ),
    format(Carrier::S10, "S10", &["aa(d{8})!da{2}"], S10, None),
];
