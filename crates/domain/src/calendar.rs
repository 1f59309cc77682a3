//! The working days of a market: its time zone, its public holidays, and the end of the n-th working day.
//!
//! Everything is computed by rule, so no table runs out.

use crate::time::Timestamp;
use ::time::{Date, Month, PrimitiveDateTime, Time, UtcOffset, Weekday};
use serde::{Deserialize, Serialize};

/// Where a market's days begin and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// No offset, ever.
    Utc,
    /// New York: UTC−5, daylight saving UTC−4.
    UsEastern,
    /// Chicago: UTC−6, daylight saving UTC−5.
    UsCentral,
    /// Denver: UTC−7, daylight saving UTC−6.
    UsMountain,
    /// Los Angeles: UTC−8, daylight saving UTC−7.
    UsPacific,
}

/// Which days besides Saturday and Sunday nobody is expected to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holidays {
    /// None: every day from Monday to Friday counts.
    WeekendsOnly,
    /// The eleven of 5 U.S.C. § 6103(a) as the law stands since 2021, with the day in lieu when one falls on a
    /// Saturday (the Friday before, § 6103(b)) or a Sunday (the Monday after, Executive Order 11582).
    UsFederal,
}

/// One millisecond before midnight.
const LAST_MOMENT: Time = match Time::from_hms_milli(23, 59, 59, 999) {
    Ok(time) => time,
    Err(_) => Time::MIDNIGHT,
};

/// 0001-01-02 and 9998-12-30 in milliseconds: inside them no offset leads out of the calendar's range.
const RANGE: (Timestamp, Timestamp) =
    (Timestamp::from_millis(-62_135_510_400_000), Timestamp::from_millis(253_370_678_399_999));

/// The end (23:59:59.999 in `zone`) of the `days`-th working day after the day of `from`. With 0 days it is the end of
/// the day of `from` itself, working day or not. Saturates in the year 9998.
pub fn add_working_days(from: Timestamp, days: u32, holidays: Holidays, zone: Zone) -> Timestamp {
    let mut date = zone.date_at(from);
    let mut left = days;
    while left > 0 && date.year() < 9999 {
        let Some(next) = date.next_day() else { break };
        date = next;
        left -= u32::from(holidays.is_working_day(date));
    }
    zone.end_of(date).min(RANGE.1)
}

/// The end of the day of `at` in `zone`, or of the next working day where nobody works on that one. Saturates in the
/// year 9998.
pub fn working_day_from(at: Timestamp, holidays: Holidays, zone: Zone) -> Timestamp {
    let date = zone.date_at(at);
    match (holidays.is_working_day(date), date.previous_day()) {
        (false, Some(before)) => add_working_days(zone.end_of(before), 1, holidays, zone),
        (true, _) | (false, None) => zone.end_of(date).min(RANGE.1),
    }
}

impl Zone {
    /// How far local clocks are from UTC at that instant.
    pub fn offset_at(self, at: Timestamp) -> UtcOffset {
        let standard = self.standard();
        let local = in_range(at).at_offset(standard);
        self.offset_for(PrimitiveDateTime::new(local.date(), local.time()))
    }

    /// The local date at that instant.
    pub fn date_at(self, at: Timestamp) -> Date {
        in_range(at).at_offset(self.offset_at(at)).date()
    }

    /// The last millisecond of that local date.
    pub fn end_of(self, date: Date) -> Timestamp {
        let local = PrimitiveDateTime::new(date, LAST_MOMENT);
        // Clocks change before 3 in the morning, so at midnight standard and daylight time agree on the answer.
        Timestamp::from_date_time(local.assume_offset(self.offset_for(local)))
    }

    /// Whether that instant is the last of a local day: a date, and no time of day, is what was meant.
    pub fn ends_a_day_at(self, at: Timestamp) -> bool {
        self.end_of(self.date_at(at)) == at
    }

    /// The name of the zone in the IANA database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utc => "UTC",
            Self::UsEastern => "America/New_York",
            Self::UsCentral => "America/Chicago",
            Self::UsMountain => "America/Denver",
            Self::UsPacific => "America/Los_Angeles",
        }
    }

    fn standard(self) -> UtcOffset {
        let hours = match self {
            Self::Utc => 0,
            Self::UsEastern => -5,
            Self::UsCentral => -6,
            Self::UsMountain => -7,
            Self::UsPacific => -8,
        };
        offset_of_hours(hours)
    }

    /// The offset at a moment told in standard time.
    fn offset_for(self, standard_time: PrimitiveDateTime) -> UtcOffset {
        let standard = self.standard();
        match self {
            Self::Utc => standard,
            Self::UsEastern | Self::UsCentral | Self::UsMountain | Self::UsPacific => {
                if is_us_daylight_saving(standard_time) {
                    offset_of_hours(standard.whole_hours() + 1)
                } else {
                    standard
                }
            }
        }
    }
}

impl Holidays {
    /// Whether people are expected to work on that date.
    pub fn is_working_day(self, date: Date) -> bool {
        !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.contains(date)
    }

    /// Whether that date is a holiday, or the day off in lieu of one on a weekend.
    pub fn contains(self, date: Date) -> bool {
        match self {
            Self::WeekendsOnly => false,
            Self::UsFederal => {
                let in_lieu_of = match date.weekday() {
                    Weekday::Friday => date.next_day(),
                    Weekday::Monday => date.previous_day(),
                    Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday | Weekday::Saturday | Weekday::Sunday => {
                        None
                    }
                };
                is_us_federal_holiday(date) || in_lieu_of.is_some_and(is_us_federal_holiday)
            }
        }
    }
}

fn in_range(at: Timestamp) -> Timestamp {
    at.clamp(RANGE.0, RANGE.1)
}

fn offset_of_hours(hours: i8) -> UtcOffset {
    UtcOffset::from_hms(hours, 0, 0).unwrap_or(UtcOffset::UTC)
}

/// Whether `date` is the `nth` such weekday of its month, counted from 1.
fn is_nth(date: Date, weekday: Weekday, nth: u8) -> bool {
    date.weekday() == weekday && (date.day() - 1) / 7 + 1 == nth
}

/// The eleven holidays themselves, not the days in lieu of them.
fn is_us_federal_holiday(date: Date) -> bool {
    match date.month() {
        Month::January => date.day() == 1 || is_nth(date, Weekday::Monday, 3),
        Month::February => is_nth(date, Weekday::Monday, 3),
        Month::May => date.weekday() == Weekday::Monday && date.day() > 24,
        Month::June => date.day() == 19,
        Month::July => date.day() == 4,
        Month::September => is_nth(date, Weekday::Monday, 1),
        Month::October => is_nth(date, Weekday::Monday, 2),
        Month::November => date.day() == 11 || is_nth(date, Weekday::Thursday, 4),
        Month::December => date.day() == 25,
        Month::March | Month::April | Month::August => false,
    }
}

/// From the second Sunday of March, 2:00 standard time, to the first Sunday of November, 2:00 daylight time, which is
/// 1:00 standard time (15 U.S.C. § 260a, since 2007).
fn is_us_daylight_saving(standard_time: PrimitiveDateTime) -> bool {
    let date = standard_time.date();
    // The day of the month of the first Sunday on or before today, zero or less when that was last month.
    let last_sunday = i16::from(date.day()) - i16::from(date.weekday().number_days_from_sunday());
    match date.month() {
        Month::March if is_nth(date, Weekday::Sunday, 2) => standard_time.hour() >= 2,
        Month::March => last_sunday >= 8,
        Month::November if is_nth(date, Weekday::Sunday, 1) => standard_time.hour() < 1,
        Month::November => last_sunday < 1,
        Month::April | Month::May | Month::June | Month::July | Month::August | Month::September | Month::October => {
            true
        }
        Month::December | Month::January | Month::February => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn date(year: i32, month: u8, day: u8) -> Date {
        Date::from_calendar_date(year, month.try_into().unwrap(), day).unwrap()
    }

    #[test]
    fn five_working_days_skip_the_weekend_and_thanksgiving_but_not_the_day_after() {
        let ship_by = add_working_days(at("2025-11-20T10:31:00-08:00"), 5, Holidays::UsFederal, Zone::UsPacific);
        assert_eq!(ship_by, at("2025-11-28T23:59:59.999-08:00"));
    }

    #[test]
    fn only_the_last_moment_of_a_local_day_ends_it() {
        let ship_by = add_working_days(at("2025-11-20T10:31:00-08:00"), 5, Holidays::UsFederal, Zone::UsPacific);
        assert!(Zone::UsPacific.ends_a_day_at(ship_by));
        assert!(!Zone::UsEastern.ends_a_day_at(ship_by));
        assert!(!Zone::UsPacific.ends_a_day_at(at("2025-11-28T23:59:59-08:00")));
    }

    #[test]
    fn the_day_is_the_one_on_the_local_calendar() {
        // 1:00 UTC on Friday is still Thursday in Los Angeles.
        let from = at("2025-11-21T01:00:00Z");
        let end = |zone| add_working_days(from, 1, Holidays::UsFederal, zone);
        assert_eq!(end(Zone::UsPacific), at("2025-11-21T23:59:59.999-08:00"));
        assert_eq!(end(Zone::Utc), at("2025-11-24T23:59:59.999Z"));
    }

    #[test]
    fn no_working_day_is_the_end_of_today_even_on_a_sunday() {
        let sunday = at("2025-11-23T12:00:00-05:00");
        assert_eq!(
            add_working_days(sunday, 0, Holidays::UsFederal, Zone::UsEastern),
            at("2025-11-23T23:59:59.999-05:00")
        );
        assert_eq!(
            add_working_days(sunday, 1, Holidays::UsFederal, Zone::UsEastern),
            at("2025-11-24T23:59:59.999-05:00")
        );
    }

    #[test]
    fn a_day_on_which_nobody_works_gives_way_to_the_next_on_which_people_do() {
        let from = |text| working_day_from(at(text), Holidays::UsFederal, Zone::UsPacific);
        // A Friday; a Saturday; the Sunday on which clocks go back; Thanksgiving.
        assert_eq!(from("2025-10-31T09:00:00-07:00"), at("2025-10-31T23:59:59.999-07:00"));
        assert_eq!(from("2025-11-01T23:59:59.999-07:00"), at("2025-11-03T23:59:59.999-08:00"));
        assert_eq!(from("2025-11-02T23:59:59.999-08:00"), at("2025-11-03T23:59:59.999-08:00"));
        assert_eq!(from("2025-11-27T00:00:00-08:00"), at("2025-11-28T23:59:59.999-08:00"));
    }

    #[test]
    fn the_federal_holidays_of_2026_are_those_the_government_publishes() {
        // Office of Personnel Management, "Federal Holidays", 2026: 4 July is a Saturday, observed on the 3rd.
        let published =
            [(1, 1), (1, 19), (2, 16), (5, 25), (6, 19), (7, 3), (9, 7), (10, 12), (11, 11), (11, 26), (12, 25)];
        let mut day = date(2026, 1, 1);
        let mut found = Vec::new();
        while day.year() == 2026 {
            let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            if !weekend && Holidays::UsFederal.contains(day) {
                found.push((u8::from(day.month()), day.day()));
            }
            day = day.next_day().unwrap();
        }
        assert_eq!(found, published);
    }

    #[test]
    fn a_holiday_on_a_weekend_is_observed_on_the_nearest_working_day() {
        let off = |day| !Holidays::UsFederal.is_working_day(day);
        assert!(off(date(2021, 12, 31)), "New Year's Day 2022 is a Saturday");
        assert!(off(date(2023, 1, 2)), "New Year's Day 2023 is a Sunday");
        assert!(off(date(2027, 7, 5)), "Independence Day 2027 is a Sunday");
        assert!(!off(date(2025, 11, 10)), "Veterans Day 2025 is a Tuesday");
    }

    #[test]
    fn clocks_change_at_two_in_the_morning_of_the_right_sundays() {
        let hours = |zone: Zone, text: &str| zone.offset_at(at(text)).whole_hours();
        assert_eq!(hours(Zone::UsPacific, "2026-03-08T09:59:59.999Z"), -8);
        assert_eq!(hours(Zone::UsPacific, "2026-03-08T10:00:00Z"), -7);
        assert_eq!(hours(Zone::UsPacific, "2026-11-01T08:59:59.999Z"), -7);
        assert_eq!(hours(Zone::UsPacific, "2026-11-01T09:00:00Z"), -8);
        assert_eq!(hours(Zone::UsEastern, "2025-03-09T06:59:59Z"), -5);
        assert_eq!(hours(Zone::UsEastern, "2025-03-09T07:00:00Z"), -4);
        assert_eq!(hours(Zone::UsMountain, "2025-03-31T12:00:00Z"), -6);
        assert_eq!(hours(Zone::UsCentral, "2025-11-30T12:00:00Z"), -6);
        assert_eq!(hours(Zone::Utc, "2025-07-01T12:00:00Z"), 0);
    }

    #[test]
    fn the_last_moment_of_the_day_on_which_clocks_change_has_the_new_offset() {
        assert_eq!(Zone::UsPacific.end_of(date(2026, 3, 8)), at("2026-03-08T23:59:59.999-07:00"));
        assert_eq!(Zone::UsPacific.end_of(date(2026, 11, 1)), at("2026-11-01T23:59:59.999-08:00"));
    }

    #[test]
    fn the_end_of_time_is_reached_without_a_panic() {
        for millis in [i64::MIN, 0, i64::MAX] {
            let far = Timestamp::from_millis(millis);
            assert!(add_working_days(far, 3, Holidays::UsFederal, Zone::UsPacific) <= RANGE.1);
        }
        assert_eq!(add_working_days(at("9998-12-01T00:00:00Z"), u32::MAX, Holidays::UsFederal, Zone::Utc), RANGE.1);
    }

    const ZONES: [Zone; 5] = [Zone::Utc, Zone::UsEastern, Zone::UsCentral, Zone::UsMountain, Zone::UsPacific];

    proptest! {
        #[test]
        fn more_days_end_later_and_on_a_working_day(
            millis in 1_700_000_000_000i64..2_500_000_000_000, days in 0u32..60, zone in 0usize..5,
        ) {
            let (from, zone) = (Timestamp::from_millis(millis), ZONES[zone]);
            let end = add_working_days(from, days, Holidays::UsFederal, zone);
            let next = add_working_days(from, days + 1, Holidays::UsFederal, zone);
            prop_assert!(from <= end && end < next);
            prop_assert!(Holidays::UsFederal.is_working_day(zone.date_at(next)));
        }

        #[test]
        fn a_later_start_never_ends_earlier(
            millis in 1_700_000_000_000i64..2_500_000_000_000, later in 0i64..1_000_000_000, days in 0u32..60,
            zone in 0usize..5,
        ) {
            let end = |millis| {
                add_working_days(Timestamp::from_millis(millis), days, Holidays::UsFederal, ZONES[zone])
            };
            prop_assert!(end(millis) <= end(millis + later));
        }

        #[test]
        fn the_end_of_a_date_is_on_that_date_and_the_next_millisecond_is_not(
            millis in 1_700_000_000_000i64..2_500_000_000_000, zone in 0usize..5,
        ) {
            let zone = ZONES[zone];
            let day = zone.date_at(Timestamp::from_millis(millis));
            let end = zone.end_of(day);
            prop_assert_eq!(zone.date_at(end), day);
            prop_assert_eq!(zone.date_at(Timestamp::from_millis(end.as_millis() + 1)), day.next_day().unwrap());
        }
    }
}
