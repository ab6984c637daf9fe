"""Settings, service items and code tables: everything a hall may change without a programmer."""
