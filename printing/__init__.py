"""Pure paper: a document model, laid out, and turned into printer bytes and PDF pages."""
