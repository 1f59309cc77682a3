//! What happens by itself: the outbox and the timers, by one worker at a time for each.
