//! Messages as they came over the wire: one buffer of JSON and where in it each message is. A row is only taken out
//! when it is drawn.

use bottega::thread::{By, Outline, Row, RowKey, RowKind, Rows};
use domain::ids::MessageId;
use domain::message::{Content, Message, Reactions};
use domain::text::MessageText;
use domain::thread::Role;
use domain::time::Timestamp;
use std::sync::Arc;

/// Padding and border of a bubble, in pixels.
const BUBBLE: u16 = 18;

struct Entry {
    seconds: u32,
    start: u32,
    length: u32,
    is_mine: bool,
}

/// All messages of a thread.
pub struct Archive {
    json: Vec<u8>,
    entries: Vec<Entry>,
}

impl Archive {
    /// Reads an array of messages.
    pub fn read(json: Vec<u8>) -> Self {
        let mut archive = Self { json: Vec::new(), entries: Vec::new() };
        let mut reader = Reader { json: &json, at: 0 };
        archive.entries = reader.messages();
        archive.json = json;
        archive
    }

    /// Adds one message at the end.
    pub fn push(&mut self, json: &str) {
        let start = self.json.len();
        self.json.extend_from_slice(json.as_bytes());
        let mut reader = Reader { json: &self.json, at: start };
        if let Some(entry) = reader.message() {
            self.entries.push(entry);
        }
    }

    fn text(&self, entry: &Entry) -> String {
        let raw = &self.json[entry.start as usize..(entry.start + entry.length) as usize];
        if raw.contains(&b'\\') { unescaped(raw) } else { String::from_utf8_lossy(raw).into_owned() }
    }
}

impl Rows for Archive {
    fn len(&self) -> usize {
        self.entries.len()
    }

    fn outline(&self, index: usize) -> Outline {
        let entry = &self.entries[index];
        let role = if entry.is_mine { Role::Buyer } else { Role::Seller };
        Outline { at: i64::from(entry.seconds) * 1000, by: By::Side(role), base: BUBBLE, text: entry.length }
    }

    fn row(&self, index: usize) -> Row {
        let entry = &self.entries[index];
        let at = i64::from(entry.seconds) * 1000;
        let content = MessageText::try_from(self.text(entry)).ok().map(|text| Content::Text { text });
        let message = Message {
            id: MessageId::try_from(format!("msg_{index}")).expect("digits are allowed in an id"),
            author: if entry.is_mine { Role::Buyer } else { Role::Seller },
            sent_at: Timestamp::from_millis(at),
            content,
            reply_to: None,
            edited_at: None,
            reactions: Reactions::default(),
            off_platform: false,
        };
        Row { key: index as RowKey, at, kind: RowKind::Message(Arc::new(message)) }
    }

    fn position(&self, key: RowKey) -> Option<usize> {
        usize::try_from(key).ok().filter(|index| *index < self.entries.len())
    }
}

/// Walks over JSON without building anything.
struct Reader<'a> {
    json: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn messages(&mut self) -> Vec<Entry> {
        let mut entries = Vec::new();
        while self.at < self.json.len() && self.json[self.at] != b'{' {
            self.at += 1;
        }
        while let Some(entry) = self.message() {
            entries.push(entry);
            self.skip_blanks();
            if self.json.get(self.at) == Some(&b',') {
                self.at += 1;
            }
        }
        entries
    }

    fn message(&mut self) -> Option<Entry> {
        let mut entry = Entry { seconds: 0, start: 0, length: 0, is_mine: false };
        self.skip_blanks();
        self.expect(b'{')?;
        loop {
            self.skip_blanks();
            match self.json.get(self.at)? {
                b'}' => {
                    self.at += 1;
                    return Some(entry);
                }
                b',' => self.at += 1,
                _ => {
                    let (start, length) = self.string()?;
                    self.skip_blanks();
                    self.expect(b':')?;
                    self.skip_blanks();
                    match &self.json[start..start + length] {
                        b"me" => entry.is_mine = self.number()? != 0,
                        b"ts" => entry.seconds = self.number()?,
                        b"text" => {
                            let (start, length) = self.string()?;
                            entry.start = u32::try_from(start).ok()?;
                            entry.length = u32::try_from(length).ok()?;
                        }
                        _ => self.skip_value()?,
                    }
                }
            }
        }
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        let is_there = self.json.get(self.at) == Some(&byte);
        self.at += 1;
        is_there.then_some(())
    }

    fn skip_blanks(&mut self) {
        while self.json.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn string(&mut self) -> Option<(usize, usize)> {
        self.expect(b'"')?;
        let start = self.at;
        loop {
            // Nearly all of a file is the inside of strings.
            self.at += self.json.get(self.at..)?.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
            if self.json[self.at] == b'"' {
                self.at += 1;
                return Some((start, self.at - 1 - start));
            }
            self.at += 2;
        }
    }

    /// A whole number; its decimals are dropped, and `true` is one.
    fn number(&mut self) -> Option<u32> {
        if self.json.get(self.at).is_some_and(|byte| !byte.is_ascii_digit()) {
            let is_true = self.json[self.at] == b't';
            self.skip_value()?;
            return Some(u32::from(is_true));
        }
        let mut number = 0_u32;
        while let Some(digit) = self.json.get(self.at).filter(|byte| byte.is_ascii_digit()) {
            number = number.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
            self.at += 1;
        }
        self.skip_value()?;
        Some(number)
    }

    fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0_u32;
        loop {
            match self.json.get(self.at)? {
                b'"' => {
                    self.string()?;
                    if depth == 0 {
                        return Some(());
                    }
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' | b',' if depth == 0 => return Some(()),
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
    }
}

/// The text of a JSON string with escapes.
fn unescaped(raw: &[u8]) -> String {
    let mut text = Vec::with_capacity(raw.len());
    let mut units: Vec<u16> = Vec::new();
    let mut at = 0;
    let flush = |units: &mut Vec<u16>, text: &mut Vec<u8>| {
        if !units.is_empty() {
            text.extend_from_slice(String::from_utf16_lossy(units).as_bytes());
            units.clear();
        }
    };
    while at < raw.len() {
        if raw[at] != b'\\' {
            flush(&mut units, &mut text);
            text.push(raw[at]);
            at += 1;
            continue;
        }
        let escaped = raw.get(at + 1).copied().unwrap_or(b'\\');
        at += 2;
        if escaped == b'u' {
            let digits = raw.get(at..at + 4).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or("fffd");
            // Two units can be one character, so they wait for each other.
            units.push(u16::from_str_radix(digits, 16).unwrap_or(0xfffd));
            at += 4;
            continue;
        }
        flush(&mut units, &mut text);
        text.push(match escaped {
            b'n' => b'\n',
            b't' => b'\t',
            b'r' => b'\r',
            b'b' => 8,
            b'f' => 12,
            other => other,
        });
    }
    flush(&mut units, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}
