//! Names that look as PayPal's do, and are the same for the same seed.

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/// What PayPal's account ids are written with: no letters and digits that look alike.
const PLAIN: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const HEX: &[u8] = b"0123456789abcdef";
const DIGITS: &[u8] = b"0123456789";

/// A source of names.
#[derive(Clone, Debug)]
pub struct Ids(u64);

impl Ids {
    /// Begins from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    // SplitMix64 (Steele, Lea, Flood 2014): never the same state twice in 2^64 steps.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn text(&mut self, letters: &[u8], length: usize) -> String {
        let letter = |ids: &mut Self| {
            let place = ids.next() % letters.len() as u64;
            char::from(letters[usize::try_from(place).unwrap_or_default()])
        };
        (0..length).map(|_| letter(self)).collect()
    }

    /// 17 upper-case characters: orders, authorizations, captures, refunds.
    pub fn transaction(&mut self) -> String {
        self.text(LETTERS, 17)
    }

    /// 13 characters: payers and merchants.
    pub fn account(&mut self) -> String {
        self.text(PLAIN, 13)
    }

    /// Lower-case hexadecimal.
    pub fn hex(&mut self, length: usize) -> String {
        self.text(HEX, length)
    }

    /// `PP-D-` and a number.
    pub fn dispute(&mut self) -> String {
        format!("PP-D-{}", self.text(DIGITS, 5))
    }

    /// `WH-…-…`, as events of webhooks are named.
    pub fn event(&mut self) -> String {
        format!("WH-{}-{}", self.text(LETTERS, 17), self.text(LETTERS, 17))
    }

    /// 8-4-4-4-12.
    pub fn uuid(&mut self) -> String {
        let lengths = [8, 4, 4, 4, 12];
        lengths.map(|length| self.hex(length)).join("-")
    }
}
