//! Everything between the socket and the router: who calls, what is let in, what every answer carries.
