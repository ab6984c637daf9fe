"""The black box: what went over a device's cable and when, without what it said about anybody."""
