//! Parts that know nothing of selling: strings and callbacks in, events out.
