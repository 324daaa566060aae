//! Through a call: how the places of a partial look from its caller.

use super::super::tree::Span;
use super::scopes::MAX_GUARDS;
use super::{Origin, PartialCall, Place};

/// Turns a place of the partial into one of the caller; none where the caller's input has no part
/// in the value, or where the value handed over by name is read at the call already.
pub(super) fn translate(call: &PartialCall, origin: Origin, path: &[String]) -> Option<Place> {
    let base = match origin {
        Origin::Root => {
            return Some(Place {
                origin,
                path: path.to_vec(),
            });
        }
        Origin::Given => match path.split_first() {
            Some((first, rest)) if call.hash_keys.contains(first) => {
                let (_, value) = call.hash_paths.iter().find(|(key, _)| key == first)?;
                return (!rest.is_empty()).then(|| value.join(rest));
            }
            _ => call.context.as_ref()?,
        },
    };
    Some(base.join(path))
}

/// Turns a call inside the partial into one of the caller.
pub(super) fn call_through(call: &PartialCall, inner: &PartialCall, span: Span) -> PartialCall {
    let given = |place: &Option<Place>| {
        let place = place.as_ref()?;
        if place.origin == Origin::Given
            && let [key] = &place.path[..]
            && call.hash_keys.contains(key)
        {
            return call
                .hash_paths
                .iter()
                .find(|(known, _)| known == key)
                .map(|(_, value)| value.clone());
        }
        translate(call, place.origin, &place.path)
    };
    let mut hash_keys = inner.hash_keys.clone();
    let mut hash_paths: Vec<_> = inner
        .hash_paths
        .iter()
        .filter_map(|(key, value)| Some((key.clone(), given(&Some(value.clone()))?)))
        .collect();
    // Values handed over by name belong to the context of the partial and travel with it.
    let same = inner
        .context
        .as_ref()
        .is_some_and(|place| place.origin == Origin::Given && place.path.is_empty());
    for key in call.hash_keys.iter().filter(|_| same) {
        if !hash_keys.contains(key) {
            hash_keys.push(key.clone());
            hash_paths.extend(
                call.hash_paths
                    .iter()
                    .filter(|(known, _)| known == key)
                    .cloned(),
            );
        }
    }
    let inner_guards = inner
        .guards
        .iter()
        .filter_map(|guard| Some(translate(call, Origin::Given, guard)?.path));
    PartialCall {
        name: inner.name.clone(),
        span,
        context: given(&inner.context),
        hash_keys,
        hash_paths,
        guards: inner_guards
            .chain(call.guards.iter().cloned())
            .take(MAX_GUARDS)
            .collect(),
        conditional: call.conditional || inner.conditional,
        must_exist: inner.must_exist,
    }
}
