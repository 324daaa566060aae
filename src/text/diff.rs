//! The difference of two texts: hunks of lines, with the words that changed marked.

use similar::{Algorithm, ChangeTag, TextDiff};

/// Lines of context around a change.
const CONTEXT: usize = 3;

/// The difference of two texts; no hunks if they are equal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// The changed places with their context.
    pub hunks: Vec<Hunk>,
    /// How many lines were added.
    pub added: usize,
    /// How many lines were removed.
    pub removed: usize,
}

/// A changed place. Line numbers count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// The first line in the old text; the line before if there are none.
    pub old_start: usize,
    /// How many lines of the old text it covers.
    pub old_lines: usize,
    /// The first line in the new text; the line before if there are none.
    pub new_start: usize,
    /// How many lines of the new text it covers.
    pub new_lines: usize,
    /// The lines.
    pub lines: Vec<Line>,
}

/// One line of a hunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What became of it.
    pub change: Change,
    /// Its pieces, without the newline; `true`: these words changed.
    pub pieces: Vec<(bool, String)>,
    /// Whether the text ends here without a newline.
    pub lacks_newline: bool,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It stayed.
    Kept,
    /// It is only in the new text.
    Added,
    /// It is only in the old text.
    Removed,
}

impl Line {
    /// Returns the line's text.
    #[must_use]
    pub fn text(&self) -> String {
        self.pieces.iter().map(|(_, text)| text.as_str()).collect()
    }
}

/// Compares two texts line by line.
#[must_use]
pub fn compare(old: &str, new: &str) -> Difference {
    let diff = TextDiff::configure()
        .algorithm(Algorithm::Histogram)
        .diff_lines(old, new);
    let mut difference = Difference::default();
    for group in diff.grouped_ops(CONTEXT) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            continue;
        };
        let old = first.old_range().start..last.old_range().end;
        let new = first.new_range().start..last.new_range().end;
        let lines: Vec<Line> = group
            .iter()
            .flat_map(|op| diff.iter_inline_changes(op))
            .map(|change| Line::of(&change))
            .collect();
        let count = |wanted| lines.iter().filter(|line| line.change == wanted).count();
        difference.added += count(Change::Added);
        difference.removed += count(Change::Removed);
        difference.hunks.push(Hunk {
            old_start: old.start + usize::from(!old.is_empty()),
            old_lines: old.len(),
            new_start: new.start + usize::from(!new.is_empty()),
            new_lines: new.len(),
            lines,
        });
    }
    difference
}

impl Line {
    fn of(change: &similar::InlineChange<'_, str>) -> Self {
        let mut pieces: Vec<(bool, String)> = Vec::new();
        for (is_changed, text) in change.values() {
            let text = text.trim_end_matches('\n');
            match pieces.last_mut() {
                Some((last, so_far)) if last == is_changed => so_far.push_str(text),
                _ if text.is_empty() => {}
                _ => pieces.push((*is_changed, text.to_owned())),
            }
        }
        Self {
            change: match change.tag() {
                ChangeTag::Equal => Change::Kept,
                ChangeTag::Insert => Change::Added,
                ChangeTag::Delete => Change::Removed,
            },
            pieces,
            lacks_newline: change.missing_newline(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, compare};

    #[test]
    fn finds_nothing_in_equal_texts() {
        assert!(compare("a\nb\n", "a\nb\n").hunks.is_empty());
    }

    #[test]
    fn marks_the_words_that_changed() {
        let difference = compare("Be kind and brief\n", "Be kind and exact\n");
        let lines = &difference.hunks[0].lines;
        assert_eq!(lines[0].change, Change::Removed);
        assert_eq!(
            lines[0].pieces,
            [(false, "Be kind and ".into()), (true, "brief".into())]
        );
        assert_eq!(lines[1].pieces[1], (true, "exact".into()));
        assert_eq!((difference.added, difference.removed), (1, 1));
    }

    #[test]
    fn numbers_lines_as_diff_does() {
        let hunk = &compare("", "a\n").hunks[0];
        assert_eq!((hunk.old_start, hunk.old_lines), (0, 0));
        assert_eq!((hunk.new_start, hunk.new_lines), (1, 1));
        assert!(compare("a", "a\n").hunks[0].lines[0].lacks_newline);
    }
}
