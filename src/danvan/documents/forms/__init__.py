"""What people fill in: a list's filter, the fields of a register, the parts of a proposal."""
