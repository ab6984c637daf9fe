"""What the journey asks of devices: a module a capability, one small protocol and the values it exchanges.

Every method that waits on hardware has its answer time inside (the driver knows its device); a caller that
wants to stop waiting cancels. Every failure is a `devices.statuses.DeviceFault`.
"""
