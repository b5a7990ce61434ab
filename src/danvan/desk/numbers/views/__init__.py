"""The pages of figures, by what is done on them."""
