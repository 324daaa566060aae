//! What a template asks of its input: the nouns that the analysis of scopes fills in.

mod compose;
mod places;
mod reading;
mod scopes;
mod through;

use super::tree::Span;

/// Stands in a path for an element of a list or a value of an object.
pub const ANY_ELEMENT: &str = "[]";

/// Stands in a path for what a section `{{#x}}` turns to: an element of a list, an object itself,
/// and for anything else the context around it.
pub const ELEMENT_OR_SELF: &str = "[?]";

/// Holds what a template reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// The values read, as paths from the root of the input, in order.
    pub variables: Vec<VariableUse>,
    /// The data read beside the input, such as `@auth.email`.
    pub context_data: Vec<DataUse>,
    /// True if the input is read as a whole, so that none of it can be called unused.
    pub whole_context: bool,
    /// The partials included that are not defined in the template itself.
    pub partial_calls: Vec<PartialCall>,
    /// True if something was left out: a composition grew beyond its bounds.
    pub truncated: bool,
}

/// Tells what a path starts from; the same place in a prompt, not always in a partial.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The context that the template was given.
    #[default]
    Given,
    /// `@root`: the input of the prompt, whatever context a partial was given.
    Root,
}

/// Locates a value in the input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// What the path starts from.
    pub origin: Origin,
    /// The names to follow.
    pub path: Vec<String>,
}

impl Place {
    /// Goes further along more names.
    pub(super) fn join<S: AsRef<str>>(&self, names: impl IntoIterator<Item = S>) -> Self {
        let more = names.into_iter().map(|name| name.as_ref().to_owned());
        Self {
            origin: self.origin,
            path: self.path.iter().cloned().chain(more).collect(),
        }
    }
}

/// Reads one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableUse {
    /// The names from the root on, with [`ANY_ELEMENT`] and [`ELEMENT_OR_SELF`].
    pub path: Vec<String>,
    /// Where it is read; where a partial reads it, the tag that includes the partial.
    pub span: Span,
    /// How many leading names are known to be there, because a block or `and` checked them.
    pub checked: usize,
    /// True if the value itself is checked here, as the condition of a block.
    pub condition: bool,
    /// True if every rendering reads it, and reads it unchecked.
    pub required: bool,
    /// What the path starts from.
    pub origin: Origin,
    /// The included partial that reads it.
    pub via: Option<String>,
}

impl VariableUse {
    /// Tells whether the value may be missing without harm here.
    #[must_use]
    pub fn guarded(&self) -> bool {
        self.condition || self.checked >= self.path.len()
    }
}

/// Reads data beside the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataUse {
    /// The names after `@`.
    pub path: Vec<String>,
    /// Where it is read.
    pub span: Span,
}

/// Includes a partial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartialCall {
    /// Which partial.
    pub name: String,
    /// Where it is included.
    pub span: Span,
    /// Where the root of the partial is in the root of the caller; none if that is unknown.
    pub context: Option<Place>,
    /// The names handed over by `name=value`.
    pub hash_keys: Vec<String>,
    /// Where those values are in the root of the caller, for those that are paths.
    pub hash_paths: Vec<(String, Place)>,
    /// The paths that are checked around the call.
    pub guards: Vec<Vec<String>>,
    /// True if not every rendering reaches the call.
    pub conditional: bool,
    /// False for `{{#> name}} .. {{/name}}`, which has a body to fall back on.
    pub must_exist: bool,
}

impl PartialCall {
    /// Counts the names that a copy costs.
    pub(super) fn names(&self) -> usize {
        let places = self.context.iter();
        let handed = self.hash_paths.iter().map(|(_, place)| place);
        let guards: usize = self.guards.iter().map(Vec::len).sum();
        places
            .chain(handed)
            .map(|place| place.path.len())
            .sum::<usize>()
            + self.hash_keys.len()
            + guards
    }

    /// Tells how many leading names of a path are checked around the call.
    pub(super) fn checked(&self, path: &[String]) -> usize {
        checked(&self.guards, path)
    }
}

/// Tells how many leading names of a path the guards cover.
pub(super) fn checked(guards: &[Vec<String>], path: &[String]) -> usize {
    guards
        .iter()
        .filter(|guard| path.starts_with(guard))
        .map(Vec::len)
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests;
