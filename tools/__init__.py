"""The developers' own tools: set-up and checks. Nothing of the product imports them."""
