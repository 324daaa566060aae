//! White space: what `~` takes away, and the lines that tags have to themselves.
//!
//! A block's tag, a comment or a partial that stands alone on its line takes the line with it; the
//! rules, with their oddities, are those of handlebars.js 4.7 (`whitespace-control.js`).

use super::super::tree::{Block, BlockKind, Node, Span, Strip, Text};
use super::lexer::is_space;

/// Strips a whole template.
pub(super) fn strip(nodes: &mut [Node], source: &str) {
    Stripper { source }.program(nodes, true);
}

/// What a node asks of the text around it.
#[derive(Default)]
struct Wish {
    /// `{{~` at its beginning.
    before: bool,
    /// `~}}` at its end.
    after: bool,
    /// Nothing but white space follows its opening tag on the line.
    open_standalone: bool,
    /// Nothing but white space precedes its closing tag on the line.
    close_standalone: bool,
    /// It is one tag, and may have a line to itself.
    inline_standalone: bool,
}

struct Stripper<'s> {
    source: &'s str,
}

impl Stripper<'_> {
    fn program(&self, nodes: &mut [Node], is_root: bool) {
        for at in 0..nodes.len() {
            let Some(wish) = self.wish(&mut nodes[at]) else {
                continue;
            };
            let previous = self.ends_line(&nodes[..at], is_root);
            let next = self.begins_line(&nodes[at + 1..], is_root);
            let (before, rest) = nodes.split_at_mut(at);
            let Some((node, after)) = rest.split_first_mut() else {
                continue;
            };
            if wish.after {
                self.take_right(after, true);
            }
            if wish.before {
                self.take_left(before, true);
            }
            if wish.inline_standalone && previous && next {
                self.take_right(after, false);
                let taken = self.take_left(before, false);
                if let (Node::Partial(partial), Some(taken)) = (&mut *node, taken)
                    && partial.block.is_none()
                {
                    partial.indent = Some(taken);
                }
            }
            if wish.open_standalone && previous {
                if let Some(inside) = first_program(node) {
                    self.take_right(inside, false);
                }
                self.take_left(before, false);
            }
            if wish.close_standalone && next {
                self.take_right(after, false);
                if let Some(inside) = last_program(node) {
                    self.take_left(inside, false);
                }
            }
        }
    }

    fn wish(&self, node: &mut Node) -> Option<Wish> {
        let tag = |strip: Strip, inline_standalone| Wish {
            before: strip.before,
            after: strip.after,
            inline_standalone,
            ..Wish::default()
        };
        match node {
            Node::Text(_) => None,
            Node::Output(output) => Some(tag(output.strip, false)),
            Node::Comment(comment) => Some(tag(comment.strip, true)),
            Node::Partial(partial) => Some(match &mut partial.block {
                Some(block) => self.enclosing(block, partial.strips),
                None => tag(partial.strips[0], true),
            }),
            Node::Inline(inline) => Some(self.enclosing(&mut inline.body, inline.strips)),
            Node::Block(block) => Some(self.block(block)),
        }
    }

    /// Strips what has one part.
    fn enclosing(&self, body: &mut [Node], [open, close]: [Strip; 2]) -> Wish {
        self.program(body, false);
        let wish = Wish {
            before: open.before,
            after: close.after,
            open_standalone: self.begins_line(body, false),
            close_standalone: self.ends_line(body, false),
            inline_standalone: false,
        };
        if open.after {
            self.take_right(body, true);
        }
        if close.before {
            self.take_left(body, true);
        }
        wish
    }

    fn block(&self, block: &mut Block) -> Wish {
        let [open, turn, close] = block.strips;
        chain_strips(block);
        let Some(second) = &mut block.second else {
            return self.enclosing(&mut block.first, [open, close]);
        };
        let (program, inverse) = match block.kind {
            BlockKind::Inverted => (second, &mut block.first),
            _ => (&mut block.first, second),
        };
        self.program(program, false);
        self.program(inverse, false);
        let wish = Wish {
            before: open.before,
            after: close.after,
            open_standalone: self.begins_line(program, false),
            close_standalone: self.ends_line(chained_first(inverse), false),
            inline_standalone: false,
        };
        if open.after {
            self.take_right(program, true);
        }
        if turn.before {
            self.take_left(program, true);
        }
        if turn.after {
            self.take_right(chained_first(inverse), true);
        }
        if close.before {
            self.take_left(chained_first(inverse), true);
        }
        if self.ends_line(program, false) && self.begins_line(chained_first(inverse), false) {
            self.take_left(program, false);
            self.take_right(chained_first(inverse), false);
        }
        wish
    }

    /// Tells whether the last of the nodes ends with a line that has only white space.
    fn ends_line(&self, nodes: &[Node], is_root: bool) -> bool {
        let Some(last) = nodes.last() else {
            return is_root;
        };
        let Node::Text(text) = last else {
            return false;
        };
        let text = text.span.of(self.source);
        let space = &text[text.trim_end_matches(is_space).len()..];
        let is_first = is_root && nodes.len() == 1;
        space.contains('\n') || (is_first && space.len() == text.len())
    }

    /// Tells whether the first of the nodes begins with white space up to the end of its line.
    fn begins_line(&self, nodes: &[Node], is_root: bool) -> bool {
        let Some(first) = nodes.first() else {
            return is_root;
        };
        let Node::Text(text) = first else {
            return false;
        };
        let text = text.span.of(self.source);
        let rest = text.trim_start_matches(is_space).len();
        let space = &text[..text.len() - rest];
        let is_last = is_root && nodes.len() == 1;
        space.contains('\n') || (is_last && rest == 0)
    }

    /// Takes white space from the beginning of the first node: all, or once the rest of a line.
    fn take_right(&self, nodes: &mut [Node], all: bool) {
        let Some(Node::Text(text)) = nodes.first_mut() else {
            return;
        };
        let shown = text.shown.of(self.source);
        let rest = if all {
            shown.trim_start_matches(is_space)
        } else if text.is_stripped_right() {
            return;
        } else {
            let rest = shown.trim_start_matches([' ', '\t']);
            let rest = rest.strip_prefix('\r').unwrap_or(rest);
            rest.strip_prefix('\n').unwrap_or(rest)
        };
        text.shown.start = text.shown.end - rest.len();
    }

    /// Takes white space from the end of the last node: all, or once the beginning of a line. Returns
    /// what was taken.
    fn take_left(&self, nodes: &mut [Node], all: bool) -> Option<Span> {
        let Some(Node::Text(text)) = nodes.last_mut() else {
            return None;
        };
        if !all && text.is_stripped_left() {
            return None;
        }
        let shown = text.shown.of(self.source);
        let rest = if all {
            shown.trim_end_matches(is_space)
        } else {
            shown.trim_end_matches([' ', '\t'])
        };
        let taken = Span::new(text.shown.start + rest.len(), text.shown.end);
        text.shown.end = taken.start;
        (taken.start < taken.end).then_some(taken)
    }
}

impl Text {
    fn is_stripped_right(&self) -> bool {
        self.shown.start > self.span.start
    }

    fn is_stripped_left(&self) -> bool {
        self.shown.end < self.span.end
    }
}

/// The first `{{else if}}` of a chain ends with the closing tag of the chain, each later one, oddly,
/// with its own opening tag.
fn chain_strips(block: &mut Block) {
    let close = block.strips[2];
    let is_head = block.kind != BlockKind::Chained;
    if let Some([Node::Block(link)]) = block.second.as_deref_mut()
        && link.kind == BlockKind::Chained
    {
        link.strips[2] = if is_head { close } else { link.strips[0] };
    }
}

/// Returns the part that an opening tag is followed by.
fn first_program(node: &mut Node) -> Option<&mut [Node]> {
    match node {
        Node::Block(block) => Some(match (block.kind, &mut block.second) {
            (BlockKind::Inverted, Some(second)) => second,
            _ => &mut block.first,
        }),
        Node::Partial(partial) => partial.block.as_deref_mut(),
        Node::Inline(inline) => Some(&mut inline.body),
        Node::Text(_) | Node::Comment(_) | Node::Output(_) => None,
    }
}

/// Returns the part that a closing tag follows.
fn last_program(node: &mut Node) -> Option<&mut [Node]> {
    match node {
        Node::Block(block) => Some(match (block.kind, &mut block.second) {
            (BlockKind::Inverted, _) | (_, None) => &mut block.first,
            (_, Some(second)) => second,
        }),
        _ => first_program(node),
    }
}

/// Returns the part after `{{else}}`, or after the first `{{else if}}` of a chain.
fn chained_first(inverse: &mut [Node]) -> &mut [Node] {
    if is_chain(inverse)
        && let [Node::Block(link)] = inverse
    {
        return &mut link.first;
    }
    inverse
}

fn is_chain(nodes: &[Node]) -> bool {
    matches!(nodes, [Node::Block(link)] if link.kind == BlockKind::Chained)
}
