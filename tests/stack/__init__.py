"""The whole topology of docs/deploy.md on one machine, on loopback ports, for trying and drills."""
