"""Paper that becomes a clean page: document camera and flat-bed scanner."""
