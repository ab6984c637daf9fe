"""The C functions expected of each kind of vendor library, bound with ctypes. Only the host imports these."""
