//! From an event to its line.

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};

use super::FORMAT;
use crate::model::{Entry, Event, Lifecycle, Op, Origin, Promote, Publish, Resolve, Was};
use crate::text::digest::{event_id, push_object, quoted};

/// Returns the event with its id, and its line without the newline.
#[must_use]
pub fn print_line(event: Event) -> (Entry, String) {
    let rest = print_rest(&event);
    let id = event_id(rest.as_bytes());
    let line = format!("{{\"id\":\"{id}\",{rest}");
    (Entry { id, event }, line)
}

/// Everything behind the id, which is what the id is computed from.
fn print_rest(event: &Event) -> String {
    let mut out = Members(format!(
        "\"v\":{FORMAT},\"kind\":\"prompt\",\"name\":\"{}\",\"op\":\"{}\"",
        event.name,
        event.op.name()
    ));
    out.list("parents", &event.parents);
    out.op(&event.op);
    out.text("message", event.message.as_deref());
    out.text("by", Some(&event.by));
    out.text("at", Some(&event.at.to_string()));
    if let Some(ext) = &event.ext {
        out.raw("ext", ext);
    }
    out.0.push('}');
    out.0
}

struct Members(String);

impl Members {
    fn op(&mut self, op: &Op) {
        match op {
            Op::Create(publish) | Op::Patch(publish) => self.publish(publish),
            Op::Promote(promote) => self.promote(promote),
            Op::Unlabel(unlabel) => {
                self.list("labels", &unlabel.labels);
                self.was("was", &unlabel.was);
            }
            Op::Retire(lifecycle) | Op::Restore(lifecycle) => self.lifecycle(lifecycle),
            Op::Void { target } => self.text("target", Some(&target.to_hex())),
            Op::Resolve(resolve) => self.resolve(resolve),
            Op::Note => {}
        }
    }

    fn publish(&mut self, publish: &Publish) {
        self.display("version", Some(&publish.version));
        self.display("sha256", Some(&publish.sha256));
        self.display("from", publish.from.as_ref());
        self.list("labels", &publish.labels);
        self.was("was", &publish.was);
        push_object(&mut self.0, "pins", &publish.pins);
        push_object(&mut self.0, "schemas", &publish.schemas);
        self.raw("dialect", &publish.dialect.to_string());
        self.display("copy", publish.copy.as_ref());
        if let Some(origin) = &publish.origin {
            self.origin(origin);
        }
        self.text("allow_breaking", publish.allow_breaking.as_deref());
    }

    fn origin(&mut self, origin: &Origin) {
        let mut inner = Members(format!(
            "{{\"kind\":\"prompt\",\"name\":\"{}\"",
            origin.name
        ));
        inner.list("heads", &origin.heads);
        inner.0.push('}');
        self.raw("origin", &inner.0);
    }

    fn promote(&mut self, promote: &Promote) {
        self.display("version", Some(&promote.version));
        self.list("labels", &promote.labels);
        self.was("was", &promote.was);
        if promote.rollback {
            self.raw("rollback", "true");
        }
        self.text("accept_breaking", promote.accept_breaking.as_deref());
        self.text("override", promote.overridden.as_deref());
    }

    fn lifecycle(&mut self, lifecycle: &Lifecycle) {
        self.display("version", lifecycle.version.as_ref());
        self.list("labels", &lifecycle.labels);
        self.was("was", &lifecycle.was);
        self.text("successor", lifecycle.successor.as_deref());
    }

    fn resolve(&mut self, resolve: &Resolve) {
        push_object(&mut self.0, "versions", &by_text(&resolve.versions));
        self.was("labels", &resolve.labels);
        self.list("absent", &resolve.absent);
        self.list("roots", &resolve.roots);
        let reasons = by_text(&resolve.allow_breaking);
        self.object(
            "allow_breaking",
            reasons.iter().map(|(k, v)| (&**k, quoted(v))),
        );
    }

    fn was(&mut self, name: &str, was: &Was) {
        self.object(
            name,
            was.iter().map(|(label, id)| {
                let value = id
                    .as_ref()
                    .map_or_else(|| "null".to_owned(), |id| format!("\"{id}\""));
                (label.as_str(), value)
            }),
        );
    }

    fn object<'a>(&mut self, name: &str, members: impl Iterator<Item = (&'a str, String)>) {
        let inner: Vec<String> = members
            .map(|(key, value)| format!("{}:{value}", quoted(key)))
            .collect();
        if !inner.is_empty() {
            self.raw(name, &format!("{{{}}}", inner.join(",")));
        }
    }

    fn list(&mut self, name: &str, items: &[impl Display]) {
        if !items.is_empty() {
            let inner: Vec<String> = items.iter().map(|item| format!("\"{item}\"")).collect();
            self.raw(name, &format!("[{}]", inner.join(",")));
        }
    }

    /// A value that needs no escapes.
    fn display(&mut self, name: &str, value: Option<&impl Display>) {
        if let Some(value) = value {
            self.raw(name, &format!("\"{value}\""));
        }
    }

    fn text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.raw(name, &quoted(value));
        }
    }

    fn raw(&mut self, name: &str, json: &str) {
        let _ = write!(self.0, ",\"{name}\":{json}");
    }
}

/// Keys of JSON objects are sorted by their bytes, which is not the order of versions.
fn by_text<V: Clone>(map: &BTreeMap<crate::model::Version, V>) -> BTreeMap<String, V> {
    map.iter()
        .map(|(version, value)| (version.to_string(), value.clone()))
        .collect()
}
