//! One plain form for characters that look alike, so that disguise does not help.

/// The text in plain characters, without invisible ones. Case is kept: addresses need it.
pub(super) fn fold(text: &str) -> String {
    text.chars().filter_map(plain).collect()
}

/// Whether a character shows nothing of its own: controls, joiners, marks of direction, variation selectors,
/// combining accents.
pub(super) fn is_invisible(character: char) -> bool {
    is_bidi_control(character)
        || (character.is_control() && !character.is_whitespace())
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
            | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{20d0}'..='\u{20ff}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// The characters of Unicode that turn the direction of what follows (UAX #9).
pub(super) fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The plain ASCII character that another one is drawn like; nothing for an invisible one.
pub(super) fn plain(character: char) -> Option<char> {
    if character.is_ascii() {
        return (!is_invisible(character)).then_some(character);
    }
    if is_invisible(character) {
        return None;
    }
    if character.is_whitespace() {
        return Some(' ');
    }
    Some(shifted(character).or_else(|| alike(character)).unwrap_or(character))
}

/// Alphabets that repeat ASCII in order, in another style.
fn shifted(character: char) -> Option<char> {
    let code = u32::from(character);
    let nth = |start: char, first: u32, count: u32| char::from_u32(u32::from(start) + (code - first) % count);
    match code {
        0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0),
        // Mathematical letters: bold, italic, script and so on, each 26 capitals and 26 small ones.
        0x1D400..=0x1D6A3 => {
            let place = (code - 0x1D400) % 52;
            let start = if place < 26 { u32::from('A') } else { u32::from('a') - 26 };
            char::from_u32(start + place)
        }
        0x1D7CE..=0x1D7FF => nth('0', 0x1D7CE, 10),
        0x24B6..=0x24CF => nth('A', 0x24B6, 26),
        0x24D0..=0x24E9 => nth('a', 0x24D0, 26),
        0x249C..=0x24B5 => nth('a', 0x249C, 26),
        0x1F110..=0x1F129 => nth('A', 0x1F110, 26),
        0x1F130..=0x1F149 => nth('A', 0x1F130, 26),
        0x1F150..=0x1F169 => nth('A', 0x1F150, 26),
        0x1F170..=0x1F189 => nth('A', 0x1F170, 26),
        0x1F1E6..=0x1F1FF => nth('A', 0x1F1E6, 26),
        0x2460..=0x2468 => nth('1', 0x2460, 9),
        0x2776..=0x277E => nth('1', 0x2776, 9),
        0x2070 | 0x2074..=0x2079 => nth('0', 0x2070, 10),
        0x2080..=0x2089 => nth('0', 0x2080, 10),
        0x0660..=0x0669 => nth('0', 0x0660, 10),
        0x06F0..=0x06F9 => nth('0', 0x06F0, 10),
        0x0966..=0x096F => nth('0', 0x0966, 10),
        _ => None,
    }
}

/// Letters of other scripts, with accents or as small capitals (the confusables of Unicode UTS #39 that people use).
fn alike(character: char) -> Option<char> {
    const GROUPS: &[(char, &str)] = &[
        ('a', "аαàáâãäåāăąᴀɑ"),
        ('b', "ЬƄʙ"),
        ('c', "сϲçćčᴄ"),
        ('d', "ԁďđᴅ"),
        ('e', "еєεèéêëēėęěᴇ"),
        ('f', "ꜰƒ"),
        ('g', "ɡğɢ"),
        ('h', "һʜ"),
        ('i', "іιìíîïīıɪ"),
        ('j', "јᴊ"),
        ('k', "кκᴋ"),
        ('l', "ӏłʟⅼ"),
        ('m', "мᴍⅿ"),
        ('n', "пոռñńňɴη"),
        ('o', "оοσòóôõöøōőᴏ"),
        ('p', "рρᴘ"),
        ('q', "ԛ"),
        ('r', "гʀř"),
        ('s', "ѕśšşꜱ"),
        ('t', "тτţťᴛ"),
        ('u', "υùúûüūůűᴜц"),
        ('v', "ѵνᴠⅴ"),
        ('w', "ԝωᴡш"),
        ('x', "хχⅹ"),
        ('y', "уγýÿʏ"),
        ('z', "źżžᴢ"),
        ('A', "АΑÀÁÂÃÄÅ"),
        ('B', "ВΒ"),
        ('C', "СϹÇ"),
        ('E', "ЕΕÈÉÊË"),
        ('H', "НΗ"),
        ('I', "ІΙÌÍÎÏӀ"),
        ('J', "Ј"),
        ('K', "КΚ"),
        ('M', "МΜ"),
        ('N', "ΝÑ"),
        ('O', "ОΟÒÓÔÕÖØ"),
        ('P', "РΡ"),
        ('S', "Ѕ"),
        ('T', "ТΤ"),
        ('U', "ÙÚÛÜ"),
        ('V', "Ѵ"),
        ('X', "ХΧ"),
        ('Y', "УΥÝ"),
        ('Z', "ΖŽ"),
        ('1', "¹"),
        ('2', "²"),
        ('3', "³"),
        ('-', "‐‑‒–—―−﹣"),
        ('.', "․。·•∙⋅"),
        ('\'', "‘’′"),
        ('"', "“”″"),
    ];
    GROUPS.iter().find(|(_, others)| others.contains(character)).map(|(plain, _)| *plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disguised_letters_and_digits_become_plain() {
        assert_eq!(fold("ｖｅｎｍｏ"), "venmo");
        assert_eq!(fold("𝘃𝗲𝗻𝗺𝗼 𝟜²"), "venmo 42");
        assert_eq!(fold("vеnmо"), "venmo");
        assert_eq!(fold("ᴠᴇɴᴍᴏ"), "venmo");
        assert_eq!(fold("v\u{200b}e\u{301}n\u{2060}mo\u{fe0f}"), "venmo");
        assert_eq!(fold("Ⓥⓔⓝⓜⓞ ①②"), "Venmo 12");
        assert_eq!(fold("perché\u{a0}no"), "perche no");
    }
}
