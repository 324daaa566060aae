//! What a rendered prompt is for a model: messages of parts.
//!
//! The rules are those of google/dotprompt: text before the first role is the user's; history goes
//! where it is asked for; messages without content are dropped.

use serde::Serialize;

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// `user`, `model`, `system` or `tool`.
    pub role: String,
    /// Its parts, in order.
    pub content: Vec<MessagePart>,
}

/// A part of a message, as dotprompt writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum MessagePart {
    /// Text.
    Text {
        /// The text.
        text: String,
    },
    /// A picture or another medium.
    Media {
        /// Where it is, and what.
        media: Media,
    },
    /// A place that the runtime fills.
    Pending {
        /// Its purpose.
        metadata: Pending,
    },
}

/// Where a medium is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Media {
    /// Its address.
    pub url: String,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
}

/// A place that the runtime fills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pending {
    /// With what.
    pub purpose: String,
    /// Always true.
    pub pending: bool,
}

/// What a helper put into the text; the text itself only holds its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Marker {
    Role(String),
    History,
    Part(MessagePart),
}

/// A piece of rendered text: text of the template and its values, or a marker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    Marker(&'a Marker),
}

/// Builds messages from the pieces of a rendered text.
pub(super) fn messages<'a>(pieces: impl IntoIterator<Item = Piece<'a>>) -> Vec<Message> {
    let mut messages = vec![Message::of("user")];
    for piece in pieces {
        let has_content = messages.last().is_some_and(Message::has_content);
        match piece {
            Piece::Text(text) if !text.trim().is_empty() => current(&mut messages).add(text),
            Piece::Text(_) => {}
            Piece::Marker(Marker::Part(part)) => {
                current(&mut messages).content.push(part.clone());
            }
            Piece::Marker(Marker::Role(role)) if has_content => messages.push(Message::of(role)),
            Piece::Marker(Marker::Role(role)) => current(&mut messages).role.clone_from(role),
            Piece::Marker(Marker::History) => messages.push(Message::of("model")),
        }
    }
    messages.retain(|message| !message.content.is_empty());
    messages
}

/// There is always a message: the list begins with one and only grows.
fn current(messages: &mut Vec<Message>) -> &mut Message {
    if messages.is_empty() {
        messages.push(Message::of("user"));
    }
    let last = messages.len() - 1;
    &mut messages[last]
}

impl Message {
    fn of(role: &str) -> Self {
        Self {
            role: role.to_owned(),
            content: Vec::new(),
        }
    }

    fn has_content(&self) -> bool {
        !self.content.is_empty()
    }

    fn add(&mut self, more: &str) {
        let text = more.to_owned();
        self.content.push(MessagePart::Text { text });
    }
}

#[cfg(test)]
mod tests {
    use super::{Marker, Piece, messages};

    fn check(pieces: &[Piece], expected: &[(&str, &str)]) {
        let found: Vec<(String, String)> = messages(pieces.iter().cloned())
            .into_iter()
            .map(|message| {
                let texts = message.content.iter().map(|part| match part {
                    super::MessagePart::Text { text } => text.as_str(),
                    _ => "*",
                });
                (message.role, texts.collect())
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(role, text)| ((*role).to_owned(), (*text).to_owned()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn text_without_roles_is_the_users() {
        check(&[Piece::Text("Hi")], &[("user", "Hi")]);
        check(&[Piece::Text(" \n")], &[]);
    }

    #[test]
    fn a_role_begins_a_message_and_history_is_followed_by_the_model() {
        let (system, user) = (Marker::Role("system".into()), Marker::Role("user".into()));
        check(
            &[
                Piece::Marker(&system),
                Piece::Text("A"),
                Piece::Marker(&Marker::History),
                Piece::Marker(&user),
                Piece::Text("B"),
            ],
            &[("system", "A"), ("user", "B")],
        );
    }
}
