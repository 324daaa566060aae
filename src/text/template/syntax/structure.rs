//! What is open: the stack of blocks, and what happens when they are closed in a wrong order.

use super::super::tree::{Block, BlockKind, Inline, Node, Partial, Span, Strip};
use super::error::{Related, SyntaxError, SyntaxErrorKind};

/// Is the head of something that encloses others; its bodies are filled in on closing.
pub(super) enum Head {
    Block(Box<Block>),
    Partial(Box<Partial>),
    Inline(Inline),
}

/// Is one open block.
pub(super) struct Frame {
    head: Head,
    /// What the closing tag has to say.
    name: String,
    /// The opening tag as written.
    quote: String,
    open: Span,
    nodes: Vec<Node>,
    /// What stood before `{{else}}`, once that was met.
    body: Option<Vec<Node>>,
    /// A wrong closing tag was reported inside: one mistake, one error.
    suspect: bool,
}

impl Frame {
    pub(super) fn new(head: Head, name: String, quote: String, open: Span) -> Self {
        Self {
            head,
            name,
            quote,
            open,
            nodes: Vec::new(),
            body: None,
            suspect: false,
        }
    }

    fn chained(&self) -> bool {
        matches!(&self.head, Head::Block(block) if block.kind == BlockKind::Chained)
    }

    fn unclosed(&self) -> SyntaxError {
        let close = format!("{{{{/{}}}}}", self.name);
        let kind = SyntaxErrorKind::UnclosedBlock {
            open: self.quote.clone(),
            close,
        };
        SyntaxError {
            kind,
            span: self.open,
            related: None,
        }
    }

    fn mismatched(&self, close: String, span: Span) -> SyntaxError {
        let kind = SyntaxErrorKind::MismatchedBlock {
            close,
            open: self.quote.clone(),
        };
        let what = format!("`{}` is opened here", self.quote);
        SyntaxError {
            kind,
            span,
            related: Some(Related {
                span: self.open,
                what,
            }),
        }
    }

    fn into_node(self, close: Option<(Span, Strip)>) -> Node {
        let (first, second) = match self.body {
            Some(body) => (body, Some(self.nodes)),
            None => (self.nodes, None),
        };
        let (close, strip) = close.unzip();
        let strip = strip.unwrap_or_default();
        match self.head {
            Head::Block(mut block) => {
                block.first = first;
                block.second = second;
                block.strips[2] = strip;
                block.close = close.filter(|_| block.kind != BlockKind::Chained);
                Node::Block(block)
            }
            Head::Partial(mut partial) => {
                partial.block = Some(first);
                partial.strips[1] = strip;
                partial.close = close;
                Node::Partial(partial)
            }
            Head::Inline(inline) => Node::Inline(Inline {
                body: first,
                close,
                strips: [inline.strips[0], strip],
                ..inline
            }),
        }
    }
}

/// Is a block that the end of an outer one cut off: unclosed, unless its end comes later.
struct CutOff {
    frame_name: String,
    unclosed: SyntaxError,
    mismatched: SyntaxError,
}

/// Says why an `{{else}}` cannot stand where it does.
pub(super) enum BadElse {
    Stray,
    Repeated(Related),
    /// `{{else if}}` in a `{{^x}}`.
    Inverted(Related),
}

/// Holds the nodes at the top and the stack of what is open.
#[derive(Default)]
pub(super) struct Structure {
    nodes: Vec<Node>,
    frames: Vec<Frame>,
    cut_off: Vec<CutOff>,
}

impl Structure {
    pub(super) fn depth(&self) -> usize {
        self.frames.len()
    }

    pub(super) fn into_nodes(self) -> Vec<Node> {
        self.nodes
    }

    pub(super) fn push(&mut self, node: Node) {
        match self.frames.last_mut() {
            Some(frame) => frame.nodes.push(node),
            None => self.nodes.push(node),
        }
    }

    pub(super) fn open(&mut self, frame: Frame) {
        self.frames.push(frame);
    }

    /// Turns to the part after `{{else}}`.
    pub(super) fn turn(&mut self, strip: Strip, chains: bool) -> Result<(), BadElse> {
        let Some(frame) = self.frames.last_mut() else {
            return Err(BadElse::Stray);
        };
        let opened = || Related {
            span: frame.open,
            what: format!("`{}` is opened here", frame.quote),
        };
        let Head::Block(block) = &mut frame.head else {
            return Err(BadElse::Stray);
        };
        if frame.body.is_some() {
            return Err(BadElse::Repeated(opened()));
        }
        if chains && block.kind == BlockKind::Inverted {
            return Err(BadElse::Inverted(opened()));
        }
        block.strips[1] = strip;
        frame.body = Some(std::mem::take(&mut frame.nodes));
        Ok(())
    }

    /// Closes the block that `name` names; `quote` is the closing tag as written.
    pub(super) fn close(
        &mut self,
        name: &str,
        quote: &str,
        span: Span,
        strip: Strip,
    ) -> Result<(), SyntaxError> {
        let matching = self
            .frames
            .iter()
            .rposition(|frame| !frame.chained() && frame.name == name);
        let Some(matching) = matching else {
            return self.close_nothing(name, quote, span);
        };
        // The links of a chain end with its head; any other block in between was not closed.
        while self.frames.len() > matching + 1 {
            if let Some(frame) = self.frames.pop() {
                if !frame.chained() && !frame.suspect {
                    self.cut_off.push(CutOff {
                        frame_name: frame.name.clone(),
                        unclosed: frame.unclosed(),
                        mismatched: frame.mismatched(quote.to_owned(), span),
                    });
                }
                self.push(frame.into_node(None));
            }
        }
        if let Some(frame) = self.frames.pop() {
            self.push(frame.into_node(Some((span, strip))));
        }
        Ok(())
    }

    fn close_nothing(&mut self, name: &str, quote: &str, span: Span) -> Result<(), SyntaxError> {
        if let Some(at) = self.cut_off.iter().rposition(|cut| cut.frame_name == name) {
            return Err(self.cut_off.remove(at).mismatched);
        }
        let open = self.frames.iter_mut().rfind(|frame| !frame.chained());
        Err(if let Some(frame) = open {
            frame.suspect = true;
            frame.mismatched(quote.to_owned(), span)
        } else {
            let close = quote.to_owned();
            let kind = SyntaxErrorKind::UnmatchedClosingBlock { close };
            SyntaxError {
                kind,
                span,
                related: None,
            }
        })
    }

    /// Closes whatever is open and tells what ought to have been closed.
    pub(super) fn close_all(&mut self) -> Vec<SyntaxError> {
        let mut errors: Vec<_> = self.cut_off.drain(..).map(|cut| cut.unclosed).collect();
        while let Some(frame) = self.frames.pop() {
            if !frame.chained() && !frame.suspect {
                errors.push(frame.unclosed());
            }
            self.push(frame.into_node(None));
        }
        errors
    }
}
