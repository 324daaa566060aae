//! The text that grows, the marks beside it, and what it may cost.

use std::time::Instant;

use super::{Budget, RenderError};
use crate::text::template::message::{Marker, Message, Piece, messages};

/// How many steps lie between two looks at the clock.
const CLOCK_INTERVAL: usize = 4096;
/// How many bytes cost as much as a step.
const BYTES_PER_STEP: usize = 64;
/// What a marker counts as, beside its own text: it may become a message.
const MARKER_BYTES: usize = 256;

/// The output so far. Markers lie beside the text, so no text can be taken for one.
pub(super) struct Output {
    text: String,
    markers: Vec<(usize, Marker)>,
    /// What the markers count as.
    beside: usize,
    /// What the messages so far count as, each time that they are put somewhere.
    history: usize,
    budget: Budget,
    steps: usize,
    next_look: usize,
}

/// A place in the output.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    text: usize,
    markers: usize,
}

impl Output {
    pub(super) fn new(budget: Budget, history: usize) -> Self {
        Self {
            text: String::new(),
            markers: Vec::new(),
            beside: 0,
            history,
            budget,
            steps: 0,
            next_look: CLOCK_INTERVAL,
        }
    }

    /// Counts steps; ends rendering where they or the time are used up.
    pub(super) fn step(&mut self, steps: usize) -> Result<(), RenderError> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > self.budget.steps {
            return Err(RenderError::TooManySteps(self.budget.steps));
        }
        if self.steps >= self.next_look {
            self.next_look = self.steps + CLOCK_INTERVAL;
            if self
                .budget
                .deadline
                .is_some_and(|deadline| Instant::now() >= deadline)
            {
                return Err(RenderError::TooLong);
            }
        }
        Ok(())
    }

    /// Writes text of the template.
    pub(super) fn push(&mut self, text: &str) -> Result<(), RenderError> {
        self.text.push_str(text);
        self.check(text.len())
    }

    /// Lets something write, which is at most as large as a value of the input.
    pub(super) fn write(&mut self, write: impl FnOnce(&mut String)) -> Result<(), RenderError> {
        let before = self.text.len();
        write(&mut self.text);
        self.check(self.text.len() - before)
    }

    fn check(&mut self, written: usize) -> Result<(), RenderError> {
        if self.text.len() + self.beside > self.budget.output {
            return Err(RenderError::TooLarge(self.budget.output));
        }
        self.step(written / BYTES_PER_STEP)
    }

    /// Tells how many bytes may still be written.
    pub(super) fn room(&self) -> usize {
        self.budget
            .output
            .saturating_sub(self.text.len() + self.beside)
    }

    /// Counts text that is made before it is written.
    pub(super) fn pay_for(&mut self, bytes: usize) -> Result<(), RenderError> {
        if bytes > self.room() {
            return Err(RenderError::TooLarge(self.budget.output));
        }
        self.step(bytes / BYTES_PER_STEP)
    }

    /// Counts text that is read through.
    pub(super) fn pay_for_reading(&mut self, bytes: usize) -> Result<(), RenderError> {
        self.step(bytes / BYTES_PER_STEP)
    }

    /// Puts a marker beside the text. It counts as what it will become.
    pub(super) fn say(&mut self, marker: Marker) -> Result<(), RenderError> {
        let bytes = MARKER_BYTES
            + match &marker {
                Marker::History => self.history,
                marker => marker.text_bytes(),
            };
        self.beside = self.beside.saturating_add(bytes);
        self.markers.push((self.text.len(), marker));
        self.check(bytes)
    }

    pub(super) fn here(&self) -> Mark {
        Mark {
            text: self.text.len(),
            markers: self.markers.len(),
        }
    }

    /// Indents every line written since; an empty last one stays as it is.
    pub(super) fn indent(&mut self, since: Mark, indent: &str) -> Result<(), RenderError> {
        let written = self.text.split_off(since.text);
        let mut markers = self.markers.split_off(since.markers).into_iter().peekable();
        let mut at = since.text;
        for line in written
            .split_inclusive('\n')
            .chain((written.is_empty() || written.ends_with('\n')).then_some(""))
        {
            let has_marker = markers
                .peek()
                .is_some_and(|(place, _)| *place <= at + line.len());
            if !line.is_empty() || has_marker {
                if indent.len() + line.len() > self.room() {
                    return Err(RenderError::TooLarge(self.budget.output));
                }
                self.text.push_str(indent);
            }
            // A marker behind the line's end belongs to the next line.
            let end = at + line.len();
            let is_here = |place: usize| place < end || (place == end && !line.ends_with('\n'));
            while let Some((place, marker)) = markers.next_if(|(place, _)| is_here(*place)) {
                self.markers.push((self.text.len() + place - at, marker));
            }
            self.text.push_str(line);
            at = end;
        }
        self.markers.extend(markers);
        self.check(self.text.len() - since.text)
    }

    pub(super) fn finish(self, history: &[Message]) -> (Vec<Message>, String) {
        let mut pieces = Vec::with_capacity(self.markers.len() * 2 + 1);
        let mut at = 0;
        for (place, marker) in &self.markers {
            pieces.push(Piece::Text(&self.text[at..*place]));
            pieces.push(Piece::Marker(marker));
            at = *place;
        }
        pieces.push(Piece::Text(&self.text[at..]));
        (messages(pieces, history), self.text)
    }
}
