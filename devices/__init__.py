"""Everything with a cable: contracts and statuses, drivers, the face worker, and simulators at the wire."""
