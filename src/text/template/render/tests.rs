//! Rendering, tested at its face.
