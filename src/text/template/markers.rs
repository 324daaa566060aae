//! What helpers say beside the text, and the marks in the text that show where.

use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::message::{Marker, Piece, messages};
use super::render::Rendered;

/// What the helpers said, and the marks that show where.
#[derive(Clone)]
pub(super) struct Markers {
    said: Arc<Mutex<Vec<Marker>>>,
    mark: String,
}

impl Markers {
    pub(super) fn new() -> Self {
        let random = RandomState::new();
        let mark = format!(
            "\u{2}{:016x}{:016x}",
            random.hash_one(1),
            random.hash_one(2)
        );
        Self {
            said: Arc::default(),
            mark,
        }
    }

    /// Remembers what a helper said and returns what stands in the text for it.
    pub(super) fn say(&self, marker: Marker) -> String {
        let mut said = self.said();
        said.push(marker);
        format!("{}{};", self.mark, said.len() - 1)
    }

    pub(super) fn split(&self, text: &str) -> Rendered {
        let said = self.said();
        let mut plain = String::with_capacity(text.len());
        let mut pieces = Vec::new();
        for (place, part) in text.split(&self.mark).enumerate() {
            let (number, rest) = match part.split_once(';') {
                Some((number, rest)) if place > 0 => (number.parse::<usize>().ok(), rest),
                _ => (None, part),
            };
            if let Some(marker) = number.and_then(|number| said.get(number)) {
                pieces.push(Piece::Marker(marker));
            }
            pieces.push(Piece::Text(rest));
            plain.push_str(rest);
        }
        Rendered {
            messages: messages(pieces),
            text: plain,
        }
    }

    /// What was said before a panic is still what was said.
    fn said(&self) -> MutexGuard<'_, Vec<Marker>> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
