"""Closed vendor libraries, each in a small process of its own that speaks a documented pipe.

```
drivers (async) ── client.VendorHost ══ pipe ══ host (a process) ── libraries.* (ctypes) ── vendor's .so
```
A library may hang, crash, write to standard output, call `exit` or answer nonsense: it costs a restart of its
process, and a typed `DeviceFault` in ours. The pipe is described in docs/vendor-modules.md and `wire`.

Drivers: `id_card_reader.SdtReader`, `photo_decoder.VendorPhotoDecoder`,
`fingerprint.VendorFingerprintMatcher`, `liveness.VendorLivenessModule`; each takes a `client.VendorHost` for
its kind of module.
"""
