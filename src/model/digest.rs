//! SHA-256 digests and the two things they name: events and identities of versions.

use std::fmt;

/// A SHA-256 digest. Written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

/// The digest that names one event of a changelog.
pub type EventId = Digest;

/// The digest that names the content of a version: its bytes, pins, schemas and dialect.
pub type Identity = Digest;

impl Digest {
    /// Reads exactly 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn parse(hex: &[u8]) -> Option<Self> {
        let hex: &[u8; 64] = hex.try_into().ok()?;
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(hex.chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Some(Self(bytes))
    }

    /// Returns the 64 digits.
    #[must_use]
    pub fn to_hex(self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut hex = String::with_capacity(64);
        for byte in self.0 {
            hex.push(char::from(DIGITS[usize::from(byte >> 4)]));
            hex.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
        hex
    }

    /// Returns the first twelve digits, enough for people to tell events apart.
    #[must_use]
    pub fn short(self) -> String {
        let mut hex = self.to_hex();
        hex.truncate(12);
        hex
    }
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short())
    }
}

#[cfg(test)]
mod tests {
    use super::Digest;

    #[test]
    fn reads_what_it_writes() {
        let digest = Digest([0x0f; 32]);
        assert_eq!(Digest::parse(digest.to_hex().as_bytes()), Some(digest));
    }

    #[test]
    fn refuses_upper_case_and_other_lengths() {
        assert_eq!(Digest::parse("A".repeat(64).as_bytes()), None);
        assert_eq!(Digest::parse("a".repeat(63).as_bytes()), None);
        assert_eq!(Digest::parse("a".repeat(65).as_bytes()), None);
    }
}
