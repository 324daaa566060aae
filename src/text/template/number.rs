//! Numbers as JavaScript writes them.

/// Writes a number as JavaScript's `String(number)` does.
#[must_use]
pub(super) fn to_text(number: f64) -> String {
    ryu_js::Buffer::new().format(number).to_owned()
}
