//! Everything about one template that must hold before it is rendered or published.

use std::collections::BTreeMap;
use std::ops::Range;

use super::parser::{Limits, Parsed, parse};
use super::tree::{Call, Expression, Literal, Node, Span, Template};
use super::walk::{HELPERS, InlineUse, is_known_helper};
use crate::text::fault::Fault;
use crate::text::suggest::nearest;

/// The roles that a message can have.
const ROLES: [&str; 4] = ["user", "model", "system", "tool"];

/// Reads a template and checks it: syntax, limits, helpers, roles, inline partials.
pub fn check(source: &str, limits: &Limits) -> Result<Template, Vec<Fault>> {
    let Parsed {
        template,
        errors,
        unsupported,
    } = parse(source, limits);
    let mut faults: Vec<Fault> = errors
        .iter()
        .map(|error| {
            let mut fault = Fault::new(error.kind.rule(), range(error.span), error.to_string());
            let related = error.related.as_ref();
            fault.related = related.map(|related| (range(related.span), related.what.clone()));
            fault
        })
        .collect();
    if faults.is_empty() {
        faults.extend(
            unsupported.iter().map(|place| {
                Fault::new("template-syntax", range(place.span), place.form.to_string())
            }),
        );
        check_helpers(&template, &mut faults);
        check_roles(&template.nodes, &mut faults);
        check_inlines(&template, &mut faults);
        faults.sort_by_key(|fault| fault.span.start);
    }
    if faults.is_empty() {
        Ok(template)
    } else {
        Err(faults)
    }
}

/// Tells whether a template makes messages of its own: it uses roles, history or media.
#[must_use]
pub fn is_chat(template: &Template) -> bool {
    template
        .helpers()
        .iter()
        .any(|helper| matches!(helper.name.as_str(), "role" | "history" | "media"))
}

fn range(span: Span) -> Range<usize> {
    span.start..span.end
}

fn check_helpers(template: &Template, faults: &mut Vec<Fault>) {
    for helper in template.helpers() {
        if is_known_helper(&helper.name) {
            continue;
        }
        let rule = if helper.is_block {
            "unknown-block-helper"
        } else {
            "unknown-helper"
        };
        let message = format!("there is no helper `{}`", helper.name);
        let fault = Fault::new(rule, range(helper.span), message);
        faults.push(match nearest(&helper.name, HELPERS) {
            Some(meant) => fault.hint(format!("did you mean `{meant}`?")),
            None => fault.hint(format!("the helpers are {}", HELPERS.join(", "))),
        });
    }
}

/// The helpers that make messages. They stand alone, as output: what they give is no value.
const MARKERS: [&str; 4] = ["role", "history", "media", "section"];

const NOT_WRITTEN_OUT: &str = "a role is written out, as in `{{role \"system\"}}`";

/// A role is written out: what a variable brings in never decides who speaks.
fn check_roles(nodes: &[Node], faults: &mut Vec<Fault>) {
    for node in nodes {
        match node {
            Node::Output(output) => match &output.value {
                Expression::Sub(call) => {
                    check_role(call, faults);
                    check_arguments(call, faults);
                }
                Expression::Path(path) if path.raw == "role" => {
                    faults.push(role_fault(path.span, NOT_WRITTEN_OUT));
                }
                _ => {}
            },
            Node::Block(block) => {
                check_value_call(&block.call, faults);
                check_roles(&block.body, faults);
                check_roles(block.inverse.as_deref().unwrap_or_default(), faults);
            }
            Node::Partial(partial) => {
                let named = partial.hash.iter().map(|named| &named.value);
                for value in partial.context.iter().chain(named) {
                    check_value(value, faults);
                }
                check_roles(partial.block.as_deref().unwrap_or_default(), faults);
            }
            Node::Inline(inline) => check_roles(&inline.body, faults),
            Node::Text(_) | Node::Comment(_) => {}
        }
    }
}

fn check_value(value: &Expression, faults: &mut Vec<Fault>) {
    if let Expression::Sub(call) = value {
        check_value_call(call, faults);
    }
}

fn check_value_call(call: &Call, faults: &mut Vec<Fault>) {
    let name = call.name.raw.as_str();
    if MARKERS.contains(&name) {
        let message =
            format!("`{name}` stands alone, as in `{{{{{name} ..}}}}`: it gives no value");
        faults.push(Fault::new("helper-arguments", range(call.span), message));
    }
    check_arguments(call, faults);
}

fn check_arguments(call: &Call, faults: &mut Vec<Fault>) {
    let named = call.hash.iter().map(|named| &named.value);
    for value in call.params.iter().chain(named) {
        check_value(value, faults);
    }
}

fn role_fault(span: Span, message: &str) -> Fault {
    let fault = Fault::new("unknown-role", range(span), message);
    fault.hint(format!("the roles are {}", ROLES.join(", ")))
}

fn check_role(call: &Call, faults: &mut Vec<Fault>) {
    if call.name.raw != "role" {
        return;
    }
    let message = match call.params.as_slice() {
        [Expression::Literal(Literal::String(role), _)] if ROLES.contains(&role.as_str()) => return,
        [Expression::Literal(Literal::String(role), _)] => format!("there is no role `{role}`"),
        _ => NOT_WRITTEN_OUT.to_owned(),
    };
    faults.push(role_fault(call.span, &message));
}

/// Inline partials that include each other would never come to an end.
fn check_inlines(template: &Template, faults: &mut Vec<Fault>) {
    let inlines = template.inlines();
    let mut includes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for inline in &inlines {
        let names = inline.includes.iter().map(|used| used.name.as_str());
        includes.entry(&inline.name).or_default().extend(names);
    }
    for InlineUse { name, span, .. } in &inlines {
        if reaches(name, name, &includes) {
            let message = format!("the inline partial `{name}` includes itself");
            faults.push(Fault::new("circular-partial", range(*span), message));
        }
    }
}

fn reaches(from: &str, wanted: &str, includes: &BTreeMap<&str, Vec<&str>>) -> bool {
    let mut seen = Vec::new();
    let mut todo = includes.get(from).cloned().unwrap_or_default();
    while let Some(name) = todo.pop() {
        if name == wanted {
            return true;
        }
        if !seen.contains(&name) {
            seen.push(name);
            todo.extend(includes.get(name).into_iter().flatten().copied());
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::text::template::Limits;

    fn rules(source: &str) -> Vec<&'static str> {
        check(source, &Limits::default())
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(|fault| fault.rule)
            .collect()
    }

    #[test]
    fn accepts_what_prompts_use() {
        for source in [
            "{{role \"system\"}}Be kind.{{role \"user\"}}{{ask}}",
            "{{#each items}}{{this.name}}{{/each}}",
            "{{#if a}}x{{else}}y{{/if}}{{history}}",
            "{\"a\":{\"b\":1}}",
        ] {
            assert_eq!(rules(source), Vec::<&str>::new(), "{source}");
        }
    }

    #[test]
    fn names_the_rule_that_is_broken() {
        assert_eq!(rules("{{#if a}}x"), ["unclosed-block"]);
        assert_eq!(rules("x{{/if}}"), ["unmatched-closing-block"]);
        assert_eq!(rules("{{upper a}}"), ["unknown-helper"]);
        assert_eq!(rules("{{#iff a}}x{{/iff}}"), ["unknown-block-helper"]);
        assert_eq!(rules("{{role \"sytem\"}}"), ["unknown-role"]);
        assert_eq!(rules("{{role who}}"), ["unknown-role"]);
        assert_eq!(rules("{{role}}"), ["unknown-role"]);
        assert_eq!(
            rules("{{#with (role who)}}{{this}}{{/with}}"),
            ["helper-arguments"]
        );
        assert_eq!(rules("{{json (media url=u)}}"), ["helper-arguments"]);
        assert_eq!(rules("{{#role \"user\"}}x{{/role}}"), ["helper-arguments"]);
        assert_eq!(rules("{{> (dyn)}}"), ["dynamic-partial"]);
        assert_eq!(
            rules("{{#*inline \"a\"}}{{> a}}{{/inline}}"),
            ["circular-partial"]
        );
    }
}
