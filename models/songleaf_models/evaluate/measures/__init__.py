"""One definition for every figure. All compare a hearing (a `Truth` that may be wrong) with the truth."""
