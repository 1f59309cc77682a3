//! The conversation: its log, its bubbles and what one writes with.
